import { html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { ALPHABET_LABELS, CHARACTER_ALPHABETS, CUSTOM } from '../../src/base/alphabet';
import { counted, grouped, percent } from '../../src/base/words';
import {
  type ChosenSamples,
  chosenSamplesSchema,
  type EvaluationAction,
  type EvaluationToHost,
  type HostToEvaluation,
  type Judging,
  ORDERS,
  type ShownEvaluation,
} from '../../src/protocol/pages/evaluation';
import type { GalleryToHost, HostToGallery } from '../../src/protocol/pages/gallery';
import { PageElement } from '../base/pageElement';
import '../judged/judgedSamples';
import type { JudgedSamples } from '../judged/judgedSamples';
import '../judged/writerTable';
import type { WriterMeasure } from '../judged/writerTable';
import './classTable';
import './comparison';
import './heatMap';
import { type HeatOptions, USUAL_HEAT } from './heatValues';
import './pairs';
import { reliability } from './reliability';

const savedSchema = z.object({
  heat: z.object({
    order: z.enum(ORDERS),
    values: z.enum(['shares', 'counts']),
    scale: z.enum(['log', 'linear']),
    hideRight: z.boolean(),
  }),
  top: z.number(),
  chosen: z.optional(chosenSamplesSchema),
});
type Saved = z.infer<typeof savedSchema>;

/** What is listed until something is chosen. */
const WRONG: ChosenSamples = { kind: 'wrong' };

const ACCURACY: WriterMeasure = {
  label: 'Acc.',
  title: 'Accuracy: the share that is right',
  lessIsBetter: false,
  counts: 'Samples',
};

/** How good a model is and where it fails: shows what the host tells, and passes intents on. */
export default class Evaluation extends PageElement<EvaluationToHost, HostToEvaluation, Saved> {
  @state() private shown: ShownEvaluation | undefined;
  @state() private nothing = false;
  @state() private heat: HeatOptions = USUAL_HEAT;
  /** The samples that the page lists. */
  @state() private chosen: ChosenSamples = WRONG;
  @state() private listedTitle = 'Samples';
  @query('scrawl-judged-samples') private readonly samples: JudgedSamples | undefined;

  protected override readonly savedSchema = savedSchema;
  /** The options that were asked for last, until an evaluation by them is shown. */
  private asked: Judging | undefined;
  /** How far the page was scrolled before it was hidden. */
  private top: number | undefined;

  protected override begin(saved: Saved | undefined): { type: 'ready' } {
    if (saved) ({ heat: this.heat, top: this.top, chosen: this.chosen = WRONG } = saved);
    window.addEventListener('scroll', () => this.saveSoon());
    return { type: 'ready' };
  }

  override render() {
    const { shown, failure } = this;
    const alert = this.alert();
    if (shown) return html`${alert}${this.evaluation(shown)}`;
    if (this.nothing || failure !== undefined) return html`${alert}${this.welcome()}`;
    return html`<p class="nothing" role="status">Reading the evaluation…</p>`;
  }

  private welcome() {
    return html`<div class="nothing">
      <p>How good is a model, where does it fail, and what can you do about it?</p>
      <button class="primary" @click=${() => this.act('evaluate')}>Evaluate Model…</button>
    </div>`;
  }

  private evaluation(shown: ShownEvaluation) {
    const { comparison, incomparable } = shown;
    return html`${this.head(shown)}
      <div class="parts">
        <section class="figures" aria-label="Figures">${this.figures(shown)}</section>
        ${shown.lists && shown.samples > 0 ? this.listed() : nothing}
        ${
          comparison
            ? html`<section class="comparison">
                <h2>Compared with ${comparison.model}</h2>
                <scrawl-comparison
                  .shown=${shown}
                  .comparison=${comparison}
                  @open=${this.onOpen}
                  @close=${() => this.act('endComparison')}
                ></scrawl-comparison>
              </section>`
            : nothing
        }
        ${
          incomparable === undefined
            ? nothing
            : html`<section class="comparison">
                <h2>Comparison</h2>
                <p role="status">${incomparable}</p>
                <button class="link" @click=${() => this.act('endComparison')}>End the comparison</button>
              </section>`
        }
        ${shown.samples === 0 ? this.nothingJudged() : this.confusions(shown)}
      </div>
      <footer>
        Measured on ${shown.backend} at ${grouped(Math.round(shown.samplesPerSecond))} samples a second,
        ${new Date(shown.created).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}.
      </footer>
      <div class="hidden" role="status" aria-live="polite">
        ${percent(shown.accuracy)} of ${counted(shown.samples, 'sample')} right
      </div>`;
  }

  private head(shown: ShownEvaluation) {
    const { model, dataset, split, judging, stale } = shown;
    return html`<header>
      <h1>${model}</h1>
      <p class="about">on ${dataset}, ${split === 'all' ? 'all samples' : split}</p>
      ${
        stale === undefined
          ? nothing
          : html`<p class="stale" role="status">
              <span class="codicon codicon-warning" aria-hidden="true"></span> ${stale}
              <button class="link" @click=${() => this.act('evaluateAgain')}>Evaluate Again</button>
            </p>`
      }
      ${this.accuracy(shown)}
      <div class="options">
        ${this.alphabets(judging)}
        <label class="check" title="Letters whatever their case, and 0 with O, count as one class">
          <input
            type="checkbox"
            .checked=${judging.merged}
            @change=${(event: Event) => this.judge({ merged: (event.target as HTMLInputElement).checked })}
          />Case and 0/O merged
        </label>
      </div>
      <div class="buttons">
        ${this.button('useModel', 'edit', 'Use on Pad')} ${this.button('compare', 'diff', 'Compare…')}
        ${this.button('export', 'export', 'Export Report…')}
        ${this.button('openProjector', 'graph-scatter', 'Projector')}
      </div>
    </header>`;
  }

  /** The first thing to be read, however little room there is. */
  private accuracy({ accuracy, interval, samples }: ShownEvaluation) {
    return html`<div class="accuracy">
      <span class="value">${percent(accuracy)}</span>
      <span class="detail"
        >of ${counted(samples, 'sample')} right<br />95% interval ${percent(interval.low)} to
        ${percent(interval.high)}</span
      >
    </div>`;
  }

  private alphabets(judging: Judging) {
    const named = (CHARACTER_ALPHABETS as readonly string[]).includes(judging.alphabet);
    return html`<select
      aria-label="What the model may answer"
      title="What the model may answer"
      @change=${(event: Event) => this.chooseAlphabet(event.target as HTMLSelectElement, judging)}
    >
      ${CHARACTER_ALPHABETS.map(
        (name) =>
          html`<option value=${name} ?selected=${name === judging.alphabet}>
            ${name === 'all' ? 'All characters' : ALPHABET_LABELS[name]}
          </option>`,
      )}
      ${named ? nothing : html`<option value=${judging.alphabet} selected>${judging.alphabet}</option>`}
      <option value=${CUSTOM}>These characters…</option>
    </select>`;
  }

  private button(action: EvaluationAction, icon: string, label: string) {
    return html`<button class="control" @click=${() => this.act(action)}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>${label}
    </button>`;
  }

  private figures(shown: ShownEvaluation) {
    const { top3, loss, macro, weighted, calibration, leftOut } = shown;
    const scores = ({ precision, recall }: typeof macro) =>
      `precision ${percent(precision)}, recall ${percent(recall)}`;
    return html`<dl>
        ${figure('Top-3', percent(top3), 'The truth is among the three likeliest')}
        ${figure('Loss', loss.toFixed(4), 'Cross-entropy, nats')}
        ${figure('Macro F1', percent(macro.f1), scores(macro), 'Every class counts alike')}
        ${figure('Weighted F1', percent(weighted.f1), scores(weighted), 'Every sample counts alike')}
        ${figure('Calibration error', percent(calibration.error), 'Expected, 15 bins')}
        ${
          leftOut > 0
            ? figure(
                'Left out',
                grouped(leftOut),
                'Samples of classes that the model or the alphabet does not have',
              )
            : nothing
        }
      </dl>
      ${
        shown.samples === 0 || shown.lists
          ? nothing
          : html`<button class="link" @click=${() => this.open(WRONG)}>Show misclassified samples</button>`
      }`;
  }

  private listed() {
    const { chosen } = this;
    return html`<section class="samples" aria-label="Samples">
      <div class="samples-head">
        <h2>${this.listedTitle}</h2>
        ${
          chosen.kind === 'wrong'
            ? nothing
            : html`<button
                class="icon"
                title="All misclassified samples"
                aria-label="All misclassified samples"
                @click=${() => this.list(WRONG)}
              >
                <span class="codicon codicon-close" aria-hidden="true"></span>
              </button>`
        }
        <span class="space"></span>
        <button class="link" title="More room, in an editor tab" @click=${() => this.openInGallery(chosen)}>
          Open in Gallery
        </button>
      </div>
      <scrawl-judged-samples
        inset
        .tell=${this.ask}
        .notice=${this.notice}
        .empty=${chosen.kind === 'wrong' ? 'Nothing is misclassified.' : 'No sample is among these.'}
        @heed=${() => (this.notice = undefined)}
      ></scrawl-judged-samples>
    </section>`;
  }

  private nothingJudged() {
    return html`<p class="nothing">
      No sample is of a class that the model can give: choose another alphabet.
    </p>`;
  }

  private confusions(shown: ShownEvaluation) {
    return html`<section class="confused">
        <h2>Most confused pairs</h2>
        <scrawl-pairs .shown=${shown} @open=${this.onOpen}></scrawl-pairs>
      </section>
      <section class="matrix">
        <h2>Confusion matrix</h2>
        <scrawl-heat-map
          .shown=${shown}
          .options=${this.heat}
          @open=${this.onOpen}
          @options=${(event: CustomEvent<HeatOptions>) => this.takeHeat(event.detail)}
        ></scrawl-heat-map>
      </section>
      <section class="classes">
        <h2>Classes</h2>
        <scrawl-class-table .shown=${shown} @open=${this.onOpen}></scrawl-class-table>
      </section>
      ${
        shown.writers.length === 0
          ? nothing
          : html`<section class="writers" aria-label="Writers">
              <h2>Writers</h2>
              <scrawl-writer-table
                .writers=${shown.writers}
                .measure=${ACCURACY}
                @choose=${({ detail }: CustomEvent<string>) => this.open({ kind: 'writer', name: detail })}
              ></scrawl-writer-table>
            </section>`
      }
      <section class="calibration">
        <h2>Calibration</h2>
        ${reliability(shown.calibration)}
        <p class="hint">
          Bars at the dashed line: probabilities can be taken at their word. Below it the model is too sure.
        </p>
      </section>`;
  }

  // --- what the user does

  private readonly onOpen = (event: CustomEvent<ChosenSamples>): void => this.open(event.detail);

  private readonly ask = (message: GalleryToHost): void => this.tell({ type: 'samples', message });

  private open(chosen: ChosenSamples): void {
    if (this.shown?.lists) this.list(chosen);
    else this.openInGallery(chosen);
  }

  /** Lists samples on the page, and shows where. */
  private list(chosen: ChosenSamples): void {
    this.notice = undefined;
    this.chosen = chosen;
    this.tell({ type: 'list', samples: chosen });
    this.saveSoon();
    this.querySelector('.samples')?.scrollIntoView({ block: 'nearest' });
  }

  private openInGallery(chosen: ChosenSamples): void {
    this.notice = undefined;
    this.tell({ type: 'open', samples: chosen });
  }

  private act(action: EvaluationAction): void {
    this.notice = undefined;
    this.tell({ type: 'act', action });
  }

  private judge(change: Partial<Judging>): void {
    const judging = this.asked ?? this.shown?.judging;
    if (!judging) return;
    this.asked = { ...judging, ...change };
    this.tell({ type: 'judge', judging: this.asked });
  }

  private chooseAlphabet(select: HTMLSelectElement, judging: Judging): void {
    if (select.value !== CUSTOM) {
      this.judge({ alphabet: select.value });
      return;
    }
    // what is chosen shows once the user has typed it
    select.value = judging.alphabet;
    this.act('customAlphabet');
  }

  private takeHeat(heat: HeatOptions): void {
    this.heat = heat;
    this.save();
  }

  protected override toSave(): Saved {
    return { heat: this.heat, top: window.scrollY, chosen: this.chosen };
  }

  // --- the host

  protected override receive(message: HostToEvaluation): void {
    switch (message.type) {
      case 'failed':
        this.asked = undefined;
        return;
      case 'samples':
        this.takeSamples(message.message);
        return;
      case 'nothing':
        this.notice = this.shown = undefined;
        this.nothing = true;
        return;
      case 'evaluation':
        this.show(message);
    }
  }

  private show(evaluation: ShownEvaluation): void {
    const { shown, top } = this;
    this.nothing = false;
    this.shown = evaluation;
    // what was done stays to be read, what went wrong is over
    if (this.failure !== undefined) this.notice = undefined;
    const isAnother = !shown || identity(shown) !== identity(evaluation);
    const { alphabet, merged } = evaluation.judging;
    if (isAnother || (this.asked?.alphabet === alphabet && this.asked.merged === merged))
      this.asked = undefined;
    // what was chosen of one evaluation is chosen of that alone
    if (isAnother && shown) this.chosen = WRONG;
    if (evaluation.lists && (isAnother || !shown.lists)) this.tell({ type: 'list', samples: this.chosen });
    this.top = undefined;
    // the picture of the matrix takes its room a moment after the page
    if (top !== undefined) void this.updateComplete.then(() => requestAnimationFrame(() => scrollTo(0, top)));
  }

  private takeSamples(message: HostToGallery): void {
    if (message.type === 'about') this.listedTitle = message.title;
    if (message.type === 'done') this.say(message.message);
    else this.samples?.take(message);
  }

  // --- the keyboard

  protected override keyAction(event: KeyboardEvent, target: Element | undefined): (() => void) | undefined {
    return target?.closest('scrawl-judged-samples') ? this.samples?.keyAction(event, target) : undefined;
  }
}

/** What tells evaluations apart: those of other models, data or times. */
function identity({ model, dataset, split, created, comparison }: ShownEvaluation): string {
  return JSON.stringify([model, dataset, split, created, comparison?.model]);
}

function figure(name: string, value: string, ...details: string[]) {
  return html`<div title=${details.join('; ')}>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}
