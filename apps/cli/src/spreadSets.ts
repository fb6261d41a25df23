/** `--set a=1 b=2` as `--set a=1 --set b=2`, so that one flag may be followed by several. */
export const spreadSets = (argv: readonly string[]): string[] => {
  const spread: string[] = [];
  let after = false;
  for (let at = 0; at < argv.length; at++) {
    if (argv[at] === '--set' && at + 1 < argv.length) {
      spread.push('--set', argv[++at]);
      after = true;
    } else if (after && /^[A-Za-z][\w.-]*=/.test(argv[at])) spread.push('--set', argv[at]);
    else {
      spread.push(argv[at]);
      after = false;
    }
  }
  return spread;
};
