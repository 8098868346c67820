import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted, grouped } from '../../src/base/words';
import { SPLIT_NAMES } from '../../src/base/split';
import type { BrowsedDataset, BrowseView, Filter, Shown } from '../../src/protocol/pages/browse';
import { Part } from '../base/part';
import { DEFAULT_ZOOM } from '../samples/layout';
import { zoomField } from '../samples/zoomField';
import './classFilter';

const SHOWN_WORDS: Record<Shown, string> = {
  all: 'All samples',
  included: 'Included',
  excluded: 'Excluded',
  relabeled: 'Relabeled',
};

/** The value of a select that stands for no choice. */
const EVERY = 'every';

/**
 * What shows and how large: split, classes, excluded or not, zoom, and a place to jump to.
 *
 * @fires filter with the Filter
 * @fires all when the samples of the whole dataset are wanted again
 * @fires zoom with the side of a picture
 * @fires jump with a place
 */
@customElement('scrawl-filters')
export class Filters extends Part {
  @property({ attribute: false }) browsed!: BrowsedDataset;
  @property({ attribute: false }) view!: BrowseView;
  @property({ type: Number }) zoom = DEFAULT_ZOOM;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', 'Filters');
  }

  override render() {
    const { filter, total, counts } = this.view;
    return html`${this.only()}${this.splits()}
      <scrawl-class-filter
        .classes=${this.browsed.classes}
        .counts=${counts}
        .chosen=${filter.classes}
        @classes=${(event: CustomEvent<number[]>) => this.change({ classes: event.detail })}
      ></scrawl-class-filter>
      ${this.shown()}
      <span class="total">${counted(total, 'sample')}</span>
      <div class="tools">
        <label class="jump" title="Go to a sample of this list (G)">
          <span class="codicon codicon-go-to-file" aria-hidden="true"></span>
          <input
            class="control"
            inputmode="numeric"
            autocomplete="off"
            aria-label="Go to sample, 1 to ${grouped(total)}"
            placeholder="Go to…"
            ?disabled=${total === 0}
            @keydown=${this.onJumpKey}
          />
        </label>
        ${zoomField(this.zoom, (zoom) => this.fire('zoom', zoom))}
      </div>`;
  }

  /** Puts the keyboard into the field for a sample's number. */
  focusJump(): void {
    this.querySelector<HTMLInputElement>('.jump input')?.select();
  }

  /** The finding whose samples alone show. */
  private only() {
    const { only } = this.view;
    if (!only) return nothing;
    return html`<button
      class="control only"
      title="Show the samples of the whole dataset"
      aria-label="Only: ${only.title}. Show the samples of the whole dataset"
      @click=${() => this.fire('all')}
    >
      <span class="only-title">${only.title}</span>
      <span class="codicon codicon-close" aria-hidden="true"></span>
    </button>`;
  }

  private splits() {
    const { splits } = this.browsed;
    if (splits.length < 2) return nothing;
    const value = this.view.filter.split ?? EVERY;
    const total = splits.reduce((sum, { count }) => sum + count, 0);
    const choices = [
      [EVERY, `All splits (${grouped(total)})`] as const,
      ...splits.map(({ name, count }) => [name, `${SPLIT_NAMES[name]} (${grouped(count)})`] as const),
    ];
    return this.select('Split', value, choices, (chosen) => {
      const { split: _, ...others } = this.view.filter;
      const found = splits.find(({ name }) => name === chosen);
      this.fire('filter', found ? { ...others, split: found.name } : others);
    });
  }

  private shown() {
    const choices = (Object.keys(SHOWN_WORDS) as Shown[]).map((each) => [each, SHOWN_WORDS[each]] as const);
    return this.select('Which samples', this.view.filter.shown, choices, (chosen) =>
      this.change({ shown: chosen as Shown }),
    );
  }

  private select(
    label: string,
    value: string,
    choices: readonly (readonly [value: string, text: string])[],
    choose: (value: string) => void,
  ) {
    return html`<vscode-single-select
      label=${label}
      title=${label}
      .value=${value}
      @change=${(event: Event) => choose((event.target as VscodeSingleSelect).value)}
    >
      ${choices.map(
        ([each, text]) =>
          html`<vscode-option value=${each} ?selected=${each === value}>${text}</vscode-option>`,
      )}
    </vscode-single-select>`;
  }

  private readonly onJumpKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    const input = event.target as HTMLInputElement;
    const number = Number(input.value.replaceAll(/[\s,.']/g, ''));
    const { total } = this.view;
    if (!Number.isInteger(number) || number < 1 || number > total) {
      input.setCustomValidity(`Type a number from 1 to ${grouped(total)}.`);
      input.reportValidity();
      input.setCustomValidity('');
      return;
    }
    input.value = '';
    this.fire('jump', number - 1);
  };

  private change(change: Partial<Filter>): void {
    this.fire('filter', { ...this.view.filter, ...change });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-filters': Filters;
  }
}
