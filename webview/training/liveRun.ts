import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { duration, grouped } from '../../src/base/words';
import type { Progress, RunSummary } from '../../src/protocol/pages/training';
import { Part } from '../base/part';
import { buttonsOf } from './runList';
import { epochOf, phaseInWords } from './words';

/** A run that trains in this window: how far it is, how fast, and the buttons to end it. */
@customElement('scrawl-live-run')
export class LiveRun extends Part {
  @property({ attribute: false }) run!: RunSummary;
  @property({ attribute: false }) progress: Progress | undefined;

  override render() {
    const { run, progress } = this;
    const { done, total } = progress ?? run;
    return html`<section class="live" aria-label="Training of ${run.name}">
      <div class="title">
        <span class="name">${run.name}</span>
        <span class="epoch">epoch ${epochOf({ done, total }, run.epochs)} of ${run.epochs}</span>
      </div>
      <progress aria-label="Progress" max=${total || 1} value=${done}></progress>
      <div class="facts">${progress ? facts(progress) : 'starting'}</div>
      ${run.outlives ? html`<div class="facts">goes on when VS Code is closed</div>` : nothing}
      <div class="live-buttons">
        ${buttonsOf(run).map(
          ({ action, icon, label }) =>
            html`<button class="control" title=${label} @click=${() => this.fire('act', action)}>
              <span class="codicon codicon-${icon}" aria-hidden="true"></span>${label.split(' ')[0]}
            </button>`,
        )}
      </div>
    </section>`;
  }
}

function facts({ phase, samplesPerSecond, secondsLeft, backend }: Progress) {
  const speed = samplesPerSecond > 0 ? `${grouped(Math.round(samplesPerSecond))} samples/s` : nothing;
  const left = secondsLeft === undefined ? nothing : `${duration(secondsLeft)} left`;
  return html`${[phaseInWords(phase), speed, left, backend]
    .filter((fact) => fact !== nothing && fact !== '')
    .map((fact) => html`<span>${fact}</span>`)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-live-run': LiveRun;
  }
}
