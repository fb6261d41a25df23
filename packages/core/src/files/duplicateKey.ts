const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The index after the string that starts at `start`. */
const stringEnd = (json: string, start: number): number => {
  let at = start + 1;
  while (json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
};

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/**
 * The first name that one object of a JSON text has twice, or undefined. `JSON.parse` silently keeps the last.
 * @param json a text that `JSON.parse` accepts.
 */
export const duplicateKey = (json: string): string | undefined => {
  // The names of each open object; undefined for an open list.
  const open: (Set<string> | undefined)[] = [];
  let at = 0;
  while (at < json.length) {
    const character = json[at];
    if (character === '"') {
      const start = at;
      at = stringEnd(json, start);
      const end = at;
      while (isSpace(json.charCodeAt(at))) at++;
      if (json[at] !== ':') continue;
      const name: string = JSON.parse(json.slice(start, end));
      const names = open.at(-1)!;
      if (names.has(name)) return name;
      names.add(name);
    } else {
      if (character === '{') open.push(new Set());
      else if (character === '[') open.push(undefined);
      else if (character === '}' || character === ']') open.pop();
      at++;
    }
  }
  return undefined;
};
