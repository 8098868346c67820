import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { accuracyPercent, counted, duration } from '../../src/base/words';
import type { RunAction, RunSummary } from '../../src/protocol/pages/training';
import { Part } from '../base/part';

const NEXT: readonly { action: RunAction; icon: string; label: string; title: string }[] = [
  {
    action: 'evaluate',
    icon: 'beaker',
    label: 'Evaluate…',
    title: 'Measure it on a split, and see what it gets wrong',
  },
  { action: 'useModel', icon: 'edit', label: 'Use on Pad', title: 'Read what you write with it' },
  {
    action: 'compare',
    icon: 'diff',
    label: 'Compare…',
    title: 'Set another model against it, on the same samples',
  },
];

/**
 * What came of the newest run, and what one does with it.
 *
 * @fires act with the action of a button
 */
@customElement('scrawl-finished-run')
export class FinishedRun extends Part {
  @property({ attribute: false }) run!: RunSummary;

  override render() {
    const { name, accuracy, done, total, epochs, seconds, state } = this.run;
    const passed = total > 0 ? Math.round((epochs * done) / total) : epochs;
    const facts = [
      state === 'stopped' ? 'stopped' : 'trained',
      counted(passed, 'epoch'),
      ...(seconds > 0 ? [duration(seconds)] : []),
    ];
    return html`<section class="finished" aria-label="Result of ${name}">
      <div class="title"><span class="name">${name}</span></div>
      <div class="result">
        <span class="value">${accuracy === undefined ? '–' : accuracyPercent(accuracy)}</span>
        <span class="facts">right in its best epoch<br />${facts.join(' · ')}</span>
      </div>
      <div class="live-buttons">
        ${NEXT.map(
          ({ action, icon, label, title }) =>
            html`<button class="control" title=${title} @click=${() => this.fire('act', action)}>
              <span class="codicon codicon-${icon}" aria-hidden="true"></span>${label}
            </button>`,
        )}
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-finished-run': FinishedRun;
  }
}
