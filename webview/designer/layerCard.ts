import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { counted } from '../../src/base/words';
import type { LayerKind, ShownLayer, Value } from '../../src/protocol/pages/designer';
import { Part } from '../base/part';
import './field';
import type { Changed } from './numberBox';
import { shapeInWords } from './words';

/** What a card's buttons do with its layer. */
export type CardAction = 'up' | 'down' | 'duplicate' | 'remove';

/** A parameter and its new value; undefined for the usual one. */
export interface ParameterChange {
  readonly parameter: string;
  readonly value: Value | undefined;
}

const BUTTONS: readonly [CardAction, icon: string, label: string, keys: string][] = [
  ['up', 'arrow-up', 'Move up', 'Alt+Up'],
  ['down', 'arrow-down', 'Move down', 'Alt+Down'],
  ['duplicate', 'copy', 'Duplicate', 'Shift+Alt+Down'],
  ['remove', 'trash', 'Remove', 'Delete'],
];

/**
 * A layer: what it is, what it gives, and why it cannot work; the chosen one with its form.
 *
 * @fires choose when it is pressed
 * @fires grab with the PointerEvent of a press that may become a drag
 * @fires act with a CardAction
 * @fires set with a ParameterChange
 */
@customElement('scrawl-layer')
export class LayerCard extends Part {
  @property({ attribute: false }) layer!: ShownLayer;
  @property({ attribute: false }) kind: LayerKind | undefined;
  @property({ type: Number }) place = 0;
  @property({ type: Number }) count = 0;
  @property({ type: Boolean }) chosen = false;
  /** Whether the Tab key comes to it. */
  @property({ type: Boolean }) reachable = false;
  @property() problem: string | undefined;
  /** Changes that the file refused: each makes the form anew. */
  @property({ type: Number }) refusals = 0;

  /** Puts the keyboard on the layer, or on the first box of its form. */
  focusOn(where: 'head' | 'form'): void {
    const box = this.querySelector<HTMLElement>('scrawl-field :is(input, select)');
    if (where === 'form' && box) {
      box.focus();
      if (box instanceof HTMLInputElement && box.type === 'number') box.select();
    } else {
      this.querySelector<HTMLElement>('.head')?.focus();
    }
    this.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const { problem, chosen } = this;
    return html`<div
      class="card ${chosen ? 'chosen' : ''} ${problem === undefined ? '' : 'wrong'} ${this.layer.output || problem !== undefined ? '' : 'unknown'}"
    >
      ${this.head()} ${problem === undefined ? nothing : html`<p class="failure problem">${problem}</p>`}
      ${chosen ? keyed(`${this.layer.type} ${this.refusals}`, this.form()) : nothing}
    </div>`;
  }

  private head() {
    const { layer, kind, place, count, chosen } = this;
    const { output, weights = 0 } = layer;
    return html`<div class="head-row" @pointerdown=${(event: PointerEvent) => this.grab(event)}>
      <span class="grip codicon codicon-gripper" aria-hidden="true"></span>
      <button
        class="head"
        tabindex=${this.reachable ? 0 : -1}
        aria-expanded=${chosen}
        aria-label="Layer ${place + 1} of ${count}: ${this.spoken()}"
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete Enter"
        @click=${() => this.fire('choose')}
      >
        <span class="number" data-number=${place + 1} aria-hidden="true"></span>
        <span class="what"
          ><span class="name">${kind?.name ?? layer.type}</span>
          <span class="caption">${layer.summary}</span></span
        >
        <span class="gives"
          >${output ? html`<span class="shape">${shapeInWords(output)}</span>` : '?'}
          <span class="caption">${output && weights > 0 ? counted(weights, 'weight') : nothing}</span></span
        >
      </button>
    </div>`;
  }

  private spoken(): string {
    const { layer, kind, problem } = this;
    const { output, weights = 0, summary } = layer;
    const words = [kind?.name ?? layer.type, summary].filter((each) => each !== '').join(', ');
    if (problem !== undefined) return `${words}. Cannot work. ${problem}`;
    return output ? `${words}: ${shapeInWords(output)}, ${counted(weights, 'weight')}` : words;
  }

  private form() {
    const { layer, kind } = this;
    const fields = kind?.fields ?? [];
    return html`<div class="form" role="group" aria-label="Parameters">
      ${kind ? html`<p class="caption explanation">${kind.explanation}</p>` : nothing}
      ${fields.map(
        (field) =>
          html`<scrawl-field
            .field=${field}
            .value=${layer.parameters[field.parameter]}
            @value=${({ detail }: CustomEvent<Changed<Value>>) =>
              this.fire('set', { parameter: field.parameter, value: detail.value } satisfies ParameterChange)}
          ></scrawl-field>`,
      )}
      <div class="card-actions">${BUTTONS.map((button) => this.button(...button))}</div>
    </div>`;
  }

  private button(action: CardAction, icon: string, label: string, keys: string) {
    const useless =
      (action === 'up' && this.place === 0) || (action === 'down' && this.place === this.count - 1);
    return html`<button
      class="tool"
      aria-label=${label}
      title="${label} (${keys})"
      ?disabled=${useless}
      @click=${() => this.fire('act', action)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  /** With a finger only the grip drags: elsewhere it scrolls. */
  private grab(event: PointerEvent): void {
    const onGrip = event.target instanceof Element && event.target.closest('.grip') !== null;
    if (event.pointerType !== 'touch' || onGrip) this.fire('grab', event);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-layer': LayerCard;
  }
}
