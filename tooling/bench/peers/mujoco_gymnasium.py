"""
Environment steps a second of one of Gymnasium's MuJoCo worlds with random torques; it starts anew where it falls or after
200 steps, as ours does.
"""
import sys
import time

import gymnasium

world = gymnasium.make(sys.argv[1]).unwrapped
seconds = float(sys.argv[2])
episode_limit = 200
world.reset(seed=0)
world.action_space.seed(0)
actions = [world.action_space.sample() for _ in range(200)]


def run(seconds):
    """Step for some time; how many steps a second that were."""
    world.reset()
    steps, age, begin = 0, 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        _, _, terminated, _, _ = world.step(actions[steps % len(actions)])
        steps, age = steps + 1, age + 1
        if terminated or age == episode_limit:
            world.reset()
            age = 0
    return steps / (time.perf_counter() - begin)


run(0.1)
print(run(seconds))
