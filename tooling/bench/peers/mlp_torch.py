"""One training step of a 64-h-h-10 network with ReLU, mean squared error and Adam; one thread."""
import sys

import torch

from timing import shortest

batch, hidden = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(1)
network = torch.nn.Sequential(
    torch.nn.Linear(64, hidden),
    torch.nn.ReLU(),
    torch.nn.Linear(hidden, hidden),
    torch.nn.ReLU(),
    torch.nn.Linear(hidden, 10),
)
optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
x, target = torch.randn(batch, 64), torch.randn(batch, 10)


def step():
    optimiser.zero_grad()
    torch.mean(torch.square(network(x) - target)).backward()
    optimiser.step()


print(shortest(step))
