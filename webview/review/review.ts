import { html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted, grouped, percent, spoken } from '../../src/base/words';
import type { Learning } from '../../src/protocol/engine/evaluation';
import {
  type HostToReview,
  type ReviewQueue,
  reviewSpecSchema,
  type ReviewToHost,
  Verdict,
  type Verdicts,
} from '../../src/protocol/pages/review';
import { countSchema } from '../../src/protocol/pages/number';
import { PageElement } from '../base/pageElement';
import './filmstrip';
import type { Filmstrip } from './filmstrip';
import { actionFor, type KeyAction } from './keys';
import { PicturePages } from './picturePages';
import { nextOpen, tally } from './progress';
import './suspect';
import { verdictWords } from './verdict';

/** What the host opens again, and where the user was. */
const savedSchema = z.object({ spec: reviewSpecSchema, at: countSchema });
type Saved = z.infer<typeof savedSchema>;

/** What the probabilities are worth, in short and at length. */
const LEARNING: Record<Learning, readonly [short: string, long: string] | undefined> = {
  learned: [
    'The model has learned from these very samples: fewer wrong labels show than there are.',
    'It sides with the labels that it was given. Confident learning asks for the probabilities of a model that has not seen the samples: one that was trained on other data, or review the part of these that the training held out.',
  ],
  unseen: undefined,
  unnamed: [
    'The card of the model does not name this dataset.',
    'If the model has learned from these samples all the same, it sides with their labels, and fewer wrong ones show than there are.',
  ],
};

/** Suspicious labels, one after the other: shows what the host tells, and passes decisions on. */
export default class Review extends PageElement<ReviewToHost, HostToReview, Saved> {
  @state() private queue: ReviewQueue | undefined;
  @state() private verdicts: Verdicts | undefined;
  @state() private at = 0;
  @state() private working: { message: string; share?: number | undefined } | undefined;
  @state() private stale: string | undefined;
  /** What was done last, for screen readers. */
  @state() private said = '';
  /** Grows when pictures come. */
  @state() private arrived = 0;
  @query('scrawl-filmstrip') private readonly filmstrip: Filmstrip | undefined;

  pages: PicturePages | undefined;
  protected override readonly savedSchema = savedSchema;

  protected override begin(saved: Saved | undefined): { type: 'ready' } {
    this.at = saved?.at ?? 0;
    return { type: 'ready' };
  }

  override render() {
    const { queue, verdicts, failure, stale } = this;
    const alert = this.alert();
    if (!queue || !verdicts) return html`${alert}${failure === undefined ? this.waiting() : nothing}`;
    const some = queue.places.length > 0;
    return html`<header>
        ${this.head(queue)} ${alert} ${stale === undefined ? nothing : this.staleNotice(stale)}
        ${some ? this.progress(queue, verdicts) : nothing}
      </header>
      ${some ? this.review(queue, verdicts) : this.nothingFound(queue)}
      <div class="hidden" role="status" aria-live="polite">
        ${some ? this.announcement(queue, verdicts) : nothing}
      </div>`;
  }

  private waiting() {
    const { working } = this;
    return html`<div class="nothing" role="status">
      <p>${working ? `Looking for suspicious labels… ${working.message}` : 'Reading the labels…'}</p>
      ${working?.share === undefined ? nothing : html`<progress max="1" .value=${working.share}></progress>`}
    </div>`;
  }

  private head({ model, dataset, spec, learning, leftOut, total, places }: ReviewQueue) {
    const note = LEARNING[learning];
    const about = [
      `${spec.split === 'all' ? 'All samples' : `Split ${spec.split}`}, judged by ${model}`,
      ...(leftOut > 0 ? [`which has no class for ${counted(leftOut, 'sample')}`] : []),
      ...(total > places.length
        ? [`the ${grouped(places.length)} most suspicious of ${grouped(total)} labels`]
        : []),
    ].join('; ');
    return html`<h1>Suspicious labels of ${dataset}</h1>
      <p class="about" title=${about}>${about}</p>
      ${
        note
          ? html`<details class="note ${learning}">
              <summary>${note[0]}</summary>
              <p>${note[1]}</p>
            </details>`
          : nothing
      }`;
  }

