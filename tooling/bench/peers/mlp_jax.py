"""One training step of a 64-h-h-10 network with ReLU, mean squared error and Adam, compiled as a whole."""
import sys

import jax
import jax.numpy as jnp

from timing import shortest

batch, hidden = int(sys.argv[1]), int(sys.argv[2])
sizes = [64, hidden, hidden, 10]
keys = jax.random.split(jax.random.PRNGKey(1), 5)
weights = [
    (0.1 * jax.random.normal(keys[i], (sizes[i], sizes[i + 1])), jnp.zeros(sizes[i + 1])) for i in range(3)
]
x, target = jax.random.normal(keys[3], (batch, 64)), jax.random.normal(keys[4], (batch, 10))
zeros = jax.tree_util.tree_map(jnp.zeros_like, weights)


def loss(weights):
    y = x
    for i, (weight, bias) in enumerate(weights):
        y = y @ weight + bias
        y = jax.nn.relu(y) if i < 2 else y
    return jnp.mean(jnp.square(y - target))


@jax.jit
def update(weights, means, squares, count):
    gradients = jax.grad(loss)(weights)
    means = jax.tree_util.tree_map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
    squares = jax.tree_util.tree_map(lambda v, g: 0.999 * v + 0.001 * g * g, squares, gradients)
    rate, correction = 1e-3 / (1 - 0.9**count), 1 / (1 - 0.999**count)
    change = lambda w, m, v: w - rate * m / (jnp.sqrt(v * correction) + 1e-8)
    return jax.tree_util.tree_map(change, weights, means, squares), means, squares


state = (weights, zeros, zeros)
count = 0


def step():
    global state, count
    count += 1
    state = jax.block_until_ready(update(*state, jnp.float32(count)))


print(shortest(step))
