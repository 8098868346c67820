import { html, nothing, svg } from 'lit';
import { state } from 'lit/decorators.js';
import type { HostToSymbol, ShownSymbol, SymbolToHost } from '../../src/protocol/pages/symbol';
import { PageElement } from '../base/pageElement';

/** Of what a drawing lies in, 64 units wide: left free around it. */
const MARGIN = 6;
const BOX = `${-MARGIN} ${-MARGIN} ${64 + 2 * MARGIN} ${64 + 2 * MARGIN}`;

type Drawing = ShownSymbol['drawings'][number];

/** A symbol, what there is to say of it, and how people draw it. */
export default class SymbolPage extends PageElement<SymbolToHost, HostToSymbol> {
  @state() private shown: ShownSymbol | undefined;

  protected override begin(): { type: 'ready' } {
    return { type: 'ready' };
  }

  override render() {
    const { shown } = this;
    if (!shown) return html`<p class="nothing" role="status">${this.failure ?? 'Looking it up…'}</p>`;
    const { glyph, about, drawings } = shown;
    return html`<header>
        <h1>${glyph}</h1>
        <div>
          ${glyph === about.command ? nothing : html`<p class="command">${about.command}</p>`}
          ${about.more.map((line) => html`<p>${line}</p>`)}
        </div>
      </header>
      <h2>${drawings.length > 0 ? 'How people draw it' : 'There is no drawing of it.'}</h2>
      <div class="drawings">${drawings.map((drawing, at) => this.drawing(drawing, at))}</div>`;
  }

  protected override receive(message: HostToSymbol): void {
    if (message.type === 'symbol') this.shown = message;
  }

  private drawing(drawing: Drawing, at: number) {
    const label = `Drawing ${String(at + 1)}`;
    return html`<svg class="drawing" viewBox=${BOX} role="img" aria-label=${label}>
      ${drawing.map((stroke) => svg`<path d=${pathOf(stroke)} />`)}
    </svg>`;
  }
}

function pathOf(stroke: Drawing[number]): string {
  const points = stroke.map(([x, y]) => `${String(x)} ${String(y)}`);
  // a dot has no length to be drawn along
  return `M${(points.length === 1 ? [...points, ...points] : points).join('L')}`;
}
