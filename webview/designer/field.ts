import { html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DesignerField, FieldRange, Value } from '../../src/protocol/pages/designer';
import { Part } from '../base/part';
import { shownValue, writtenValue } from './fieldValue';
import './numberBox';
import type { Changed } from './numberBox';

/**
 * One parameter of a layer: its name, a box for its value, and what it does.
 *
 * @fires value with `value`, the new one; undefined for the usual one
 */
@customElement('scrawl-field')
export class FieldElement extends Part {
  @property({ attribute: false }) field!: DesignerField;
  @property({ attribute: false }) value: Value | undefined;
  /** Whether height and width have boxes of their own. */
  @state() private apart = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value')) this.apart = isUneven(this.value);
  }

  override render() {
    const { name, explanation } = this.field;
    return html`<div class="field-name">${name}</div>
      <div class="field-box">${this.box()}</div>
      <p class="caption" id=${this.explanationId}>${explanation}</p>`;
  }

  private box() {
    const { values } = this.field;
    switch (values.kind) {
      case 'number':
        return this.number(
          this.shown as number | undefined,
          this.field.name,
          values.range,
          values.whole,
          (value) => this.tell(value),
        );
      case 'size':
        return this.size(values.range);
      case 'choice':
        return this.choice(values.choices);
      case 'flag':
        return this.flag();
    }
  }

  private number(
    value: number | undefined,
    label: string,
    range: FieldRange,
    whole: boolean,
    then: (value: number | undefined) => void,
  ) {
    return html`<scrawl-number-box
      .value=${value}
      .range=${range}
      .whole=${whole}
      .label=${label}
      .placeholder=${this.field.usualInWords ?? ''}
      .describedBy=${this.explanationId}
      @number=${({ detail }: CustomEvent<Changed<number>>) => then(detail.value)}
    ></scrawl-number-box>`;
  }

  private size(range: FieldRange) {
    const { shown, apart } = this;
    const { name } = this.field;
    const [height, width] = Array.isArray(shown)
      ? shown
      : [shown, shown].map((each) => each as number | undefined);
    const link = html`<button
      class="tool"
      aria-pressed=${apart}
      aria-label="${name}: different height and width"
      title=${apart ? 'Height and width are set apart; click to make them one' : 'Set height and width apart'}
      @click=${() => this.link(height)}
    >
      <span class="codicon codicon-${apart ? 'unlock' : 'link'}" aria-hidden="true"></span>
    </button>`;
    if (!apart) {
      const same = (value: number | undefined) => this.tell(value);
      return html`${this.number(height, name, range, true, same)}${link}`;
    }
    const pair = (first: number | undefined, second: number | undefined) =>
      this.tell(first === undefined || second === undefined ? undefined : [first, second]);
    return html`${this.number(height, `${name}, height`, range, true, (value) => pair(value, width ?? value))}
      <span aria-hidden="true">x</span>
      ${this.number(width, `${name}, width`, range, true, (value) => pair(height ?? value, value))}${link}`;
  }

  private link(height: number | undefined): void {
    this.apart = !this.apart;
    if (!this.apart && isUneven(this.value)) this.tell(height);
  }

  private choice(choices: readonly string[]) {
    const { shown } = this;
    // the browser's own: it goes to a choice by its first letter
    return html`<select
      class="control"
      aria-label=${this.field.name}
      aria-describedby=${this.explanationId}
      @change=${(event: Event) => this.tell((event.target as HTMLSelectElement).value)}
    >
      ${choices.map((each) => html`<option value=${each} .selected=${each === shown}>${each}</option>`)}
    </select>`;
  }

  private flag() {
    return html`<input
      type="checkbox"
      aria-label=${this.field.name}
      aria-describedby=${this.explanationId}
      .checked=${this.shown === true}
      @change=${(event: Event) => this.tell((event.target as HTMLInputElement).checked)}
    />`;
  }

  private get shown(): Value | undefined {
    return shownValue(this.field, this.value);
  }

  private get explanationId(): string {
    return `explains-${this.field.parameter}`;
  }

  private tell(value: Value | undefined): void {
    const even = Array.isArray(value) && value[0] === value[1] ? value[0] : value;
    const written = even === undefined ? undefined : writtenValue(this.field, even);
    this.fire('value', { value: written });
  }
}

const isUneven = (value: Value | undefined) => Array.isArray(value) && value[0] !== value[1];

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-field': FieldElement;
  }
}
