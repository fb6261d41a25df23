import { type Random, type State, stateArray, stateNumber, stateTree } from '@murmuration/core';

export interface TurnOptions {
  /** Environment steps that one agent collects before the next does, t_u. */
  readonly turn: number;
  /** Who collects after whom: by number, or in an order that is drawn anew for each round. */
  readonly order: 'fixed' | 'random';
  readonly clock: {
    /** An agent hears of each turn up to this many environment steps late, drawn uniformly for each turn. */
    readonly lag: number;
    /** Probability that an agent never hears of a turn, and believes on what it believed. */
    readonly loss: number;
  };
}

/** What an agent is in a turn. */
export const senior = 0;
export const collector = 1;
export const junior = 2;

/**
 * Tells each agent whether it is a senior, the collector or a junior: c = ⌊(t − 1) / t_u⌋ mod n for the t-th step, as
 * each agent believes. The paper's ⌈t / t_u⌉ would begin with the second agent, and the first turn needs the one who
 * has no seniors.
 */
export class TurnClock {
  private time = 0;
  private turn = 0;
  /** `[agent]` which turn each believes it to be, counted from the first. */
  private readonly beliefs: Int32Array;
  private readonly lags: Float64Array;
  private readonly lost: Uint8Array;
  /** `[agent]` place in the order of seniority. */
  private readonly ranks: Int32Array;

  constructor(
    private readonly agents: number,
    private readonly options: TurnOptions,
    private readonly random: Random,
  ) {
    this.beliefs = new Int32Array(agents);
    this.lags = new Float64Array(agents);
    this.lost = new Uint8Array(agents);
    this.ranks = Int32Array.from({ length: agents }, (_, agent) => agent);
    if (options.order === 'random') this.shuffle();
  }

  /** {@link senior}, {@link collector} or {@link junior}, as the agent believes. */
  role(agent: number): number {
    const place = this.beliefs[agent] % this.agents;
    const rank = this.ranks[agent];
    if (rank === place) return collector;
    return rank < place ? senior : junior;
  }

  advance(steps: number): void {
    this.time += steps;
    const turn = Math.floor(this.time / this.options.turn);
    if (turn !== this.turn) this.begin(turn);
    if (this.options.clock.lag === 0) return;
    for (let agent = 0; agent < this.agents; agent++) if (this.lost[agent] === 0) this.hear(agent);
  }

  private begin(turn: number): void {
    const { lag, loss } = this.options.clock;
    const newRound = Math.floor(turn / this.agents) !== Math.floor(this.turn / this.agents);
    this.turn = turn;
    if (newRound && this.options.order === 'random') this.shuffle();
    for (let agent = 0; agent < this.agents; agent++) {
      this.lags[agent] = lag === 0 ? 0 : this.random.integer(lag + 1);
      this.lost[agent] = loss > 0 && this.random.uniform() < loss ? 1 : 0;
      if (this.lost[agent] === 0) this.hear(agent);
    }
  }

  private hear(agent: number): void {
    const believed = Math.floor(Math.max(0, this.time - this.lags[agent]) / this.options.turn);
    // A longer lag than the last turn's must not turn the clock back.
    if (believed > this.beliefs[agent]) this.beliefs[agent] = believed;
  }

  private shuffle(): void {
    for (let agent = 0; agent < this.agents; agent++) {
      const other = this.random.integer(agent + 1);
      this.ranks[agent] = this.ranks[other];
      this.ranks[other] = agent;
    }
  }

  save(): State {
    return {
      time: this.time,
      turn: this.turn,
      beliefs: this.beliefs.slice(),
      lags: this.lags.slice(),
      lost: this.lost.slice(),
      ranks: this.ranks.slice(),
      random: this.random.save(),
    };
  }

  restore(state: State): void {
    this.time = stateNumber(state, 'time');
    this.turn = stateNumber(state, 'turn');
    this.beliefs.set(stateArray(state, 'beliefs', Int32Array, this.agents));
    this.lags.set(stateArray(state, 'lags', Float64Array, this.agents));
    this.lost.set(stateArray(state, 'lost', Uint8Array, this.agents));
    this.ranks.set(stateArray(state, 'ranks', Int32Array, this.agents));
    this.random.restore(stateTree(state, 'random'));
  }
}
