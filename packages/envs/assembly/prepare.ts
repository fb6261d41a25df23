import * as row from './rows';

/** Sides of the map, in map units. */
export const mapSize: f32 = 32;
export const tickSeconds: f32 = 1 / 16;

/** Who is there, and how wide. */
export function gather(units: i32, deadToo: bool): void {
  for (let unit = 0; unit < units; unit++) {
    const at = <usize>unit << 2;
    const type = load<u32>(row.type + at) << 2;
    store<f32>(row.radius + at, load<f32>(row.radii + type));
    store<i32>(row.takesPart + at, deadToo ? -1 : load<i32>(row.alive + at));
  }
  for (let unit = units; unit & 3; unit++) {
    const at = <usize>unit << 2;
    store<i32>(row.alive + at, 0);
    store<i32>(row.takesPart + at, 0);
  }
}

/** What holds in all ticks of a step: how far each moves. */
export function pace(units: i32): void {
  for (let unit = 0; unit < units; unit++) {
    const at = <usize>unit << 2;
    const speed = load<f32>(row.speeds + (load<u32>(row.type + at) << 2));
    store<f32>(row.paceX + at, load<f32>(row.moveX + at) * speed * tickSeconds);
    store<f32>(row.paceY + at, load<f32>(row.moveY + at) * speed * tickSeconds);
  }
}

/** Lists who lives and attacks somebody living. Allies number the enemies upwards, enemies the allies downwards. */
export function aim(units: i32, allies: i32): usize {
  let end: usize = 0;
  for (let unit = 0; unit < units; unit++) {
    const at = <usize>unit << 2;
    const opponent = load<i32>(row.attack + at) - 5;
    if (opponent < 0 || load<i32>(row.alive + at) == 0) continue;
    const target = <usize>(unit < allies ? allies + opponent : allies - 1 - opponent) << 2;
    if (load<i32>(row.alive + target) == 0) continue;
    store<usize>(row.shooters + end, at);
    store<usize>(row.targets + end, target);
    end += 4;
  }
  return end;
}
