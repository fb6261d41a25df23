"""The shortest of the runs of `step` that fit into two seconds, milliseconds."""
import time


def shortest(step, seconds=2.0):
    for _ in range(3):
        step()
    best = float("inf")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begin = time.perf_counter()
        step()
        best = min(best, time.perf_counter() - begin)
    return 1000 * best
