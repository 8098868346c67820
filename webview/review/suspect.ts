import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { grouped, percent } from '../../src/base/words';
import type { Gray } from '../../src/protocol/pages/importPreview';
import { type ReviewQueue, Verdict, type Verdicts } from '../../src/protocol/pages/review';
import { Part } from '../base/part';
import '../base/grayPicture';
import { verdictIcon, verdictWords } from './verdict';

/** One suspicious label: its sample large, and what speaks for and against the label. */
@customElement('scrawl-suspect')
export class Suspect extends Part {
  @property({ attribute: false }) queue!: ReviewQueue;
  @property({ attribute: false }) verdicts!: Verdicts;
  @property({ attribute: false }) picture: Gray | undefined;
  @property({ type: Number }) at = 0;

  override render() {
    const { queue, at, verdicts } = this;
    const verdict = (verdicts.verdicts[at] ?? 0) as Verdict;
    const name = (label: number | undefined) => queue.classes[label ?? 0] ?? '';
    const words = verdictWords(verdict, name(verdicts.labels[at]));
    const { split } = queue.spec;
    return html`<div class="picture verdict-${verdict}">
        <scrawl-gray-picture ink .picture=${this.picture}></scrawl-gray-picture>
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
          ${verdictIcon(verdict)} ${words ? capitalized(words) : 'Not decided yet'}
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

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-suspect': Suspect;
  }
}
