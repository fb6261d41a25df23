const quoted = (text: string): string =>
  /^[\w./:,=@#+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** The command that makes a result again, as people can paste it into a shell; what is undefined or false is left out. */
export const commandLine = (
  command: string,
  names: readonly string[],
  options: Readonly<Record<string, number | string | boolean | readonly (string | number)[] | undefined>>,
): string => {
  const flags = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    return [value].flat().map((each) => `--${name} ${quoted(String(each))}`);
  });
  return ['murmuration', command, ...names.map(quoted), ...flags].join(' ');
};
