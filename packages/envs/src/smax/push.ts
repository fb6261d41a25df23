import type { Battle } from './battle';
import { radii } from './units';

const tiny = Math.fround(1e-6);
const widest = Math.max(...radii);

/**
 * `reach / (distance + 1e-6) - 1`, rounded to 32 bits after each operation as XLA does it on a CPU (the first square is
 * fused into the sum): so up to 17 units the recorded episodes come out to the bit.
 */
const overlapOf = (deltaX: number, deltaY: number, reach: number): number => {
  const square = Math.fround(deltaX * deltaX + Math.fround(deltaY * deltaY));
  const distance = Math.fround(Math.fround(Math.sqrt(square)) + tiny);
  return Math.fround(Math.fround(reach / distance) - 1);
};

/** Pushes overlapping units of a copy apart. */
export type Push = (copy: number) => void;

/**
 * Collisions: each unit moves by half the sum, over every unit that it overlaps, of the way from that one times
 * `(sum of radii) / (distance + 1e-6) - 1`; all at once, and not clipped to the map (JaxMARL, `_push_units_away`).
 * The dead take part only in compatibility with v1.
 */
export const createPush = (battle: Battle): Push => {
  const { units, alive, x, y, type } = battle;
  const deadToo = battle.rules.compat === 'v1';
  // Those who take part, side by side, so that the loop over pairs reads nothing else.
  const index = new Int32Array(units);
  const atX = new Float64Array(units);
  const atY = new Float64Array(units);
  const radius = new Float64Array(units);
  const byX = new Float64Array(units);
  const byY = new Float64Array(units);

  const gather = (copy: number): number => {
    let count = 0;
    for (let unit = copy * units; unit < (copy + 1) * units; unit++) {
      if (alive[unit] === 0 && !deadToo) continue;
      index[count] = unit;
      atX[count] = x[unit];
      atY[count] = y[unit];
      radius[count] = radii[type[unit]];
      byX[count] = 0;
      byY[count] = 0;
      count++;
    }
    return count;
  };

  /** Whether the two overlap; then what each is pushed by grows. */
  const touch = (one: number, other: number): boolean => {
    const deltaX = Math.fround(atX[one] - atX[other]);
    const deltaY = Math.fround(atY[one] - atY[other]);
    const overlap = overlapOf(deltaX, deltaY, radius[one] + radius[other]);
    if (overlap <= 0) return false;
    byX[one] = Math.fround(byX[one] + deltaX * overlap);
    byY[one] = Math.fround(byY[one] + deltaY * overlap);
    byX[other] = Math.fround(byX[other] - deltaX * overlap);
    byY[other] = Math.fround(byY[other] - deltaY * overlap);
    return true;
  };

  return (copy) => {
    const count = gather(copy);
    const [allX, allY] = [atX, atY];
    let touching = false;
    for (let one = 1; one < count; one++) {
      const ownX = allX[one];
      const ownY = allY[one];
      // Most pairs are farther apart than the widest unit reaches: this loop is most of a big battle's time.
      const far = (radius[one] + widest) ** 2;
      for (let other = 0; other < one; other++) {
        const deltaX = ownX - allX[other];
        const deltaY = ownY - allY[other];
        if (deltaX * deltaX + deltaY * deltaY < far && touch(one, other)) touching = true;
      }
    }
    if (!touching) return;
    for (let each = 0; each < count; each++) {
      x[index[each]] = Math.fround(x[index[each]] + byX[each] / 2);
      y[index[each]] = Math.fround(y[index[each]] + byY[each] / 2);
    }
  };
};
