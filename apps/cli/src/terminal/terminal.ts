import pc from 'picocolors';

/** Where people and scripts read what happens. */
export interface Terminal {
  /** Whether scripts are reading: then standard output is theirs alone. */
  readonly json: boolean;
  readonly colours: ReturnType<typeof pc.createColors>;
  /** A line of JSON for scripts; nothing without `--json`. */
  event(event: object): void;
  /** Text for people, a line or several. */
  say(text: string): void;
  /**
   * What is going on, in one line that the next one replaces. Where standard error is not a terminal only
   * milestones are written, each on its own line.
   */
  progress(line: string, milestone?: boolean): void;
  /** Take the progress line away. */
  settle(): void;
}

export interface Streams {
  readonly output: NodeJS.WriteStream;
  readonly error: NodeJS.WriteStream;
}

/** @param json whether `--json` was given: people's text then goes to standard error. */
export const openTerminal = (
  json: boolean,
  { output, error }: Streams = { output: process.stdout, error: process.stderr },
): Terminal => {
  const people = json ? error : output;
  const write = output.write.bind(output);
  // What people's worlds print must not get between the lines that scripts read.
  if (json) output.write = error.write.bind(error) as typeof output.write;
  let shown = false;
  const settle = (): void => {
    if (shown) error.write('\r\x1b[2K');
    shown = false;
  };
  return {
    json,
    colours: pc.createColors(pc.isColorSupported && (people.isTTY || Boolean(process.env.FORCE_COLOR))),
    event(event) {
      if (json) write(`${JSON.stringify(event)}\n`);
    },
    say(text) {
      settle();
      people.write(`${text}\n`);
    },
    progress(line, milestone = false) {
      if (!error.isTTY) {
        if (milestone) error.write(`${line}\n`);
        return;
      }
      error.write(`\r\x1b[2K${line.slice(0, (error.columns || 80) - 1)}`);
      shown = true;
    },
    settle,
  };
};
