"""One PPO step of the multi-agent transformer in the sizes of cases/mat.mjs; one thread."""
import math

import torch
from torch import nn

from timing import shortest

rows, agents, observation, actions, width = 3200, 8, 64, 14, 64
torch.set_num_threads(1)
torch.manual_seed(1)


class Attention(nn.Module):
    def __init__(self, masked):
        super().__init__()
        self.query, self.key, self.value, self.last = (nn.Linear(width, width) for _ in range(4))
        self.hidden = torch.triu(torch.ones(agents, agents, dtype=torch.bool), 1) if masked else None

    def forward(self, query, key):
        scores = self.query(query) @ self.key(key).transpose(1, 2) / math.sqrt(width)
        if self.hidden is not None:
            scores = scores.masked_fill(self.hidden, -1e9)
        return self.last(torch.softmax(scores, -1) @ self.value(key))


def mlp():
    return nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, width))


def head(outputs):
    return nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width), nn.Linear(width, outputs))


def embed(inputs):
    return nn.Sequential(nn.Linear(inputs, width), nn.GELU(), nn.LayerNorm(width))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.observe = nn.Sequential(nn.LayerNorm(observation), embed(observation))
        self.act = embed(actions + 1)
        self.attentions = nn.ModuleList([Attention(False), Attention(True), Attention(True)])
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(5)])
        self.mlps = nn.ModuleList([mlp(), mlp()])
        self.value, self.policy = head(1), head(actions)

    def forward(self, observations, shifted):
        x = self.observe(observations)
        x = self.norms[0](x + self.attentions[0](x, x))
        seen = self.norms[1](x + self.mlps[0](x))
        y = self.act(shifted)
        y = self.norms[2](y + self.attentions[1](y, y))
        y = self.norms[3](seen + self.attentions[2](seen, y))
        y = self.norms[4](y + self.mlps[1](y))
        return self.value(seen).squeeze(2), self.policy(y)


network = Transformer()
optimiser = torch.optim.Adam(network.parameters(), lr=5e-4)
observations, shifted = torch.randn(rows, agents, observation), torch.randn(rows, agents, actions + 1)
taken = torch.randint(actions, (rows, agents))
advantages, returns = torch.randn(rows, agents), torch.randn(rows, agents)
before = -math.log(actions)


def step():
    value, logits = network(observations, shifted)
    distribution = torch.distributions.Categorical(logits=logits)
    ratio = torch.exp(distribution.log_prob(taken) - before)
    gain = torch.minimum(ratio * advantages, torch.clamp(ratio, 0.8, 1.2) * advantages)
    loss = torch.mean(torch.square(value - returns)) - gain.mean() - 0.01 * distribution.entropy().mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


print(shortest(step, 4.0))
