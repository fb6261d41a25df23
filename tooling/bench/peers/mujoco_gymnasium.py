"""Environment steps a second of one of Gymnasium's MuJoCo worlds with random torques, started anew every 200 steps."""
import sys
import time

import gymnasium

world = gymnasium.make(sys.argv[1]).unwrapped
seconds = float(sys.argv[2])
world.reset(seed=0)
world.action_space.seed(0)
actions = [world.action_space.sample() for _ in range(200)]


def episode():
    world.reset()
    for action in actions:
        world.step(action)


episode()
steps, begin = 0, time.perf_counter()
while time.perf_counter() - begin < seconds:
    episode()
    steps += len(actions)
print(steps / (time.perf_counter() - begin))
