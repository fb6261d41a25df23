import { transformSync } from 'esbuild';

/**
 * The program that a page shows: the first TypeScript or JavaScript block below a heading.
 * @returns it as JavaScript that every runtime takes
 * @throws Error where the page has no such heading or no block below it
 */
export const exampleOf = (markdown: string, heading: string): string => {
  const sections = markdown.split(/^#+ +/m).slice(1);
  const section = sections.find((text) => text.split('\n', 1)[0].trim() === heading);
  if (section === undefined) throw new Error(`the page has no heading "${heading}"`);
  const block = /^```(?:ts|js|typescript|javascript)\n(.*?)^```/ms.exec(section);
  if (!block) throw new Error(`the page has no program below "${heading}"`);
  return transformSync(block[1], { loader: 'ts', format: 'esm', target: 'es2022' }).code;
};
