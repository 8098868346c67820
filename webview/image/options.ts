import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ImageOptions } from '../../src/protocol/image';
import { ALPHABETS } from '../alphabets';
import { type Step, STEP_LABELS, STEPS } from './stepImages';

/** What a person chooses of how a picture is read and shown. */
export interface Choices extends ImageOptions {
  alphabet: string;
  step: Step;
}

const PENS: readonly (readonly [ImageOptions['pen'], string])[] = [
  ['auto', 'Pen found by itself'],
  ['dark', 'Dark pen on light paper'],
  ['light', 'Light pen on dark paper'],
];
const THRESHOLDS: readonly (readonly [ImageOptions['threshold'], string])[] = [
  ['otsu', 'Strokes of even strength'],
  ['local', 'Strokes that fade'],
];
const SHOWN = STEPS.map((step) => [step, STEP_LABELS[step]] as const);

/**
 * How a picture is read, and which step of it is shown.
 *
 * @fires options with the pen and the threshold
 * @fires alphabet with its name
 * @fires step with the step's name
 * @fires choose for another picture
 */
@customElement('scrawl-image-options')
export class ImageOptionsBar extends LitElement {
  @property({ attribute: false }) choices: Choices = {
    pen: 'auto',
    threshold: 'otsu',
    alphabet: 'all',
    step: 'colour',
  };

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { pen, threshold, alphabet, step } = this.choices;
    return html`${this.select('Alphabet', ALPHABETS, alphabet, (value) => this.tell('alphabet', value))}
      ${this.select('Pen', PENS, pen, (value) => this.tell('options', { pen: value, threshold }))}
      ${this.select('Threshold', THRESHOLDS, threshold, (value) => this.tell('options', { pen, threshold: value }))}
      ${this.select('Shown', SHOWN, step, (value) => this.tell('step', value))}
      <button class="control" @click=${() => this.tell('choose')}>Choose Another…</button>`;
  }

  private select<V extends string>(
    label: string,
    choices: readonly (readonly [V, string])[],
    value: V,
    chosen: (value: V) => void,
  ) {
    return html`<vscode-single-select
      label=${label}
      title=${label}
      .value=${value}
      @change=${(event: Event) => chosen((event.target as VscodeSingleSelect).value as V)}
    >
      ${choices.map(
        ([each, text]) =>
          html`<vscode-option value=${each} ?selected=${each === value}>${text}</vscode-option>`,
      )}
    </vscode-single-select>`;
  }

  private tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-image-options': ImageOptionsBar;
  }
}
