/** How the report looks, in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfaf7; --surface: #ffffff; --line: #e3dfd6; --text: #23211d;
  --faint: #6d675c; --accent: #2f6fb0; --right: #2c7d5b; --wrong: #c2410c; --paper: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ground: #17181b; --surface: #1f2125; --line: #34373d; --text: #e6e4df;
  --faint: #9d9a93; --accent: #7fb2e5; --right: #4fb88c; --wrong: #ff8a4c; --paper: #101114; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 40px 24px 80px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 48px 0 6px; }
p { margin: 0 0 16px; color: var(--faint); max-width: 72ch; }
.about { color: var(--faint); overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 12px; margin: 28px 0 0; padding: 0; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.card dt { color: var(--faint); font-size: 13px; }
.card dd { margin: 2px 0 0; font-size: 25px; font-weight: 600; font-variant-numeric: tabular-nums; }
.card dd + dd { font-size: 12.5px; font-weight: 400; color: var(--faint); }
.card:first-child { border-color: var(--accent); }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 16px; overflow: auto; }
.side { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 24px; align-items: start; }
@media (max-width: 760px) { .side { grid-template-columns: minmax(0, 1fr); } }
svg { display: block; width: 100%; height: auto; margin: 0 auto; font-family: ui-monospace, monospace; }
svg text { fill: var(--faint); } svg .ground { fill: var(--paper); stroke: var(--line); }
#heat text { font-size: 8px; dominant-baseline: central; fill: var(--text); }
#heat .row { text-anchor: end; } #heat .column { text-anchor: middle; dominant-baseline: auto; }
#heat .column[transform*=rotate] { text-anchor: start; }
#heat .right { fill: var(--right); } #heat .wrong { fill: var(--wrong); }
#cross { fill: none; stroke: var(--text); stroke-width: 1; pointer-events: none; }
.level1 { fill-opacity: .1 } .level2 { fill-opacity: .18 } .level3 { fill-opacity: .27 } .level4 { fill-opacity: .38 }
.level5 { fill-opacity: .5 } .level6 { fill-opacity: .62 } .level7 { fill-opacity: .74 } .level8 { fill-opacity: .87 }
#readout { min-height: 1.5em; margin: 0 0 10px; color: var(--text); font-variant-numeric: tabular-nums; }
.reliability { max-width: 380px; } .reliability text { font: 11px system-ui, sans-serif; }
.reliability .grid { stroke: var(--line); stroke-width: .5; } .reliability .ideal { stroke: var(--faint); stroke-dasharray: 4 4; }
.reliability .tick.x, .axis { text-anchor: middle; } .reliability .tick.y { text-anchor: end; dominant-baseline: central; }
.bin rect { fill: var(--accent); } .bin circle { fill: var(--text); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
th:first-child, td:first-child, .text { text-align: left; }
thead th { position: sticky; top: 0; background: var(--surface); font-size: 13px; }
thead button { all: unset; cursor: pointer; color: var(--faint); } thead button:hover { color: var(--text); }
thead button:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
th[aria-sort=ascending] button::after { content: ' \\2191'; } th[aria-sort=descending] button::after { content: ' \\2193'; }
.tall { max-height: 560px; padding: 0 6px; }
.class { font: 600 15px ui-monospace, monospace; }
.bar { display: inline-block; height: 8px; border-radius: 4px; background: var(--wrong); vertical-align: middle; }
.lines figure { margin: 0 0 10px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; }
.lines svg { max-height: 64px; margin: 0 0 8px; } .lines path { fill: none; stroke: var(--text); stroke-width: 1.5px;
  stroke-linecap: round; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.lines small { color: var(--faint); overflow-wrap: anywhere; }
.aligned { display: flex; flex-wrap: wrap; gap: 4px 0; font: 15px/1.35 ui-monospace, monospace; }
.aligned span { display: grid; min-width: 1ch; padding: 0 1px; text-align: center; }
.aligned b { font-weight: inherit; } .aligned i { font-style: normal; color: var(--faint); }
.aligned .bad { font-weight: 600; text-decoration: underline; } .aligned .bad i { color: inherit; }
.worst { display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: 10px; margin: 0; padding: 0; }
.worst figure { margin: 0; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 8px; text-align: center; }
.worst img { width: 100%; max-width: 84px; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; border-radius: 4px; background: #000; }
.worst figcaption { font-size: 13px; line-height: 1.35; margin-top: 4px; } .worst small { color: var(--faint); }
.bad { color: var(--wrong); } .good { color: var(--right); }
footer { margin-top: 56px; color: var(--faint); font-size: 13px; }
@media print { .tall { max-height: none; } .panel { break-inside: avoid; } }
`;

/** Sorts tables by a click on a column's head, and says what the pointer is at in the heat map. */
export const SCRIPT = `
for (const table of document.querySelectorAll('table')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.querySelector('button')?.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') !== 'descending';
    for (const other of heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const valueOf = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const compare = (a, b) => {
      const [x, y] = [valueOf(a), valueOf(b)];
      return Number.isNaN(Number(x)) || Number.isNaN(Number(y)) ? (x < y ? -1 : x > y ? 1 : 0) : x - y;
    };
    const body = table.tBodies[0];
    body.append(...[...body.rows].sort((a, b) => (down ? -compare(a, b) : compare(a, b))));
  }));
}
const { classes, rows } = JSON.parse(document.getElementById('confusion').textContent);
const heat = document.getElementById('heat'), readout = document.getElementById('readout');
const hint = readout.textContent, cross = document.getElementById('cross');
heat.addEventListener('pointermove', (event) => {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(heat.getScreenCTM().inverse());
  const [column, row] = [Math.floor(at.x / 10), Math.floor(at.y / 10)];
  const counts = rows[row];
  if (!counts || column < 0 || column >= classes.length) return leave();
  const count = counts[column], total = counts.reduce((sum, each) => sum + each, 0);
  const share = total > 0 ? ' (' + (100 * count / total).toFixed(2) + '% of ' + total + ')' : '';
  readout.textContent = row === column ? classes[row] + ' is read right: ' + count + share
    : classes[row] + ' is taken for ' + classes[column] + ': ' + count + share;
  cross.setAttribute('d', 'M' + column * 10 + ' ' + row * 10 + 'h10v10h-10z');
});
const leave = () => { readout.textContent = hint; cross.setAttribute('d', ''); };
heat.addEventListener('pointerleave', leave);
`;
