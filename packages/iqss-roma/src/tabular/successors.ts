import { type State, stateArray, stateNumber } from '@murmuration/core';
import type { Sizes } from './transition';

/** Which of the successors that were seen belong to N(s, a). */
export interface Membership {
  /** How many of the newest transitions count; older ones are forgotten. Infinity keeps all. */
  readonly window: number;
  /** A successor belongs only if its share among those of (s, a) exceeds this, δ of N^δ (section IV). */
  readonly delta: number;
  /** ... and only if it was seen at least so often. */
  readonly minimumVisits: number;
  /** Subtracted, over √visits, from a value before it is compared: doubt about what was seldom seen. */
  readonly doubt: number;
}

const first = 64;

const grown = <Column extends Int32Array | Float64Array>(column: Column): Column => {
  const larger = new (column.constructor as new (length: number) => Column)(column.length * 2);
  larger.set(column as Int32Array & Float64Array);
  return larger;
};

/**
 * What one agent has seen to follow upon what: N(s, a) of equation (6), counted over a window of time, and a value for
 * each pair (s, s′). Only what was seen takes memory: a *pair* for each (s, s′), a *link* for each (s, a, s′), both in
 * growing columns; pairs of one s and links of one (s, a) are chained.
 */
export class Successors {
  /** `[pair]` s′. */
  successor = new Int32Array(first);
  /** `[pair]` Q(s, s′). */
  value = new Float64Array(first);
  /** `[pair]` how often the value was learned. */
  visits = new Int32Array(first);
  pairs = 0;
  private nextPair = new Int32Array(first);
  private readonly firstPair: Int32Array;

  private pairOf = new Int32Array(first);
  private placeOf = new Int32Array(first);
  private count = new Int32Array(first);
  private nextLink = new Int32Array(first);
  private links = 0;
  private readonly firstLink: Int32Array;
  /** `[state × action]` how many transitions the window holds. */
  private readonly total: Int32Array;

  /** `[state × action]` the best pair of N(s, a), −1 where it is empty; searched for anew only where it may change. */
  private readonly best: Int32Array;
  /** Whether a successor that was seen belongs for as long as it is in the window, whatever else is seen. */
  private readonly lasting: boolean;

  /** The links of the newest transitions, a ring. */
  private readonly recent: Int32Array;
  private oldest = 0;
  private held = 0;

  constructor(
    private readonly sizes: Sizes,
    private readonly membership: Membership,
  ) {
    const places = sizes.states * sizes.actions;
    this.firstPair = new Int32Array(sizes.states).fill(-1);
    this.firstLink = new Int32Array(places).fill(-1);
    this.total = new Int32Array(places);
    this.best = new Int32Array(places).fill(-1);
    this.lasting = membership.delta === 0 && membership.minimumVisits === 1;
    this.recent = new Int32Array(Number.isFinite(membership.window) ? membership.window : 0);
  }

  /** Note one transition. @returns its pair. */
  record(state: number, action: number, successor: number): number {
    const place = state * this.sizes.actions + action;
    let link = this.firstLink[place];
    while (link >= 0 && this.successor[this.pairOf[link]] !== successor) link = this.nextLink[link];
    if (link < 0) link = this.addLink(place, this.pair(state, successor));
    const pair = this.pairOf[link];
    this.count[link]++;
    this.total[place]++;
    if (this.recent.length > 0) {
      this.recent[(this.oldest + this.held) % this.recent.length] = link;
      this.held++;
    }
    if (!this.lasting) this.search(place);
    else if (this.count[link] === 1 && this.visits[pair] > 0 && this.better(pair, this.best[place])) {
      this.best[place] = pair;
    }
    return pair;
  }

  /** Whether one transition more must be forgotten before the next is noted. */
  get full(): boolean {
    return this.recent.length > 0 && this.held === this.recent.length;
  }

  /** Forget the oldest transition. @returns the state whose successors it concerned. */
  forget(): number {
    const link = this.recent[this.oldest];
    const place = this.placeOf[link];
    this.oldest = (this.oldest + 1) % this.recent.length;
    this.held--;
    this.count[link]--;
    this.total[place]--;
    if (!this.lasting || (this.count[link] === 0 && this.best[place] === this.pairOf[link])) {
      this.search(place);
    }
    return Math.floor(place / this.sizes.actions);
  }

  /** Give a pair of `state` its new value, and count the visit. */
  learn(state: number, pair: number, value: number): void {
    const before = this.visits[pair] === 0 ? Number.NEGATIVE_INFINITY : this.bound(pair);
    this.value[pair] = value;
    this.visits[pair]++;
    const fell = this.bound(pair) < before;
    for (let place = state * this.sizes.actions; place < (state + 1) * this.sizes.actions; place++) {
      if (this.best[place] === pair) {
        if (fell) this.search(place);
      } else if (this.better(pair, this.best[place]) && this.has(place, pair)) this.best[place] = pair;
    }
  }

  /** The best pair among N(s, a), the lowest s′ of equal ones; −1 where N(s, a) is empty. */
  bestPair(state: number, action: number): number {
    return this.best[state * this.sizes.actions + action];
  }