  private staleNotice(stale: string) {
    return html`<p class="note learned" role="status">
      ${stale} <button class="link" @click=${() => this.again()}>Judge Again</button>
    </p>`;
  }

  private nothingFound({ samples: count }: ReviewQueue) {
    return html`<p class="nothing">No label of ${counted(count, 'sample')} looks wrong to this model.</p>`;
  }

  private progress({ places }: ReviewQueue, { verdicts }: Verdicts) {
    const { open, kept, relabeled, excluded } = tally(verdicts);
    return html`<div class="progress">
      <progress
        max=${places.length}
        .value=${places.length - open}
        aria-label="Labels that are decided"
      ></progress>
      <span class="counts"
        ><span class="left"
          >${grouped(places.length - open)} of ${grouped(places.length)} done,
          ${open === 0 ? 'nothing is left: train or evaluate again to see what it brought' : `${grouped(open)} left`}</span
        ><span class="detail"
          >${grouped(kept)} kept, ${grouped(relabeled)} relabeled, ${grouped(excluded)} excluded</span
        ></span
      >
    </div>`;
  }

  private review(queue: ReviewQueue, verdicts: Verdicts) {
    const { at, pages, arrived } = this;
    return html`<scrawl-suspect
        .queue=${queue}
        .verdicts=${verdicts}
        .at=${at}
        .picture=${pages?.picture(at)}
      ></scrawl-suspect>
      <scrawl-filmstrip
        aria-label="Labels about this one"
        .queue=${queue}
        .verdicts=${verdicts}
        .pages=${pages}
        .current=${at}
        .arrived=${arrived}
        @go=${(event: CustomEvent<number>) => this.goTo(event.detail)}
      ></scrawl-filmstrip>
      ${this.actions(queue, verdicts)}`;
  }

  private actions({ classes, suggested }: ReviewQueue, { undo }: Verdicts) {
    const name = classes[suggested[this.at] ?? 0] ?? '';
    const none = this.stale !== undefined;
    return html`<div class="actions" role="toolbar" aria-label="What to do with the label">
      ${this.button({ type: 'keep' }, 'check', 'Keep', 'K', 'The given label is right (K or Enter)', none)}
      ${this.button({ type: 'relabel' }, 'tag', `Relabel as ${name}`, 'R', 'Take the suggested label (R)', none)}
      ${this.button({ type: 'pickClass' }, 'symbol-class', 'Other Class…', 'C', 'Relabel as another class (C)', none)}
      ${this.button({ type: 'exclude' }, 'eye-closed', 'Exclude', 'X', 'Exclude from training and evaluation (X or Delete)', none)}
      ${this.button({ type: 'undo' }, 'discard', 'Undo', 'Ctrl+Z', undo === undefined ? 'Nothing to undo' : `Undo: ${undo} (Ctrl+Z)`, none || undo === undefined)}
      ${this.button({ type: 'nextOpen' }, 'debug-step-over', 'Next Left', 'N', 'Go to the next label that is not decided (N)', false)}
      ${this.button({ type: 'makeDataset' }, 'database', 'Make Dataset…', 'D', 'A dataset of the samples that you reviewed, to train on (D)', none)}
    </div>`;
  }

  private button(
    action: KeyAction,
    icon: string,
    label: string,
    key: string,
    title: string,
    disabled: boolean,
  ) {
    // a click leaves the keyboard where it is, so that Enter keeps and does not click again
    return html`<button
      class="control"
      title=${title}
      ?disabled=${disabled}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.act(action)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span
      ><span class="control-text">${label}</span><kbd aria-hidden="true">${key}</kbd>
    </button>`;
  }

