import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ALPHABET_LABELS, CHARACTER_CHOICES } from '../../src/base/alphabet';
import type { ImageOptions } from '../../src/protocol/pageText';
import { Part } from '../base/part';
import { type Step, STEP_LABELS, STEPS } from './stepImages';

/** What a user chooses of how a picture is read and shown. */
export interface Choices extends ImageOptions {
  alphabet: string;
  step: Step;
}

const PENS: readonly (readonly [ImageOptions['pen'], string])[] = [
  ['auto', 'Detect pen'],
  ['dark', 'Dark pen on light paper'],
  ['light', 'Light pen on dark paper'],
];
const THRESHOLDS: readonly (readonly [ImageOptions['threshold'], string])[] = [
  ['otsu', 'Even strokes'],
  ['local', 'Fading strokes'],
];
const ALPHABETS = CHARACTER_CHOICES.map((choice) => [choice, ALPHABET_LABELS[choice]] as const);
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
export class ImageOptionsBar extends Part {
  @property({ attribute: false }) choices: Choices = {
    pen: 'auto',
    threshold: 'otsu',
    alphabet: 'all',
    step: 'color',
  };

  override render() {
    const { pen, threshold, alphabet, step } = this.choices;
    return html`${this.select('Alphabet', ALPHABETS, alphabet, (value) => this.fire('alphabet', value))}
      ${this.select('Pen', PENS, pen, (value) => this.fire('options', { pen: value, threshold }))}
      ${this.select('Threshold', THRESHOLDS, threshold, (value) => this.fire('options', { pen, threshold: value }))}
      ${this.select('Shown', SHOWN, step, (value) => this.fire('step', value))}
      <button class="control" @click=${() => this.fire('choose')}>Choose Another…</button>`;
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
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-image-options': ImageOptionsBar;
  }
}