  /** max over N(s, a) of what its pairs are surely worth, equation (5); −∞ where N(s, a) is empty. */
  bestValue(state: number, action: number): number {
    const pair = this.best[state * this.sizes.actions + action];
    return pair < 0 ? Number.NEGATIVE_INFINITY : this.bound(pair);
  }

  /** The lowest s′ of N(s, a) that is surely worth `floor`; Infinity where there is none. */
  lowestAbove(state: number, action: number, floor: number): number {
    const place = state * this.sizes.actions + action;
    let lowest = Number.POSITIVE_INFINITY;
    for (let link = this.firstLink[place]; link >= 0; link = this.nextLink[link]) {
      const pair = this.pairOf[link];
      if (this.belongs(link, place) && this.bound(pair) >= floor) {
        lowest = Math.min(lowest, this.successor[pair]);
      }
    }
    return lowest;
  }

  /** What a pair is surely worth: its value less doubt / √visits. */
  private bound(pair: number): number {
    const { doubt } = this.membership;
    return doubt === 0 ? this.value[pair] : this.value[pair] - doubt / Math.sqrt(this.visits[pair]);
  }

  private better(pair: number, than: number): boolean {
    if (than < 0) return true;
    const difference = this.bound(pair) - this.bound(than);
    return difference > 0 || (difference === 0 && this.successor[pair] < this.successor[than]);
  }

  private search(place: number): void {
    let best = -1;
    for (let link = this.firstLink[place]; link >= 0; link = this.nextLink[link]) {
      if (this.belongs(link, place) && this.better(this.pairOf[link], best)) best = this.pairOf[link];
    }
    this.best[place] = best;
  }

  private has(place: number, pair: number): boolean {
    let link = this.firstLink[place];
    while (link >= 0 && this.pairOf[link] !== pair) link = this.nextLink[link];
    return link >= 0 && this.belongs(link, place);
  }

  private belongs(link: number, place: number): boolean {
    const count = this.count[link];
    return (
      count > this.membership.delta * this.total[place] &&
      count >= this.membership.minimumVisits &&
      this.visits[this.pairOf[link]] > 0
    );
  }

  private pair(state: number, successor: number): number {
    let pair = this.firstPair[state];
    while (pair >= 0 && this.successor[pair] !== successor) pair = this.nextPair[pair];
    if (pair >= 0) return pair;
    while (this.pairs >= this.successor.length) this.growPairs();
    this.successor[this.pairs] = successor;
    this.nextPair[this.pairs] = this.firstPair[state];
    this.firstPair[state] = this.pairs;
    return this.pairs++;
  }

  private addLink(place: number, pair: number): number {
    while (this.links >= this.pairOf.length) this.growLinks();
    this.pairOf[this.links] = pair;
    this.placeOf[this.links] = place;
    this.nextLink[this.links] = this.firstLink[place];
    this.firstLink[place] = this.links;
    return this.links++;
  }

  private growPairs(): void {
    this.successor = grown(this.successor);
    this.nextPair = grown(this.nextPair);
    this.visits = grown(this.visits);
    this.value = grown(this.value);
  }

  private growLinks(): void {
    this.pairOf = grown(this.pairOf);
    this.placeOf = grown(this.placeOf);
    this.nextLink = grown(this.nextLink);
    this.count = grown(this.count);
  }

  save(): State {
    const { pairs, links } = this;
    return {
      pairs,
      links,
      firstPair: this.firstPair.slice(),
      nextPair: this.nextPair.slice(0, pairs),
      successor: this.successor.slice(0, pairs),
      value: this.value.slice(0, pairs),
      visits: this.visits.slice(0, pairs),
      firstLink: this.firstLink.slice(),
      total: this.total.slice(),
      pairOf: this.pairOf.slice(0, links),
      placeOf: this.placeOf.slice(0, links),
      nextLink: this.nextLink.slice(0, links),
      count: this.count.slice(0, links),
      recent: this.recent.slice(),
      oldest: this.oldest,
      held: this.held,
    };
  }

  restore(state: State): void {
    this.pairs = stateNumber(state, 'pairs');
    this.links = stateNumber(state, 'links');
    while (this.pairs > this.successor.length) this.growPairs();
    while (this.links > this.pairOf.length) this.growLinks();
    this.value.set(stateArray(state, 'value', Float64Array, this.pairs));
    for (const name of ['nextPair', 'successor', 'visits'] as const)
      this[name].set(stateArray(state, name, Int32Array, this.pairs));
    for (const name of ['pairOf', 'placeOf', 'nextLink', 'count'] as const)
      this[name].set(stateArray(state, name, Int32Array, this.links));
    for (const name of ['firstPair', 'firstLink', 'total', 'recent'] as const)
      this[name].set(stateArray(state, name, Int32Array, this[name].length));
    this.oldest = stateNumber(state, 'oldest');
    this.held = stateNumber(state, 'held');
    for (let place = 0; place < this.best.length; place++) this.search(place);
  }
}
