import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FieldRange } from '../../src/protocol/pages/designer';
import { Part } from '../base/part';
import { readNumber } from './fieldValue';

/** What a change of a box or field tells. */
export interface Changed<T> {
  readonly value: T | undefined;
}

/** Milliseconds after the last key until what was typed counts, though the keyboard has not left the box. */
const REST = 300;

/**
 * A box for one number. What is no number in range stays in the box with the reason under it, and goes no further.
 *
 * @fires number with `value`, the number that was typed; undefined where the box was cleared
 */
@customElement('scrawl-number-box')
export class NumberBox extends Part {
  @property({ type: Number }) value: number | undefined;
  @property({ type: Boolean }) whole = false;
  @property({ attribute: false }) range: FieldRange = {};
  /** What a screen reader calls it. */
  @property() label = '';
  /** Shown where there is no value. */
  @property() placeholder = '';
  /** Id of the element that explains it. */
  @property() describedBy = '';
  @state() private problem: string | undefined;
  @query('input') private readonly input!: HTMLInputElement;
  private rest: ReturnType<typeof setTimeout> | undefined;
  /** What was told last and has not come back yet, else the file's value. */
  private told: number | undefined;

  override render() {
    const { range, whole, problem } = this;
    return html`<input
        class="control"
        type="number"
        autocomplete="off"
        step=${whole ? 1 : 'any'}
        min=${range.minimum ?? nothing}
        max=${range.maximum ?? nothing}
        aria-label=${this.label}
        aria-invalid=${problem !== undefined}
        aria-describedby=${this.describedBy || nothing}
        placeholder=${this.placeholder || nothing}
        @input=${() => this.typed()}
        @change=${() => this.commit()}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
      />${problem === undefined ? nothing : html`<span class="failure" role="alert">${problem}</span>`}`;
  }

  override updated(changed: PropertyValues<this>): void {
    // what is being typed stays, unless the file says something that was not typed here
    if (changed.has('value') && this.value !== this.told) this.reset();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.rest);
  }

  /** Shows the file's value again. */
  private reset(): void {
    clearTimeout(this.rest);
    this.told = this.value;
    this.input.value = this.value === undefined ? '' : String(this.value);
    this.problem = undefined;
  }

  private typed(): void {
    this.check();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.commit(), REST);
  }

  private check() {
    const { value, validity } = this.input;
    const reading = readNumber(validity.badInput ? 'none' : value, this.whole, this.range);
    const clear = value === '' && !validity.badInput && this.placeholder !== '';
    this.problem = 'problem' in reading && !clear ? reading.problem : undefined;
    return clear ? { value: undefined } : reading;
  }

  private commit(): void {
    clearTimeout(this.rest);
    const reading = this.check();
    if ('problem' in reading || reading.value === this.told) return;
    this.told = reading.value;
    this.fire('number', { value: reading.value });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.reset();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-number-box': NumberBox;
  }
}
