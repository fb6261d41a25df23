import * as row from './rows';

/**
 * Which actions the first `agents` units can take, a byte each: moves while it lives, stop always, attacks on living
 * opponents in range (JaxMARL, `get_avail_actions`). Neither sight nor cooldown matter.
 * @param count  bytes of a unit; those after its last action are 0
 */
export function describeAvailable(units: i32, allies: i32, agents: i32, count: i32): void {
  let to = row.available;
  for (let unit = 0; unit < agents; unit++, to += count) {
    const own = <usize>unit << 2;
    const ally = unit < allies;
    const opponents = ally ? units - allies : allies;
    const living = load<i32>(row.alive + own);
    const range = load<f32>(row.ranges + (load<u32>(row.type + own) << 2));
    store<i32>(to, living & 0x01010101);
    store<u8>(to + 4, 1);
    let other = <usize>(ally ? allies : allies - 1) << 2;
    const next: usize = ally ? 4 : -4;
    for (let opponent = 0; opponent < opponents; opponent++, other += next) {
      const deltaX = load<f32>(row.x + other) - load<f32>(row.x + own);
      const deltaY = load<f32>(row.y + other) - load<f32>(row.y + own);
      const near = i32(deltaX * deltaX + deltaY * deltaY < range * range);
      store<u8>(to + 5 + opponent, near & living & load<i32>(row.alive + other));
    }
    for (let action = 5 + opponents; action < count; action++) store<u8>(to + action, 0);
  }
}
