import type { Paper } from '@murmuration/core';

export const packageName = '@murmuration/sequential-trust-region';

export const ippo: Paper = {
  title: 'Is Independent Learning All You Need in the StarCraft Multi-Agent Challenge?',
  authors:
    'Christian Schroeder de Witt, Tarun Gupta, Denys Makoviichuk, Viktor Makoviychuk, Philip H. S. Torr, Mingfei Sun, Shimon Whiteson',
  year: 2020,
  url: 'https://arxiv.org/abs/2011.09533',
};

export const mappo: Paper = {
  title: 'The Surprising Effectiveness of PPO in Cooperative Multi-Agent Games',
  authors: 'Chao Yu, Akash Velu, Eugene Vinitsky, Jiaxuan Gao, Yu Wang, Alexandre Bayen, Yi Wu',
  year: 2022,
  url: 'https://arxiv.org/abs/2103.01955',
};

export const happo: Paper = {
  title: 'Trust Region Policy Optimisation in Multi-Agent Reinforcement Learning',
  authors: 'Jakub Grudzien Kuba, Ruiqing Chen, Muning Wen, Ying Wen, Fanglei Sun, Jun Wang, Yaodong Yang',
  year: 2022,
  url: 'https://arxiv.org/abs/2109.11251',
};

export const a2po: Paper = {
  title: 'Order Matters: Agent-by-agent Policy Optimization',
  authors: 'Xihuai Wang, Zheng Tian, Ziyu Wan, Ying Wen, Jun Wang, Weinan Zhang',
  year: 2023,
  url: 'https://arxiv.org/abs/2302.06205',
};

export const coppo: Paper = {
  title: 'Coordinated Proximal Policy Optimization',
  authors: 'Zifan Wu, Chao Yu, Deheng Ye, Junge Zhang, Haiyin Piao, Hankz Hankui Zhuo',
  year: 2021,
  url: 'https://arxiv.org/abs/2111.04051',
};

export const lowVariance: Paper = {
  title:
    'Low Variance Trust Region Optimization with Independent Actors and Sequential Updates in Cooperative Multi-agent Reinforcement Learning',
  authors: 'Bang Giang Le, Viet Cuong Ta',
  year: 2025,
  url: 'https://arxiv.org/abs/2606.25526',
};
