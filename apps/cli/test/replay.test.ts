import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, murmuration, temporaryDirectory, worldPath } from './murmuration';

const directory = temporaryDirectory();
const run = (...parameters: string[]) => murmuration(parameters, directory);

beforeAll(async () => {
  for (const world of ['painted', 'lever']) {
    const { status } = await run(
      ...[
        'train',
        'roma-iqss',
        worldPath(world),
        '--steps',
        '200',
        '--evaluate-every',
        '200',
        '--output',
        world,
      ],
    );
    expect(status).toBe(0);
  }
  mkdirSync(join(directory, 'here.svg'));
  symlinkSync('/dev/full', join(directory, 'full.html'));
});

describe('evaluate --replay', () => {
  test('writes a page with the episodes that it counts, and names cannot break out of it', async () => {
    const ended = await run('evaluate', 'painted', '--episodes', '7', '--json', '--replay', 'replay.html');
    expect(ended.status).toBe(0);
    const events = eventsOf(ended);
    expect(events.at(-1)).toMatchObject({ event: 'done', replay: 'replay.html' });
    const page = readFileSync(join(directory, 'replay.html'), 'utf8');
    const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
    expect(scripts).toHaveLength(2);
    const { episodes } = JSON.parse(scripts[0]);
    expect(episodes).toHaveLength(5);
    const mean = (events[0].metrics as { return: number }).return;
    for (const { name, moments, rewards } of episodes) {
      expect(moments).toHaveLength(11);
      expect(moments[10][0]).toMatch(/^pull 10 /);
      const paid = rewards.reduce((sum: number, reward: number) => sum + reward);
      expect(name).toContain(`: return ${paid}, 10 steps`);
      expect(paid).toBe(mean);
    }
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(statSync(join(directory, 'replay.html')).size).toBeLessThan(40_000);
  });

  test('writes one episode as an SVG that moves', async () => {
    const ended = await run('evaluate', 'painted', '--episodes', '3', '--replay', 'replay.svg');
    expect(ended.status).toBe(0);
    expect(ended.output).toContain('replay replay.svg\n');
    const image = readFileSync(join(directory, 'replay.svg'), 'utf8');
    expect(image).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
    expect(image.match(/<animate /g)).toHaveLength(11);
    expect(image).not.toContain('<script');
  });

  test.each([
    [
      ['painted', '--replay', 'film.gif'],
      2,
      '--replay is "film.gif"; give a file that ends in .html or .svg',
    ],
    [['painted', '--replay', 'here.svg'], 2, '--replay: here.svg is a directory; give the path of a file'],
    [
      ['painted', '--replay', 'none/film.svg'],
      2,
      '--replay: there is no directory none; make it, or choose another path',
    ],
    [
      ['lever', '--replay', 'film.svg'],
      2,
      '--replay: lever/2 draws nothing; leave --replay out, or give the environment a function draw that returns a scene',
    ],
    [
      ['painted', '--replay', 'full.html'],
      1,
      'cannot write full.html: the disk is full; free some space or choose another directory',
    ],
  ])('evaluate %j ends with %i and one line', async (parameters, status, line) => {
    const ended = await run('evaluate', ...parameters, '--episodes', '1');
    expect(ended.error).toBe(`murmuration: ${line}\n`);
    expect(ended.status).toBe(status);
    // What is refused is refused before anything is played.
    expect(ended.output === '').toBe(status === 2);
  });
});
