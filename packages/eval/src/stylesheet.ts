import { darkInk } from './palette.js';

const darkCharts = Object.entries(darkInk)
  .map(
    ([light, dark]) =>
      `  svg [fill="${light}"] { fill: ${dark}; }\n  svg [stroke="${light}"] { stroke: ${dark}; }\n`,
  )
  .join('');

/** The style of a report. Charts are recoloured by the very values that they are drawn with. */
export const stylesheet = `
:root {
  --text: #1d232b; --quiet: #59636f; --line: #dde1e6; --ground: #ffffff; --panel: #f6f7f9; --accent: #0072b2;
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
main { max-width: 1120px; margin: 0 auto; padding: 56px 24px 80px; }
header { border-bottom: 1px solid var(--line); padding-bottom: 16px; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; margin: 0 0 12px; }
h2 { font-size: 1.3rem; line-height: 1.3; font-weight: 600; margin: 48px 0 12px; }
p { max-width: 46em; margin: 0 0 12px; overflow-wrap: anywhere; }
header p { color: var(--quiet); font-size: 1.05rem; }
figure { margin: 20px 0 28px; }
figcaption { color: var(--quiet); font-size: 0.875rem; max-width: 52em; margin-top: 8px; }
.wide { overflow-x: auto; }
svg { display: block; max-width: 100%; min-width: 560px; height: auto; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 16px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child { text-align: left; padding-left: 0; }
thead th { font-weight: 600; color: var(--quiet); border-bottom: 2px solid var(--text); }
tbody th { font-weight: 500; }
pre {
  background: var(--panel); border: 1px solid var(--line); border-radius: 6px;
  padding: 12px 16px; margin: 12px 0; overflow-x: auto;
}
code { font: 0.875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; font-size: 0.9rem; margin: 12px 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #e8eaed; --quiet: #a3acb8; --line: #323943; --ground: #171b21; --panel: #1f252d; --accent: #4aa3df;
  }
${darkCharts}}
@media print {
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  figure, tr, dl { break-inside: avoid; }
  h2 { break-after: avoid; }
  .wide { overflow: visible; }
  svg { min-width: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`.trimStart();
