import type { Scene } from '@murmuration/core';
import type { drawCanvas, Shades } from '@murmuration/envs/scene';
import type { EncodedMoment, EncodedReplay } from './encode';

export interface PlayerParts {
  readonly light: Shades;
  readonly dark: Shades;
  readonly decode: (replay: EncodedReplay, moment: EncodedMoment) => Scene;
  readonly draw: typeof drawCanvas;
}

/**
 * Bring a replay's page to life: canvas, buttons, slider, keys. It runs in a browser and uses nothing from outside
 * itself but the browser and `parts`: a page carries its text. The elements are those that `replayPage` writes.
 */
export const playReplay = (replay: EncodedReplay, { light, dark, decode, draw }: PlayerParts): void => {
  const find = <Found extends HTMLElement>(id: string): Found => document.getElementById(id) as Found;
  const canvas = find<HTMLCanvasElement>('scene');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const slider = find<HTMLInputElement>('step');
  const episodes = find<HTMLSelectElement>('episode');
  const speed = find<HTMLSelectElement>('speed');
  const button = find<HTMLButtonElement>('play');
  const caption = find('caption');
  const score = find('score');
  const darkness = matchMedia('(prefers-color-scheme: dark)');
  const restAtEnd = 1500;
  let at = 0;
  let playing = false;
  /** Time of the browser when the moment that is shown was due. */
  let due = 0;

  const episode = () => replay.episodes[episodes.selectedIndex];
  /** Milliseconds of a moment: an episode takes about eight seconds, but no more than 10 moments pass in one. */
  const duration = (): number => {
    const moments = episode().moments.length;
    const usual = Math.min(700, Math.max(100, 8000 / moments));
    return (usual + (at === moments - 1 ? restAtEnd : 0)) / Number(speed.value);
  };

  const show = (): void => {
    const { moments, rewards } = episode();
    const scene = decode(replay, moments[at]);
    const { left, right, bottom, top } = scene.extent;
    const density = devicePixelRatio || 1;
    canvas.style.aspectRatio = `${right - left} / ${top - bottom}`;
    const width = Math.max(1, Math.round(canvas.clientWidth * density));
    const height = Math.max(1, Math.round(canvas.clientHeight * density));
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    draw(scene, context, { width, height, shades: darkness.matches ? dark : light });
    canvas.setAttribute('aria-label', scene.caption);
    caption.textContent = scene.caption;
    const paid = rewards.slice(0, at + 1).reduce((sum, reward) => sum + reward, 0);
    score.textContent = `reward ${Number(rewards[at].toPrecision(3))}, return so far ${Number(paid.toPrecision(4))}`;
    slider.max = String(moments.length - 1);
    slider.value = String(at);
    slider.setAttribute('aria-valuetext', `${at} of ${moments.length - 1}: ${scene.caption}`);
  };

  const select = (index: number): void => {
    const count = replay.episodes.length;
    episodes.selectedIndex = (index + count) % count;
    at = 0;
    show();
  };

  const advance = (): void => {
    if (at < episode().moments.length - 1) {
      at++;
      show();
    } else select(episodes.selectedIndex + 1);
  };

  const tick = (now: number): void => {
    if (!playing) return;
    // A page that was out of sight goes on where it was.
    if (now - due > 3000) due = now;
    if (now - due >= duration()) {
      due += duration();
      advance();
    }
    requestAnimationFrame(tick);
  };

  const play = (on: boolean): void => {
    if (on === playing) return;
    playing = on;
    button.textContent = on ? 'Pause' : 'Play';
    // Whoever listens is told of single steps, not of a film.
    caption.setAttribute('aria-live', on ? 'off' : 'polite');
    if (!on) return;
    due = performance.now();
    requestAnimationFrame(tick);
  };

  const go = (to: number): void => {
    play(false);
    at = Math.max(0, Math.min(episode().moments.length - 1, to));
    show();
  };

  const keys: Readonly<Record<string, () => void>> = {
    ' ': () => play(!playing),
    ArrowLeft: () => go(at - 1),
    ArrowRight: () => go(at + 1),
    Home: () => go(0),
    End: () => go(Number.POSITIVE_INFINITY),
    PageUp: () => select(episodes.selectedIndex - 1),
    PageDown: () => select(episodes.selectedIndex + 1),
  };

  button.addEventListener('click', () => play(!playing));
  find('back').addEventListener('click', () => go(at - 1));
  find('forward').addEventListener('click', () => go(at + 1));
  slider.addEventListener('input', () => go(Number(slider.value)));
  episodes.addEventListener('change', () => select(episodes.selectedIndex));
  document.addEventListener('keydown', (event) => {
    // Lists and buttons have keys of their own.
    const element = event.target;
    const own =
      element instanceof HTMLSelectElement || (element instanceof HTMLButtonElement && event.key === ' ');
    if (own || event.altKey || event.ctrlKey || event.metaKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  darkness.addEventListener('change', show);
  new ResizeObserver(show).observe(canvas);
  show();
  play(!matchMedia('(prefers-reduced-motion: reduce)').matches);
};
