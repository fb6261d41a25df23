// A world that cannot be made.
export default () => {
  throw new Error('no such level\nand a second line');
};
