import { grouped } from '../base/words';
import { html, type Html } from './html';
import { SCRIPT, STYLE } from './style';

/** What a report shows, from the top. */
export interface ReportPage {
  readonly title: string;
  /** What was measured, on what. */
  readonly about: readonly string[];
  readonly body: readonly Html[];
  /** Who measured it, and when. */
  readonly footer: Html;
}

/** Who measured what a report says, how fast, and when. */
export function measuredBy({
  backend,
  perSecond,
  unit,
  created,
}: {
  readonly backend: string;
  readonly perSecond: number;
  /** What was read, in the plural. */
  readonly unit: string;
  /** ISO 8601. */
  readonly created: string;
}): Html {
  return html`Measured by Scrawl on ${backend} at ${grouped(Math.round(perSecond))} ${unit} a second,
  ${created.slice(0, 16).replace('T', ' ')} UTC.`;
}

/** One HTML file that needs nothing else: it opens without a network. */
export function reportPage({ title, about, body, footer }: ReportPage): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        />
        <title>${title}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <div class="about">${about.join(' · ')}</div>
          ${body}
          <footer>${footer}</footer>
        </main>
        <script>
          ${{ html: SCRIPT }};
        </script>
      </body>
    </html> `.html;
}

/** A figure with its name and what explains it. */
export function card(name: string, value: string, detail: string): Html {
  return html`<div class="card">
    <dt>${name}</dt>
    <dd>${value}</dd>
    <dd>${detail}</dd>
  </div>`;
}

/** Cards side by side. */
export function cards(all: readonly Html[]): Html {
  return html`<dl class="cards">${all}</dl>`;
}

/**
 * A table that a click on a head sorts.
 *
 * @param rows each a tr
 * @param texts the heads of columns of text, the first apart
 */
export function table(heads: readonly string[], rows: readonly Html[], texts: readonly string[] = []): Html {
  const cells = heads.map((head) => {
    const button = head === '' ? '' : html`<button type="button">${head}</button>`;
    return html`<th${texts.includes(head) ? { html: ' class="text"' } : ''}>${button}</th>`;
  });
  return html`<div class="panel tall">
    <table>
      <thead>
        <tr>
          ${cells}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** A bar as long as a count among others. */
export function bar(count: number, most: number): Html {
  return html`<span class="bar" style="width: ${Math.max(2, Math.round((90 * count) / most))}px"></span>`;
}
