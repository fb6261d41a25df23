import { mapSize } from './prepare';
import * as row from './rows';

/** Bytes of what the state tells of a unit: 10 numbers. */
const unitBytes: usize = 40;

/**
 * The state (JaxMARL, `get_world_state`): of each unit share of health, position (x, y), cooldown and type one-hot, zeros
 * where it is dead; then the team (0 or 1) of each; then the type of each.
 * @param scaled  whether positions, cooldowns and types are scaled to [0, 1]
 */
export function describeState(units: i32, allies: i32, scaled: bool): void {
  const length: f32 = scaled ? 1 / mapSize : 1;
  const kind: f64 = scaled ? 0.2 : 1;
  const teams = row.state + <usize>units * unitBytes;
  const types = teams + (<usize>units << 2);
  const none = f32x4.splat(0);
  for (let unit = 0; unit < units; unit++) {
    const at = <usize>unit << 2;
    const type = load<u32>(row.type + at);
    const to = row.state + <usize>unit * unitBytes;
    v128.store(to, none);
    v128.store(to + 16, none);
    store<u64>(to + 32, 0);
    if (load<i32>(row.alive + at)) {
      const left = load<f32>(row.cooldown + at);
      const cooldown = left / load<f32>(row.cooldowns + (type << 2));
      store<f32>(to, load<f32>(row.health + at) / load<f32>(row.fullHealths + (type << 2)));
      store<f32>(to + 4, load<f32>(row.x + at) * length);
      store<f32>(to + 8, load<f32>(row.y + at) * length);
      store<f32>(to + 12, scaled ? max<f32>(0, min<f32>(1, cooldown)) : left);
      store<f32>(to + 16 + (type << 2), 1);
    }
    store<f32>(teams + at, unit < allies ? 0 : 1);
    store<f32>(types + at, <f32>(<f64>type * kind));
  }
}
