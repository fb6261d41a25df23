import { type EnvironmentSpec, encode, featuresOf, layoutOf, type Space } from '@murmuration/core';

/** What a network is shown of a moment. */
export type Part = 'observation' | 'state' | 'agent';

/** Moments of all copies: of a rollout, of a frame, or the last ones of episodes that were cut off. */
export interface Moments {
  /** `[moment, agent, observationWidth]` */
  readonly observations: Float32Array;
  /** `[moment, stateWidth]`; needed where the state is shown. */
  readonly state?: Float32Array;
  /** `[moment, agent]`, 1 while the agent takes part; needed where the dead are hidden. */
  readonly active?: Uint8Array;
}

/** How some agents' moments become rows of a network's input. */
export interface View {
  /** Features of a row. */
  readonly width: number;
  /**
   * @param rows `moment * agents + agent` each
   * @returns `[row, width]`
   */
  show(moments: Moments, rows: Int32Array): Float32Array;
}

export interface ViewOptions {
  readonly spec: EnvironmentSpec;
  /** The agents whose rows are shown; all have the same spaces. */
  readonly agents: readonly number[];
  readonly parts: readonly Part[];
  /** Whether an agent that no longer takes part is shown as zeros, its number aside. */
  readonly hideInactive: boolean;
}

interface Feature {
  readonly width: number;
  write(moments: Moments, row: number, into: Float32Array, offset: number): void;
}

/** From so many entries on, copying a row at once is faster than entry by entry. */
const longRow = 16;

/** Values of a space that stand in rows of `stride` floats. */
const valuesOf = (
  space: Space,
  stride: number,
  values: (moments: Moments) => Float32Array,
  divisor: number,
): Feature => {
  const width = featuresOf(space);
  const whole = space.kind === 'box' && width >= longRow;
  return {
    width,
    write(moments, row, into, offset) {
      const from = Math.floor(row / divisor) * stride;
      if (whole) into.set(values(moments).subarray(from, from + width), offset);
      else encode(space, values(moments), from, into, offset);
    },
  };
};

const noState = new Float32Array(0);

const featureOf = ({ spec, agents }: ViewOptions, part: Part): Feature => {
  const { observationWidth, stateWidth } = layoutOf(spec);
  const count = spec.agents.length;
  if (part === 'observation') {
    return valuesOf(
      spec.agents[agents[0]].observation,
      observationWidth,
      ({ observations }) => observations,
      1,
    );
  }
  if (part === 'state') return valuesOf(spec.state, stateWidth, ({ state = noState }) => state, count);
  return {
    width: agents.length,
    write(_, row, into, offset) {
      into[offset + agents.indexOf(row % count)] = 1;
    },
  };
};

/** Rows of the inputs of a network that serves some agents. */
export const createView = (options: ViewOptions): View => {
  const parts = options.parts.map((part) => ({ part, ...featureOf(options, part) }));
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  return {
    width,
    show(moments, rows) {
      const into = new Float32Array(rows.length * width);
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index];
        const hidden = options.hideInactive && moments.active?.[row] === 0;
        let offset = index * width;
        for (const { part, width: own, write } of parts) {
          if (!hidden || part === 'agent') write(moments, row, into, offset);
          offset += own;
        }
      }
      return into;
    },
  };
};