  private announcement(queue: ReviewQueue, { verdicts, labels }: Verdicts): string {
    const { at } = this;
    const name = (label: number | undefined) => queue.classes[label ?? 0] ?? '';
    const words = verdictWords((verdicts[at] ?? 0) as Verdict, name(labels[at]));
    const of = (label: number | undefined, share: number | undefined) =>
      `${spoken(name(label))}, ${percent(share ?? 0)}`;
    return [
      this.said,
      `${at + 1} of ${queue.places.length}: given ${of(queue.given[at], queue.probability[at])}`,
      `suggested ${of(queue.suggested[at], queue.suggestedProbability[at])}`,
      words,
    ]
      .filter((part) => part !== '')
      .join('; ');
  }

  // --- what the user does

  protected override keyAction(event: KeyboardEvent, target: Element | undefined): (() => void) | undefined {
    // what has the keyboard is pressed by Enter
    if (event.key === 'Enter' && target?.closest('button, summary')) return undefined;
    const action = actionFor(event);
    return action && this.queue?.places.length ? () => this.act(action) : undefined;
  }

  private act(action: KeyAction): void {
    const { at, verdicts, stale } = this;
    if (!verdicts) return;
    switch (action.type) {
      case 'move':
        this.goTo(at + action.by);
        return;
      case 'pages':
        this.goTo(at + action.by * (this.filmstrip?.room ?? 1));
        return;
      case 'nextOpen':
        this.goTo(nextOpen(verdicts.verdicts, at) ?? at);
        return;
    }
    if (stale !== undefined) return;
    this.notice = undefined;
    if (action.type === 'undo') this.tell({ type: 'undo' });
    else if (action.type === 'makeDataset') this.tell({ type: 'makeDataset' });
    else if (action.type === 'pickClass') this.tell({ type: 'pickClass', at });
    else this.decide(action.type, verdicts);
  }

  /** Goes on at once: who is quick decides on the next label before the host has answered for this one. */
  private decide(decision: 'keep' | 'relabel' | 'exclude', verdicts: Verdicts): void {
    const { at } = this;
    const verdict = { keep: Verdict.kept, relabel: Verdict.relabeled, exclude: Verdict.excluded }[decision];
    this.tell({ type: 'decide', at, decision });
    verdicts.verdicts[at] = verdict;
    this.goTo(nextOpen(verdicts.verdicts, at) ?? at);
    this.requestUpdate();
  }

  private goTo(at: number): void {
    const last = (this.queue?.places.length ?? 1) - 1;
    this.at = Math.max(0, Math.min(at, last));
    this.said = '';
    this.save();
  }

  private again(): void {
    this.queue = undefined;
    this.working = undefined;
    this.tell({ type: 'again' });
  }

  protected override toSave(): Saved | undefined {
    return this.queue && { spec: this.queue.spec, at: this.at };
  }

  // --- the host

  protected override receive(message: HostToReview): void {
    switch (message.type) {
      case 'working':
        this.working = message;
        return;
      case 'queue':
        this.showQueue(message);
        return;
      case 'verdicts':
        this.takeVerdicts(message);
        return;
      case 'pictures':
        this.pages?.put(message.page, message.pixels);
        this.arrived++;
        return;
      case 'stale':
        this.stale = message.message;
    }
  }

  private showQueue(queue: ReviewQueue): void {
    this.notice = undefined;
    this.stale = undefined;
    this.queue = queue;
    this.verdicts = undefined;
    this.pages = new PicturePages(queue.width, queue.height, (page) => this.tell({ type: 'pictures', page }));
    this.goTo(this.at);
  }

  private takeVerdicts(message: Verdicts): void {
    const { at } = this;
    this.verdicts = message;
    const { done } = message;
    if (!done) return;
    if (done.undone) this.goTo(done.at);
    // what was decided by key has gone on already
    else if (done.at === at && message.verdicts[at] !== Verdict.open)
      this.goTo(nextOpen(message.verdicts, at) ?? at);
    this.said = done.undone ? `Undone: ${done.name}` : done.name;
  }
}
