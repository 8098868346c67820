import { html, nothing, svg } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { counted } from '../../src/base/words';
import type { LayerKind, ShownNetwork } from '../../src/protocol/pages/designer';
import { Part } from '../base/part';
import { type Block, layOut, PLANE_STEP } from './pictureLayout';

/** What of an element's look goes into a picture that is saved. */
const LOOKS = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
];

/**
 * The whole network from left to right, each stage as a stack of planes or a bar.
 *
 * @fires choose with a layer's place when its stage is pressed
 */
@customElement('scrawl-whole-picture')
export class WholePicture extends Part {
  @property({ attribute: false }) network!: ShownNetwork;
  @property({ attribute: false }) kinds: ReadonlyMap<string, LayerKind> = new Map();
  @property({ type: Number }) chosen: number | undefined;
  @query('svg') private readonly picture!: SVGSVGElement;

  override render() {
    const { network, kinds } = this;
    const { width, height, blocks } = layOut(network, ({ type }) => kinds.get(type)?.name ?? type);
    const label = `Picture of ${network.name}: ${counted(network.layers.length, 'layer')}. ${blocks
      .map(({ names, size }) => `${names.join(', ')}: ${size}`)
      .join('; ')}`;
    return html`<svg
      xmlns="http://www.w3.org/2000/svg"
      width=${width}
      height=${height}
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label=${label}
    >
      ${blocks.map((block, index) => this.joint(block, blocks[index + 1]))}
      ${blocks.map((block) => this.block(block, height))}
    </svg>`;
  }

  /** The picture as a file of its own, in the colors that it has now. */
  toSvg(): string {
    const copy = this.picture.cloneNode(true) as SVGSVGElement;
    const originals = this.picture.querySelectorAll('*');
    copy.querySelectorAll('*').forEach((element, index) => {
      const original = originals[index];
      if (!original) return;
      const style = getComputedStyle(original);
      for (const look of LOOKS) element.setAttribute(look, style.getPropertyValue(look));
      element.removeAttribute('class');
    });
    const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    paper.setAttribute('width', '100%');
    paper.setAttribute('height', '100%');
    paper.setAttribute('fill', getComputedStyle(this.picture).getPropertyValue('--paper').trim() || 'none');
    copy.prepend(paper);
    return new XMLSerializer().serializeToString(copy).replace(/<!--.*?-->/g, '');
  }

  private block(block: Block, height: number) {
    const { x, y, width, planes, layer, size, names } = block;
    const middle = x + (width + (planes - 1) * PLANE_STEP) / 2;
    const chosen = layer !== undefined && layer === this.chosen;
    const base = height - 12 - 14 * Math.max(0, names.length - 1);
    return svg`<g
      class="block ${chosen ? 'chosen' : ''} ${layer === undefined ? 'fixed' : ''}"
      @click=${() => this.choose(layer)}
    >
      ${Array.from({ length: planes }, (_, plane) => this.plane(block, plane))}
      <text class="size" x=${middle} y=${y - 8} text-anchor="middle">${size}</text>
      ${names.map(
        (name, line) =>
          svg`<text class="stage" x=${middle} y=${base + 14 * line} text-anchor="middle">${name}</text>`,
      )}
    </g>`;
  }

  private plane({ x, y, width, height }: Block, plane: number) {
    const step = plane * PLANE_STEP;
    return svg`<rect class="plane" x=${x + step} y=${y + step} width=${width} height=${height} />`;
  }

  /** Lines from the edges of what one stage gives to those of the next. */
  private joint(from: Block, to: Block | undefined) {
    if (!to) return nothing;
    const back = (from.planes - 1) * PLANE_STEP;
    const right = from.x + from.width + back;
    return svg`<path
      class="joint"
      d="M${right} ${from.y + back} L${to.x} ${to.y} M${right} ${from.y + back + from.height} L${to.x} ${to.y + to.height}"
    />`;
  }

  private choose(layer: number | undefined): void {
    if (layer !== undefined) this.fire('choose', layer);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-whole-picture': WholePicture;
  }
}
