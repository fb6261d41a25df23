import type { Battle } from './battle';
import { createFeatures, otherWidth, ownWidth } from './features';
import { mapSize, sights } from './units';

/** Directions of a conic observation, and most units shown in each. */
const sectors = 32;
const perSector = 2;

export const coneWidth = otherWidth * sectors * perSector + ownWidth;

/**
 * Writes conic observations of the first `agents` units of a copy (JaxMARL, `get_obs_conic`): the lowest two units in
 * each direction; the original never shows unit 0, and goes on showing the dead.
 */
export const createObserveCone = (
  battle: Battle,
  agents: number,
): ((copy: number, into: Float32Array, at: number) => void) => {
  const { allies, units, alive, x, y, type, moveX, moveY } = battle;
  const { seeEnemyActions } = battle.rules;
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

  return (copy, into, at) => {
    const first = copy * units;
    into.fill(0, at, at + agents * coneWidth);
    features.prepare(copy);
    for (let unit = 0; unit < agents; unit++) {
      if (alive[first + unit] === 0) continue;
      const row = at + unit * coneWidth;
      writeCone(first, unit, into, row);
      writeOwn(first, unit, into, row + coneWidth - ownWidth);
    }
  };
};
