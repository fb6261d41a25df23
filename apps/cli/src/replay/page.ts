import { createHash } from 'node:crypto';
import { darkShades, drawCanvas, drawSvg, lightShades } from '@murmuration/envs/scene';
import { escapeMarkup, stylesheet } from '@murmuration/eval';
import { decodeMoment, type EncodedReplay } from './encode';
import { playReplay } from './player';

export interface PageOptions {
  readonly title: string;
  /** A sentence or two on what is shown. */
  readonly introduction: string;
}

const style = `
#scene { display: block; width: 100%; max-height: 62vh; border: 1px solid var(--line); border-radius: 6px; }
.controls { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin: 12px 0; }
.controls button, .controls select {
  font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; max-width: 100%;
}
.controls :focus-visible, #scene:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#step { flex: 1 1 240px; accent-color: var(--accent); }
#play { min-width: 5.5em; }
#caption { font-variant-numeric: tabular-nums; margin: 0; }
#score { color: var(--quiet); font-variant-numeric: tabular-nums; margin: 0; }
kbd { font: 0.875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
`;

const script = (): string => `
const draw = ${drawCanvas.toString()};
const decode = ${decodeMoment.toString()};
const shades = ${JSON.stringify({ light: lightShades, dark: darkShades })};
const replay = JSON.parse(document.getElementById('replay').textContent);
(${playReplay.toString()})(replay, { ...shades, decode, draw });
`;

/** JSON that no HTML parser finds a tag in. */
const inert = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

/**
 * One HTML file that plays a replay: style, data and script inside, nothing fetched, and a content security policy that
 * lets this very script run and no other. Without scripts it shows the first moment.
 */
export const replayPage = (replay: EncodedReplay, { title, introduction }: PageOptions): string => {
  const player = script();
  const hash = createHash('sha256').update(player).digest('base64');
  const first = drawSvg(decodeMoment(replay, replay.episodes[0].moments[0]));
  const names = replay.episodes.map(({ name }) => `<option>${escapeMarkup(name)}</option>`).join('');
  const speeds = [0.25, 0.5, 1, 2, 4].map(
    (value) => `<option value="${value}"${value === 1 ? ' selected' : ''}>${value} ×</option>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(title)}</title>
<style>
${stylesheet}${style}</style>
</head>
<body>
<main>
<header>
<h1>${escapeMarkup(title)}</h1>
<p>${escapeMarkup(introduction)}</p>
</header>
<figure>
<canvas id="scene" role="img" aria-label="the world" width="640" height="480"></canvas>
<noscript>${first}</noscript>
</figure>
<p id="caption"></p>
<p id="score"></p>
<div class="controls" role="group" aria-label="playing">
<button id="play" type="button">Play</button>
<button id="back" type="button" aria-label="one step back">◀</button>
<button id="forward" type="button" aria-label="one step on">▶</button>
<input id="step" type="range" min="0" max="0" value="0" aria-label="step">
<label>Speed <select id="speed">${speeds.join('')}</select></label>
<label>Episode <select id="episode">${names}</select></label>
</div>
<p><kbd>Space</kbd> plays and pauses, <kbd>←</kbd> <kbd>→</kbd> go one step, <kbd>Home</kbd> <kbd>End</kbd> to the ends,
<kbd>Page Up</kbd> <kbd>Page Down</kbd> to another episode.</p>
</main>
<script type="application/json" id="replay">${inert(replay)}</script>
<script>${player}</script>
</body>
</html>
`;
};
