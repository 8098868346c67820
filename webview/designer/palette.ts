import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LayerKind } from '../../src/protocol/pages/designer';
import { Part } from '../base/part';

/**
 * Every kind of layer, in groups, each with what it does. Arrow keys and first letters walk it.
 *
 * @fires add with the type of a layer
 * @fires grab with the PointerEvent's detail where a layer may be dragged off
 * @fires leave when the keyboard wants to go back
 */
@customElement('scrawl-palette')
export class Palette extends Part {
  @property({ attribute: false }) groups: readonly string[] = [];
  @property({ attribute: false }) kinds: readonly LayerKind[] = [];
  /** The entry that the Tab key comes to. */
  @state() private current = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', 'Layers to add');
    this.setAttribute('aria-orientation', 'vertical');
  }

  /** Puts the keyboard on the entry that it was on last. */
  override focus(): void {
    this.entries[this.current]?.focus();
  }

  override render() {
    return this.groups.map(
      (group) =>
        html`<h2>${group}</h2>
          ${this.kinds.map((kind, index) => (kind.group === group ? this.entry(kind, index) : ''))}`,
    );
  }

  private entry(kind: LayerKind, index: number) {
    return html`<button
      class="entry"
      data-type=${kind.type}
      tabindex=${index === this.current ? 0 : -1}
      title="Add behind the chosen layer, or drag to its place"
      aria-label="Add ${kind.name}. ${kind.explanation}"
      @focus=${() => (this.current = index)}
      @click=${() => this.fire('add', kind.type)}
      @pointerdown=${(event: PointerEvent) => this.fire('grab', { event, type: kind.type, name: kind.name })}
      @keydown=${(event: KeyboardEvent) => this.onKey(event, index)}
    >
      <span class="entry-name">${kind.name}</span>
      <span class="caption">${kind.explanation}</span>
    </button>`;
  }

  private onKey(event: KeyboardEvent, index: number): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = this.target(event.key, index);
    if (to === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (to === undefined) this.fire('leave');
    else this.entries[to]?.focus();
  }

  private target(key: string, index: number): number | undefined {
    const last = this.kinds.length - 1;
    switch (key) {
      case 'ArrowDown':
        return Math.min(index + 1, last);
      case 'ArrowUp':
        return Math.max(index - 1, 0);
      case 'Home':
        return 0;
      case 'End':
        return last;
      default:
        return /^[a-z]$/i.test(key) ? this.byLetter(key.toLowerCase(), index) : undefined;
    }
  }

  /** The next entry whose name begins with a letter. */
  private byLetter(letter: string, index: number): number {
    const { length } = this.kinds;
    for (let step = 1; step <= length; step++) {
      const at = (index + step) % length;
      if (this.kinds[at]?.name.toLowerCase().startsWith(letter)) return at;
    }
    return index;
  }

  private get entries(): HTMLElement[] {
    return this.kinds.flatMap(
      ({ type }) => this.querySelector<HTMLElement>(`.entry[data-type="${type}"]`) ?? [],
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-palette': Palette;
  }
}
