import type { Paper } from '@murmuration/core';

export const romaIqss: Paper = {
  title:
    'ROMA-iQSS: An Objective Alignment Approach via State-Based Value Learning and ROund-Robin Multi-Agent Scheduling',
  authors: 'Chi-Hui Lin, Joewie J. Koh, Alessandro Roncone, Lijun Chen',
  year: 2024,
  url: 'https://arxiv.org/abs/2404.03984',
};

export const i2q: Paper = {
  title: 'I2Q: A Fully Decentralized Q-Learning Algorithm',
  authors: 'Jiechuan Jiang, Zongqing Lu',
  year: 2022,
  url: 'https://github.com/jiechuanjiang/I2Q',
};

export const independentQ: Paper = {
  title: 'Multi-Agent Reinforcement Learning: Independent vs. Cooperative Agents',
  authors: 'Ming Tan',
  year: 1993,
  url: 'https://doi.org/10.1016/B978-1-55860-307-3.50049-6',
};

export const hystereticQ: Paper = {
  title:
    'Hysteretic Q-Learning: an algorithm for Decentralized Reinforcement Learning in Cooperative Multi-Agent Teams',
  authors: 'Laëtitia Matignon, Guillaume J. Laurent, Nadine Le Fort-Piat',
  year: 2007,
  url: 'https://doi.org/10.1109/IROS.2007.4399095',
};

export const ma2ql: Paper = {
  title: 'MA2QL: A Minimalist Approach to Fully Decentralized Multi-Agent Reinforcement Learning',
  authors: 'Kefan Su, Siyuan Zhou, Jiechuan Jiang, Chuang Gan, Xiangjun Wang, Zongqing Lu',
  year: 2022,
  url: 'https://arxiv.org/abs/2209.08244',
};
