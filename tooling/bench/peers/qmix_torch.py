"""The whole update of QMIX in the sizes of cases/qmix.mjs: double Q-learning, target networks, RMSprop; one thread."""
import torch
from torch import nn
from torch.nn import functional

from timing import shortest

agents, observation, state_size, actions = 8, 130, 120, 14
episodes, steps, units, embedding, hyper = 32, 61, 64, 32, 64
torch.set_num_threads(1)
torch.manual_seed(1)


class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(observation, units), nn.Linear(units, actions)
        self.cell = nn.GRUCell(units, units)

    def forward(self, observations):
        """[steps, rows, observation] to [steps, rows, actions], a step at a time as pymarl does."""
        hidden = torch.zeros(observations.shape[1], units)
        values = []
        for each in observations:
            hidden = self.cell(functional.relu(self.first(each)), hidden)
            values.append(self.last(hidden))
        return torch.stack(values)


def two(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs))


class Mixer(nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = two(state_size, hyper, agents * embedding)
        self.bias = nn.Linear(state_size, embedding)
        self.last_weights = two(state_size, hyper, embedding)
        self.value = two(state_size, embedding, 1)

    def forward(self, chosen, states):
        weights = torch.abs(self.weights(states)).view(-1, agents, embedding)
        product = torch.bmm(chosen.reshape(-1, 1, agents), weights).view(-1, embedding)
        mixed = functional.elu(product + self.bias(states))
        return (mixed * torch.abs(self.last_weights(states))).sum(1, keepdim=True) + self.value(states)


rows = episodes * agents
observations = torch.randn(steps, rows, observation)
states = torch.randn(steps, episodes, state_size)
taken = torch.randint(actions, (steps - 1, rows, 1))
rewards = torch.randn((steps - 1) * episodes, 1)
agent, mixer, target_agent, target_mixer = Agent(), Mixer(), Agent(), Mixer()
parameters = [*agent.parameters(), *mixer.parameters()]
optimiser = torch.optim.RMSprop(parameters, lr=5e-4, alpha=0.99, eps=1e-5)


def step():
    values = agent(observations)
    chosen = values[:-1].gather(2, taken).squeeze(2)
    with torch.no_grad():
        best = values[1:].argmax(2, keepdim=True)
        following = target_agent(observations)[1:].gather(2, best).squeeze(2)
        target = rewards + 0.99 * target_mixer(following, states[1:].reshape(-1, state_size))
    total = mixer(chosen, states[:-1].reshape(-1, state_size))
    optimiser.zero_grad()
    torch.mean(torch.square(total - target)).backward()
    optimiser.step()


print(shortest(step))
