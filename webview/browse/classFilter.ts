import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { counted, grouped, spoken } from '../../src/base/words';
import { Part } from '../base/part';

/** Classes that have keys at once: the others are found by their text. */
const MOST_KEYS = 300;

/**
 * The classes as keys that can be pressed in any number, each with its count, behind one button.
 *
 * @fires classes with the indexes of those that are to show; none is all
 */
@customElement('scrawl-class-filter')
export class ClassFilter extends Part {
  @property({ attribute: false }) classes: readonly string[] = [];
  @property({ attribute: false }) counts: readonly number[] = [];
  @property({ attribute: false }) chosen: readonly number[] = [];
  @state() private open = false;
  /** What the shown classes have in them. */
  @state() private sought = '';
  @query('.class-list') private readonly list!: HTMLElement;
  @query('.control') private readonly button!: HTMLElement;

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
        ${this.isLong ? this.finder() : nothing}
        <div class="class-keys ${this.isLong ? 'texts' : ''}">
          ${this.shown().map((index) => this.key(this.classes[index] ?? '', index))}
        </div>
        <button class="link" ?disabled=${this.chosen.length === 0} @click=${() => this.fire('classes', [])}>
          All classes
        </button>
      </div>`;
  }

  private get isLong(): boolean {
    return this.classes.length > MOST_KEYS;
  }

  private finder() {
    return html`<input
      class="control find"
      type="search"
      aria-label="Find classes"
      placeholder="Find among ${grouped(this.classes.length)} classes"
      .value=${this.sought}
      @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value)}
    />`;
  }

  /** Indexes of the classes that have keys; of many the chosen ones first. */
  private shown(): number[] {
    const all = [...this.classes.keys()];
    if (!this.isLong) return all;
    if (!this.open) return [];
    const sought = this.sought.toLowerCase();
    const chosen = new Set(this.chosen);
    const found = all.filter(
      (index) => !chosen.has(index) && this.classes[index]?.toLowerCase().includes(sought),
    );
    return [...this.chosen, ...found].slice(0, Math.max(MOST_KEYS, chosen.size));
  }

  private summary() {
    if (this.chosen.length === 0) return `All ${grouped(this.classes.length)} classes`;
    const names = this.chosen.map((index) => this.classes[index]);
    return names.length <= 6 ? names.join(' ') : `${names.length} classes`;
  }

  private key(name: string, index: number) {
    const count = this.counts[index] ?? 0;
    return html`<button
      class="class-key"
      aria-pressed=${this.chosen.includes(index)}
      aria-label="${spoken(name)}, ${counted(count, 'sample')}"
      title=${counted(count, 'sample')}
      @click=${() => this.press(index)}
    >
      <span class="class-name">${name}</span><span class="class-count">${grouped(count)}</span>
    </button>`;
  }

  private press(index: number): void {
    const chosen = this.chosen.includes(index)
      ? this.chosen.filter((each) => each !== index)
      : [...this.chosen, index].sort((a, b) => a - b);
    this.fire('classes', chosen);
  }

  private readonly toggle = (): void => {
    this.list.togglePopover();
  };

  private readonly onToggle = (event: ToggleEvent): void => {
    this.open = event.newState === 'open';
    if (!this.open) return;
    this.place();
    (
      this.querySelector<HTMLElement>('.find') ??
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
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-class-filter': ClassFilter;
  }
}
