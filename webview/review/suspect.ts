import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Grey } from '../../src/protocol/importPreview';
import { type ReviewQueue, Verdict, type Verdicts } from '../../src/protocol/review';
import { grouped, percent } from '../words';
import '../greyPicture';
import { verdictIcon, verdictWords } from './verdict';

/** One suspicious label: its sample large, and what speaks for and against the label. */
@customElement('scrawl-suspect')
export class Suspect extends LitElement {
  @property({ attribute: false }) queue!: ReviewQueue;
  @property({ attribute: false }) verdicts!: Verdicts;
  @property({ attribute: false }) picture: Grey | undefined;
  @property({ type: Number }) at = 0;

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { queue, at, verdicts } = this;
    const verdict = (verdicts.verdicts[at] ?? 0) as Verdict;
    const name = (label: number | undefined) => queue.classes[label ?? 0] ?? '';
    const words = verdictWords(verdict, name(verdicts.labels[at]));
    const { split } = queue.spec;
    return html`<div class="picture verdict-${verdict}">
        <scrawl-grey-picture ink .picture=${this.picture}></scrawl-grey-picture>
      </div>
      <div class="about-label">
        <div class="labels">
          ${label('Given', name(queue.given[at]), queue.probability[at] ?? 0)}
          <span class="codicon codicon-arrow-right" aria-hidden="true"></span>
          ${label('Suggested', name(queue.suggested[at]), queue.suggestedProbability[at] ?? 0)}
        </div>
        <p class="margin" title="Probability of the given label less that of the most likely other one">
          Margin ${signed(queue.margin[at] ?? 0)}
        </p>
        <p class="where">Sample ${grouped(queue.places[at] ?? 0)}${split === 'all' ? '' : ` of ${split}`}</p>
        <p class="verdict ${verdict === Verdict.open ? 'open' : ''}">
          ${verdictIcon(verdict)} ${words ? capitalised(words) : 'Not decided yet'}
        </p>
      </div>`;
  }
}

function label(role: string, name: string, probability: number) {
  return html`<div class="label">
    <span class="role">${role}</span>
    <span class="name">${name}</span>
    <span class="probability">${percent(probability)}</span>
    <progress max="1" .value=${probability} aria-hidden="true"></progress>
  </div>`;
}

function signed(margin: number): string {
  return `${margin < 0 ? '−' : ''}${Math.abs(margin).toFixed(3)}`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-suspect': Suspect;
  }
}
