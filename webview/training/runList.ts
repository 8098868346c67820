import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { accuracyPercent, duration } from '../../src/base/words';
import type { RunAction, RunSummary } from '../../src/protocol/pages/training';
import { Part } from '../base/part';
import type { RunStyle } from '../curves/lines';
import { swatch } from '../curves/swatch';
import { stateInWords } from './words';

/** What a run's curves are at the place that is read. */
export interface Reading {
  readonly training?: string | undefined;
  readonly validation?: string | undefined;
}

interface Button {
  readonly action: RunAction;
  readonly icon: string;
  readonly label: string;
}

const PAUSE: Button = { action: 'pause', icon: 'debug-pause', label: 'Pause' };
const STOP: Button = { action: 'stop', icon: 'debug-stop', label: 'Stop and Keep the Model' };
const CANCEL: Button = { action: 'cancel', icon: 'close', label: 'Cancel' };
const LEAVE: Button = { action: 'pause', icon: 'debug-pause', label: 'Do Not Wait' };
const EARLIER: Button = { action: 'earlier', icon: 'arrow-up', label: 'Train Earlier' };
const LATER: Button = { action: 'later', icon: 'arrow-down', label: 'Train Later' };
const RESUME: Button = { action: 'resume', icon: 'debug-start', label: 'Resume' };
const USE: Button = { action: 'useModel', icon: 'edit', label: 'Use on Pad' };
const REMOVE: Button = { action: 'remove', icon: 'trash', label: 'Remove' };

const ICONS: Record<RunSummary['state'], string> = {
  running: 'codicon-sync codicon-modifier-spin',
  waiting: 'codicon-watch',
  paused: 'codicon-debug-pause',
  interrupted: 'codicon-debug-disconnect',
  finished: 'codicon-pass',
  stopped: 'codicon-debug-stop',
  failed: 'codicon-error',
};

/** What can be done with a run as it stands. */
export function buttonsOf({ state, where, hasModel }: RunSummary): Button[] {
  if (where === 'here') return [PAUSE, STOP, CANCEL];
  if (where === 'elsewhere') return [];
  if (state === 'waiting') return [EARLIER, LATER, LEAVE, CANCEL];
  const resumable = ['paused', 'interrupted', 'failed'].includes(state);
  return [...(resumable ? [RESUME] : []), ...(hasModel ? [USE] : []), REMOVE];
}

/** Every run, to compare, to go on with and to remove; for those that are compared also the legend of the curves. */
@customElement('scrawl-run-list')
export class RunList extends Part {
  @property({ attribute: false }) runs: readonly RunSummary[] = [];
  /** Of the runs that are compared, by id. */
  @property({ attribute: false }) styles: ReadonlyMap<string, RunStyle> = new Map();
  @property({ attribute: false }) readings: ReadonlyMap<string, Reading> = new Map();
  /** Whether another run can be added to the comparison. */
  @property({ type: Boolean }) full = false;

  override render() {
    return html`<ul aria-label="Runs">
      ${this.runs.map((run) => this.row(run))}
    </ul>`;
  }

  private row(run: RunSummary) {
    const style = this.styles.get(run.id);
    const reading = this.readings.get(run.id);
    const about = [run.dataset, run.network].join(' · ');
    const facts = [
      stateInWords(run),
      ...(run.accuracy === undefined ? [] : [accuracyPercent(run.accuracy)]),
      ...(run.seconds > 0 ? [duration(run.seconds)] : []),
    ].join(' · ');
    return html`<li class="run" title=${`${run.name}: ${about}`}>
      <label>
        <input
          type="checkbox"
          .checked=${style !== undefined}
          ?disabled=${style === undefined && this.full}
          aria-label="Compare ${run.name}"
          @change=${(event: Event) => this.pick(run.id, (event.target as HTMLInputElement).checked)}
        />
        <span class="swatch">${style ? swatch(style) : nothing}</span>
        <span class="name">${run.name}</span>
      </label>
      <span class="buttons">
        ${run.where === 'here' ? nothing : buttonsOf(run).map((button) => this.button(run, button))}
      </span>
      <span class="facts"><span class="codicon ${ICONS[run.state]}" aria-hidden="true"></span> ${facts}</span>
      ${reading ? readingRow(reading) : nothing}
      ${run.message !== undefined && run.state === 'failed' ? html`<span class="failure">${run.message}</span>` : nothing}
    </li>`;
  }

  private button(run: RunSummary, { action, icon, label }: Button) {
    return html`<button
      class="icon"
      title=${label}
      aria-label="${label}: ${run.name}"
      @click=${() => this.fire('act', { run: run.id, action })}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  private pick(run: string, picked: boolean): void {
    this.fire('pick', { run, picked });
  }
}

function readingRow({ training, validation }: Reading) {
  return html`<span class="reading">
    ${training === undefined ? nothing : html`<span><span class="part">training</span> ${training}</span>`}
    ${validation === undefined ? nothing : html`<span><span class="part">validation</span> ${validation}</span>`}
  </span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-run-list': RunList;
  }
}
