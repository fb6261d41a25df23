// The lever task with a drawing, whose words would break out of a careless page.
import { makeLever } from './lever.mjs';

const hostile = '</script><script>document.title = "broken out"</script>';

export default () => {
  const world = makeLever();
  return {
    ...world,
    draw: () => ({
      extent: { left: 0, bottom: 0, right: 4, top: 2 },
      shapes: [
        { kind: 'polygon', points: [0, 0, 4, 0, 4, 2, 0, 2], fill: 'blue' },
        { kind: 'text', x: 2, y: 1, text: hostile, size: 0.1, colour: 'ground' },
      ],
      caption: `pull ${world.save().pulls} ${hostile}`,
    }),
  };
};
