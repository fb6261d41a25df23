/**
 * Constants of four lanes. Newer V8 (13, Node 24) puts one together from its halves each time a loop comes past it, half
 * the time of a polynomial; a global it loads in one instruction. So in the relaxed build `constant(x)` and
 * `integerConstant(x)` of `assembly/` become globals of the module `constants.ts`, which is made here.
 * `prepareConstants` sets them, and has to be called before anything else: with a value from the start, Binaryen would put
 * the constant back in place. Older V8 (11, Node 20) takes constants out of loops by itself: there globals cost some
 * functions a tenth, and the other build, for engines without relaxed SIMD, has none.
 */
const kinds = { constant: 'f32x4', integerConstant: 'i32x4' };
const call = /\b(constant|integerConstant)\(([^()]*)\)/g;
const imported = /^import .* from '\.\/constants';$/m;

/**
 * The sources with their constants replaced, and `constants.ts`.
 * @param {Map<string, string>} sources by file name
 * @param {boolean} relaxed
 */
export const withConstants = (sources, relaxed) => {
  const names = new Map();
  const placed = (value) => {
    if (!relaxed) return value;
    if (!names.has(value)) names.set(value, `c${names.size}`);
    return `constants.${names.get(value)}`;
  };
  const replaced = [...sources].map(([file, text]) => [
    file,
    text
      .replace(imported, "import * as constants from './constants';")
      .replaceAll(call, (_, kind, value) => placed(`${kinds[kind]}.splat(${value})`)),
  ]);
  const all = [...names];
  const constants = `${all.map(([, name]) => `export let ${name}: v128 = i32x4(0, 0, 0, 0);`).join('\n')}
export function prepareConstants(): void {
  ${all.map(([value, name]) => `${name} = ${value};`).join('\n  ')}
}`;
  return new Map([...replaced, ['constants.ts', constants]]);
};
