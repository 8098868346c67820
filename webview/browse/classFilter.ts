import { html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { grouped, samples, spoken } from '../words';

/**
 * The classes as keys that can be pressed in any number, each with its count, behind one button.
 *
 * @fires classes with the indexes of those that are to show; none is all
 */
@customElement('scrawl-class-filter')
export class ClassFilter extends LitElement {
  @property({ attribute: false }) classes: readonly string[] = [];
  @property({ attribute: false }) counts: readonly number[] = [];
  @property({ attribute: false }) chosen: readonly number[] = [];
  @state() private open = false;
  @query('.class-list') private readonly list!: HTMLElement;
  @query('.control') private readonly button!: HTMLElement;

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    return html`<button
        class="control"
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        title="Show some classes only"
        @click=${this.toggle}
      >
        <span class="codicon codicon-filter" aria-hidden="true"></span>
        <span class="control-text">${this.summary()}</span>
        <span class="codicon codicon-chevron-down" aria-hidden="true"></span>
      </button>
      <div
        class="class-list"
        popover
        role="dialog"
        aria-label="Classes"
        @toggle=${this.onToggle}
        @keydown=${this.onKey}
      >
        <div class="class-keys">${this.classes.map((name, index) => this.key(name, index))}</div>
        <button class="link" ?disabled=${this.chosen.length === 0} @click=${() => this.tell([])}>
          All classes
        </button>
      </div>`;
  }

  private summary() {
    if (this.chosen.length === 0) return `All ${this.classes.length} classes`;
    const names = this.chosen.map((index) => this.classes[index]);
    return names.length <= 6 ? names.join(' ') : `${names.length} classes`;
  }

  private key(name: string, index: number) {
    const count = this.counts[index] ?? 0;
    return html`<button
      class="class-key"
      aria-pressed=${this.chosen.includes(index)}
      aria-label="${spoken(name)}, ${samples(count)}"
      title=${samples(count)}
      @click=${() => this.press(index)}
    >
      <span class="class-name">${name}</span><span class="class-count">${grouped(count)}</span>
    </button>`;
  }

  private press(index: number): void {
    const chosen = this.chosen.includes(index)
      ? this.chosen.filter((each) => each !== index)
      : [...this.chosen, index].sort((a, b) => a - b);
    this.tell(chosen);
  }

  private readonly toggle = (): void => {
    this.list.togglePopover();
  };

  private readonly onToggle = (event: ToggleEvent): void => {
    this.open = event.newState === 'open';
    if (!this.open) return;
    this.place();
    (
      this.querySelector<HTMLElement>('.class-key[aria-pressed="true"]') ??
      this.querySelector<HTMLElement>('.class-key')
    )?.focus();
  };

  /** Puts the list under its button, and within the page. */
  private place(): void {
    const { left, bottom } = this.button.getBoundingClientRect();
    const { width } = this.list.getBoundingClientRect();
    this.list.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
    this.list.style.top = `${bottom + 4}px`;
  }

  /** Arrows walk the keys, a character goes to its own. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const keys = [...this.querySelectorAll<HTMLElement>('.class-key')];
    const at = keys.findIndex((key) => key === document.activeElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = getComputedStyle(
      this.list.querySelector('.class-keys') as Element,
    ).gridTemplateColumns.split(' ').length;
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const named = event.key.length === 1 && event.key !== ' ' ? this.classes.indexOf(event.key) : -1;
    const step = steps[event.key];
    const to = step === undefined ? named : at + step;
    if (step === undefined && named < 0) return;
    event.preventDefault();
    keys[to]?.focus();
  };

  private tell(chosen: readonly number[]): void {
    this.dispatchEvent(new CustomEvent('classes', { detail: chosen }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-class-filter': ClassFilter;
  }
}
