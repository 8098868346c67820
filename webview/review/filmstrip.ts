import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ReviewQueue, Verdicts } from '../../src/protocol/pages/review';
import '../base/grayPicture';
import { heard } from '../base/heard';
import { Part } from '../base/part';
import type { PicturePages } from './picturePages';
import { verdictIcon, verdictWords } from './verdict';

/** Width of a thumbnail with what is about it, in CSS pixels: as the style has it. */
const THUMB = 64;

/**
 * The labels about the one that is looked at, as many as there is room for.
 *
 * @fires go with the place in the queue
 */
@customElement('scrawl-filmstrip')
export class Filmstrip extends Part {
  @property({ attribute: false }) queue!: ReviewQueue;
  @property({ attribute: false }) verdicts!: Verdicts;
  @property({ attribute: false }) pages!: PicturePages;
  @property({ type: Number }) current = 0;
  /** Grows when pictures come. */
  @property({ type: Number }) arrived = 0;
  /** How many there is room for. */
  @state() room = 1;

  override firstUpdated(): void {
    new ResizeObserver(() => {
      this.room = Math.max(1, Math.floor(this.clientWidth / THUMB));
    }).observe(this);
    this.addEventListener('wheel', (event) => this.roll(event), { passive: false });
  }

  override render() {
    const total = this.queue.places.length;
    const first = Math.max(0, Math.min(this.current - Math.floor(this.room / 2), total - this.room));
    const shown = Array.from({ length: Math.min(this.room, total) }, (_, at) => first + at);
    return html`${repeat(
      shown,
      (at) => at,
      (at) => this.thumb(at),
    )}`;
  }

  private thumb(at: number) {
    const { queue, verdicts } = this;
    const name = (label: number | undefined) => queue.classes[label ?? 0] ?? '';
    const [given, suggested] = [name(queue.given[at]), name(queue.suggested[at])];
    const verdict = (verdicts.verdicts[at] ?? 0) as 0 | 1 | 2 | 3;
    const words = verdictWords(verdict, name(verdicts.labels[at]));
    const title = `${at + 1}: ${given}, suggested ${suggested}${words && `, ${words}`}`;
    return html`<button
      class="thumb verdict-${verdict}"
      tabindex="-1"
      title=${title}
      aria-current=${at === this.current ? 'true' : 'false'}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.fire('go', at)}
    >
      ${heard(title)}
      <scrawl-gray-picture ink .picture=${this.pages.picture(at)}></scrawl-gray-picture>
      <span class="thumb-label" aria-hidden="true"
        >${verdict === 0 ? `${given} → ${suggested}` : html`${verdictIcon(verdict)} ${verdict === 3 ? '' : name(verdicts.labels[at])}`}</span
      >
    </button>`;
  }

  private roll(event: WheelEvent): void {
    event.preventDefault();
    const by = Math.sign(event.deltaY || event.deltaX);
    const to = Math.max(0, Math.min(this.current + by, this.queue.places.length - 1));
    if (to !== this.current) this.fire('go', to);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-filmstrip': Filmstrip;
  }
}
