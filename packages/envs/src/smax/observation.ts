import type { Battle } from './battle';
import { createFeatures, otherWidth, ownWidth } from './features';
import { mapSize, sights } from './units';

/** Directions of a conic observation, and most units shown in each. */
const sectors = 32;
const perSector = 2;

export const observationWidth = ({ rules, units }: Pick<Battle, 'rules' | 'units'>): number =>
  otherWidth * (rules.observation === 'conic' ? sectors * perSector : units - 1) + ownWidth;

/** Writes what the first `agents` units of a copy see into rows that begin at `at`. */
export type Observe = (copy: number, into: Float32Array, at: number) => void;

/**
 * JaxMARL, `get_obs_unit_list` and `get_obs_conic`.
 * Of another unit: share of health, way to it over the own sight (x, y), its last move (x, y) and target, share of its
 * cooldown, type one-hot. Of itself: share of health, position over the map's size (x, y), cooldown, type one-hot.
 */
export const createObserve = (battle: Battle, agents: number): Observe => {
  const { allies, units, alive, x, y, type, moveX, moveY } = battle;
  const { seeEnemyActions, observation } = battle.rules;
  const width = observationWidth(battle);
  const features = createFeatures(battle);
  const { health, cooldown, attack } = features;
  const shown = new Uint8Array(sectors);

  const writeOther = (first: number, unit: number, other: number, into: Float32Array, at: number): void => {
    const sight = sights[type[first + unit]];
    into[at] = health[other];
    into[at + 1] = (x[first + other] - x[first + unit]) / sight;
    into[at + 2] = (y[first + other] - y[first + unit]) / sight;
    if (seeEnemyActions || unit < allies === other < allies) {
      into[at + 3] = moveX[first + other];
      into[at + 4] = moveY[first + other];
      into[at + 5] = attack[other];
    }
    into[at + 6] = cooldown[other];
    into[at + 7 + type[first + other]] = 1;
  };

  /** One row for each other unit: the own team first, so that enemies count downwards, as their attacks do. */
  const writeList = (first: number, unit: number, into: Float32Array, at: number): void => {
    const down = unit >= allies;
    const ownX = x[first + unit];
    const ownY = y[first + unit];
    const sight = sights[type[first + unit]] ** 2;
    let row = at;
    for (let place = 0; place < units; place++) {
      const other = down ? units - 1 - place : place;
      if (other === unit) continue;
      if (alive[first + other] === 1) {
        const deltaX = x[first + other] - ownX;
        const deltaY = y[first + other] - ownY;
        if (deltaX * deltaX + deltaY * deltaY < sight) writeOther(first, unit, other, into, row);
      }
      row += otherWidth;
    }
  };

  /** The lowest two units in each direction; the original never shows unit 0, and goes on showing the dead. */
  const writeCone = (first: number, unit: number, into: Float32Array, at: number): void => {
    const sight = sights[type[first + unit]];
    shown.fill(0);
    for (let other = 1; other < units; other++) {
      const alongX = (x[first + other] - x[first + unit]) / sight;
      const alongY = (y[first + other] - y[first + unit]) / sight;
      if (other === unit || alongX * alongX + alongY * alongY >= 1) continue;
      const turned = alongX < 0 ? (alongY > 0 ? Math.PI : -Math.PI) : 0;
      const place = ((Math.atan(alongY / (alongX + 1e-8)) + turned + Math.PI) * sectors) / (2 * Math.PI);
      const sector = Math.floor(place);
      // Both ends of a sector lie outside it.
      if (place === sector || sector < 0 || sector >= sectors || shown[sector] === perSector) continue;
      writeOther(first, unit, other, into, at + (sector * perSector + shown[sector]++) * otherWidth);
    }
  };

  const writeOwn = (first: number, unit: number, into: Float32Array, at: number): void => {
    into[at] = health[unit];
    into[at + 1] = x[first + unit] / mapSize;
    into[at + 2] = y[first + unit] / mapSize;
    into[at + 3] = cooldown[unit];
    into[at + 4 + type[first + unit]] = 1;
  };

  const writeOthers = observation === 'conic' ? writeCone : writeList;
  return (copy, into, at) => {
    const first = copy * units;
    into.fill(0, at, at + agents * width);
    features.prepare(copy);
    for (let unit = 0; unit < agents; unit++) {
      if (alive[first + unit] === 0) continue;
      const row = at + unit * width;
      writeOthers(first, unit, into, row);
      writeOwn(first, unit, into, row + width - ownWidth);
    }
  };
};
