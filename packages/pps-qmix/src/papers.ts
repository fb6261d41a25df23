import type { Paper } from '@murmuration/core';

export const ppsQmix: Paper = {
  title:
    'PPS-QMIX: Periodically Parameter Sharing for Accelerating Convergence of Multi-Agent Reinforcement Learning',
  authors: 'Ke Zhang and others',
  year: 2024,
  url: 'https://arxiv.org/abs/2403.02635',
};

export const qmix: Paper = {
  title: 'QMIX: Monotonic Value Function Factorisation for Deep Multi-Agent Reinforcement Learning',
  authors:
    'Tabish Rashid, Mikayel Samvelyan, Christian Schroeder de Witt, Gregory Farquhar, Jakob Foerster, Shimon Whiteson',
  year: 2018,
  url: 'https://arxiv.org/abs/1803.11485',
};

export const vdn: Paper = {
  title: 'Value-Decomposition Networks For Cooperative Multi-Agent Learning',
  authors: 'Peter Sunehag and others',
  year: 2018,
  url: 'https://arxiv.org/abs/1706.05296',
};

export const iql: Paper = {
  title: 'Multiagent cooperation and competition with deep reinforcement learning',
  authors: 'Ardi Tampuu and others',
  year: 2017,
  url: 'https://arxiv.org/abs/1511.08779',
};
