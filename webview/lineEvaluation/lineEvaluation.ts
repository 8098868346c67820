import { html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted, grouped, percent } from '../../src/base/words';
import {
  type Aligned,
  BLANKS,
  type HostToLineEvaluation,
  LINE_PAGE,
  type LineEvaluationToHost,
  type LineFilter,
  type LineList,
  type LineView,
  lineViewSchema,
  type ShownLine,
  type ShownLineEvaluation,
} from '../../src/protocol/pages/lineEvaluation';
import { countSchema } from '../../src/protocol/pages/number';
import { heard } from '../base/heard';
import { PageElement } from '../base/pageElement';
import '../judged/writerTable';
import type { WriterMeasure } from '../judged/writerTable';
import './comparison';
import './confusionTable';
import './lineList';
import type { LineAction, LineList as ListPart } from './lineList';
import { scoresTable } from './scores';
import { characterShown, errorInWords } from './words';

const savedSchema = z.object({
  /** What the host opens again. */
  remember: z.unknown(),
  view: lineViewSchema,
  page: countSchema,
});
type Saved = z.infer<typeof savedSchema>;

/** Pairs of characters that are listed beside the table. */
const MOST_PAIRS = 8;

const ERROR_RATE: WriterMeasure = {
  label: 'CER',
  title: 'Character error rate: characters changed, left out or added, of all',
  lessIsBetter: true,
  counts: 'Lines',
};

const FILTER_WORDS = { wrong: 'Read wrongly', all: 'All lines', changed: 'Corrected or excluded' };
/** Of two evaluations that are compared. */
const COMPARED_WORDS = { better: 'Read better', worse: 'Read worse' };

/** How well a model reads lines and where it fails: shows what the host tells, and passes intents on. */
export default class LineEvaluation extends PageElement<LineEvaluationToHost, HostToLineEvaluation, Saved> {
  @state() private shown: ShownLineEvaluation | undefined;
  @state() private list: LineList | undefined;
  @state() private lines: readonly ShownLine[] = [];
  @state() private working: Extract<HostToLineEvaluation, { type: 'working' }> | undefined;
  /** The page of the list that shows. */
  @state() private page = 0;
  /** Number on that page of the line that the keyboard goes to. */
  @state() private current = 0;
  @query('scrawl-line-list') private readonly listPart: ListPart | undefined;

  protected override readonly savedSchema = savedSchema;
  /** The keyboard goes to the current line once its page is there. */
  private focusing = false;

  protected override begin(saved: Saved | undefined): { type: 'ready'; view?: LineView } {
    if (!saved) return { type: 'ready' };
    this.page = saved.page;
    return { type: 'ready', view: saved.view };
  }

  override render() {
    const { shown, list, working, notice } = this;
    if (working) {
      return html`<p class="nothing" role="status">
        ${working.message} <progress max="1" value=${working.share ?? nothing}></progress>
      </p>`;
    }
    if (!shown || !list) {
      return html`<p class="nothing ${notice?.failed ? 'failure' : ''}" role="status">
        ${notice?.text ?? 'Reading the evaluation…'}
      </p>`;
    }
    return html`${this.alert()}${this.head(shown, list)}
      <div class="parts">
        <div class="summary">
          ${scoresTable(shown.scores)} ${this.compared(shown, list)}
          <section>
            <h2>Confused</h2>
            ${this.pairs(shown, list)}
            <scrawl-confusion-table
              .confusion=${shown.confusion}
              .chosen=${chosenOf(list.view.filter)}
              @choose=${(event: CustomEvent<Aligned | undefined>) => this.choose(event.detail)}
            ></scrawl-confusion-table>
          </section>
          ${this.writers(shown)}
        </div>
        <section class="worst">
          <h2>Lines</h2>
          ${this.bar(list, shown.comparison !== undefined)} ${this.listed(shown, list)}
        </section>
      </div>
      <footer>
        Read on ${shown.backend} at ${grouped(Math.round(shown.linesPerSecond))} lines a second,
        ${new Date(shown.created).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}.
      </footer>
      <div class="hidden" role="status" aria-live="polite">${this.status(list)}</div>`;
  }

  private head(shown: ShownLineEvaluation, { wrong }: LineList) {
    const { model, dataset, split, decoding, stale, scores, excluded } = shown;
    const { lines } = scores.ignored;
    return html`<header>
      <h1>${model}</h1>
      <p class="about">
        on ${dataset}, ${split === 'all' ? 'all lines' : split}, ${decoding}: ${counted(lines, 'line')},
        ${grouped(wrong)} read wrongly${excluded > 0 ? `, ${grouped(excluded)} excluded` : ''}
      </p>
      ${
        stale === undefined
          ? nothing
          : html`<p class="stale" role="status">
              <span class="codicon codicon-warning" aria-hidden="true"></span> ${stale}
              <button class="link" @click=${() => this.tell({ type: 'evaluateAgain' })}>
                Evaluate Again
              </button>
            </p>`
      }
      <div class="bar">
        <button class="control" @click=${() => this.ask('compare')}>
          <span class="codicon codicon-diff" aria-hidden="true"></span> Compare…
        </button>
        <button class="control" @click=${() => this.ask('export')}>
          <span class="codicon codicon-export" aria-hidden="true"></span> Export Report…
        </button>
      </div>
    </header>`;
  }

  private compared(shown: ShownLineEvaluation, { view }: LineList) {
    const { comparison, incomparable } = shown;
    if (comparison) {
      const { model, decoding } = comparison;
      return html`<section class="comparison">
        <h2>Compared with ${model}, ${decoding}</h2>
        <scrawl-line-comparison
          .shown=${shown}
          .comparison=${comparison}
          .filter=${view.filter}
          @show=${(event: CustomEvent<LineFilter>) => this.look({ filter: event.detail })}
          @close=${() => this.ask('endComparison')}
        ></scrawl-line-comparison>
      </section>`;
    }
    if (incomparable === undefined) return nothing;
    return html`<section class="comparison">
      <h2>Comparison</h2>
      <p role="status">${incomparable}</p>
      <button class="link" @click=${() => this.ask('endComparison')}>End the comparison</button>
    </section>`;
  }

  private pairs({ confusion }: ShownLineEvaluation, { view }: LineList) {
    const chosen = chosenOf(view.filter);
    return html`<ul class="pairs" aria-label="Most confused">
      ${confusion.slice(0, MOST_PAIRS).map((each) => {
        const isChosen =
          chosen?.truth === each.truth && chosen?.answer === each.answer && chosen !== undefined;
        const words = `${errorInWords(each)}: ${counted(each.count, 'time')}`;
        return html`<li>
          <button
            class="control"
            aria-pressed=${isChosen}
            title="${words}. Show the lines"
            @click=${() => this.choose(isChosen ? undefined : each)}
          >
            ${heard(words)}
            <span class="character" aria-hidden="true">${characterShown(each.truth)}</span>
            <span class="codicon codicon-arrow-right" aria-hidden="true"></span>
            <span class="character" aria-hidden="true">${characterShown(each.answer)}</span>
            <span class="count" aria-hidden="true">${grouped(each.count)}</span>
          </button>
        </li>`;
      })}
    </ul>`;
  }

  private writers({ writers }: ShownLineEvaluation) {
    if (writers.length === 0) return nothing;
    return html`<section aria-label="Writers">
      <h2>Writers</h2>
      <scrawl-writer-table
        .writers=${writers}
        .measure=${ERROR_RATE}
        @choose=${({ detail }: CustomEvent<string>) => this.look({ filter: { kind: 'writer', name: detail } })}
      ></scrawl-writer-table>
    </section>`;
  }

  private bar({ view, undo }: LineList, isCompared: boolean) {
    const kinds = Object.entries(isCompared ? { ...FILTER_WORDS, ...COMPARED_WORDS } : FILTER_WORDS);
    const { filter, blanks } = view;
    const chosen = narrowedTo(filter);
    return html`<div class="bar">
      ${
        chosen !== undefined
          ? html`<button
              class="control"
              title="Show other lines again"
              @click=${() => this.choose(undefined)}
            >
              ${chosen} <span class="codicon codicon-close" aria-hidden="true"></span>
            </button>`
          : html`<select
              class="control"
              aria-label="Which lines"
              @change=${(event: Event) =>
                this.look({ filter: { kind: (event.target as HTMLSelectElement).value as 'wrong' } })}
            >
              ${kinds.map(
                ([kind, words]) =>
                  html`<option value=${kind} ?selected=${kind === filter.kind}>${words}</option>`,
              )}
            </select>`
      }
      <select
        class="control"
        aria-label="Blanks"
        title="Whether blanks count as characters below"
        @change=${(event: Event) =>
          this.look({ blanks: (event.target as HTMLSelectElement).value as LineView['blanks'] })}
      >
        ${BLANKS.map(
          (each) => html`<option value=${each} ?selected=${each === blanks}>Blanks ${each}</option>`,
        )}
      </select>
      <button
        class="control"
        ?disabled=${undo === undefined}
        title=${undo ?? 'Nothing to undo'}
        @click=${() => this.undo()}
      >
        <span class="codicon codicon-discard" aria-hidden="true"></span> Undo
      </button>
    </div>`;
  }

  private listed({ hasInk }: ShownLineEvaluation, { total }: LineList) {
    if (total === 0) return html`<p class="hint">No line is among these.</p>`;
    const first = this.page * LINE_PAGE;
    return html`<scrawl-line-list
        .lines=${this.lines}
        .first=${first}
        .total=${total}
        .current=${this.current}
        .changeable=${hasInk}
        @move=${(event: CustomEvent<number>) => this.move(event.detail)}
        @act=${(event: CustomEvent<LineAction>) => this.act(event.detail)}
      ></scrawl-line-list>
      <nav class="pager" aria-label="Pages of lines">
        ${this.turn(-1, 'Previous lines', 'chevron-left', this.page === 0)}
        <span
          >${grouped(first + 1)} to ${grouped(Math.min(total, first + LINE_PAGE))} of ${grouped(total)}</span
        >
        ${this.turn(1, 'Next lines', 'chevron-right', this.page >= this.lastPage)}
      </nav>`;
  }

  private turn(by: number, words: string, icon: string, disabled: boolean) {
    return html`<button
      class="icon"
      aria-label=${words}
      title=${words}
      ?disabled=${disabled}
      @click=${() => this.turnTo(this.page + by, 0)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  private status({ total, wrong }: LineList): string {
    const { notice, shown } = this;
    if (notice && !notice.failed) return notice.text;
    const cer = shown?.scores.ignored.cer.value ?? 0;
    return `${percent(cer, 1)} of characters wrong; ${counted(wrong, 'line')} read wrongly, ${grouped(total)} listed`;
  }

  // --- what the user does

  private choose(each: Aligned | undefined): void {
    const { truth, answer } = each ?? {};
    const filter: LineFilter = each
      ? { kind: 'confusion', ...(truth !== undefined && { truth }), ...(answer !== undefined && { answer }) }
      : { kind: 'wrong' };
    this.look({ filter });
  }

  private look(part: Partial<LineView>): void {
    if (!this.list) return;
    this.notice = undefined;
    [this.page, this.current] = [0, 0];
    this.tell({ type: 'view', view: { ...this.list.view, ...part } });
  }

  /** Goes to a line of this page, or of the one before or behind it. */
  private move(to: number): void {
    if (to >= 0 && to < this.lines.length) this.current = to;
    else if (to < 0 && this.page > 0) this.turnTo(this.page - 1, to === -1 ? LINE_PAGE - 1 : 0);
    else if (to >= this.lines.length && this.page < this.lastPage) this.turnTo(this.page + 1, 0);
  }

  private turnTo(page: number, current: number): void {
    [this.page, this.current] = [page, current];
    this.focusing = true;
    this.askForPage();
    this.save();
  }

  private get lastPage(): number {
    return Math.max(0, Math.ceil((this.list?.total ?? 0) / LINE_PAGE) - 1);
  }

  private act(action: LineAction): void {
    const { list, page, current, lines } = this;
    const line = lines[current];
    if (!list || !line) return;
    this.notice = undefined;
    const at = { revision: list.revision, place: page * LINE_PAGE + current };
    if (action === 'exclude') this.tell({ type: 'exclude', ...at, excluded: !line.excluded });
    else this.tell({ type: action, ...at });
  }

  private ask(type: 'compare' | 'endComparison' | 'export'): void {
    this.notice = undefined;
    this.tell({ type });
  }

  private undo(): void {
    this.notice = undefined;
    this.tell({ type: 'undo' });
  }

  protected override keyAction({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): (() => void) | undefined {
    return key === 'z' && (ctrlKey || metaKey) && !shiftKey ? () => this.undo() : undefined;
  }

  // --- the host

  protected override receive(message: HostToLineEvaluation): void {
    switch (message.type) {
      case 'evaluation':
        this.shown = message;
        this.working = undefined;
        return;
      case 'list':
        this.list = message;
        this.page = Math.min(this.page, this.lastPage);
        this.askForPage();
        this.save();
        return;
      case 'page':
        this.takePage(message);
        return;
      case 'working':
        this.working = message;
        return;
      case 'failed':
        this.working = undefined;
        return;
      case 'done':
        return;
    }
  }

  private askForPage(): void {
    const { list, page } = this;
    if (!list) return;
    if (list.total === 0) this.lines = [];
    else this.tell({ type: 'page', revision: list.revision, page });
  }

  private takePage({ revision, page, lines }: Extract<HostToLineEvaluation, { type: 'page' }>): void {
    if (revision !== this.list?.revision || page !== this.page) return;
    this.lines = lines;
    this.current = Math.min(this.current, lines.length - 1);
    if (!this.focusing) return;
    this.focusing = false;
    void this.updateComplete.then(async () => {
      await this.listPart?.updateComplete;
      this.listPart?.focusCurrent();
    });
  }

  protected override toSave(): Saved | undefined {
    const { shown, list, page } = this;
    return shown && list && { remember: shown.remember, view: list.view, page };
  }
}

/** What the lines are narrowed down to beyond the usual choices, in words. */
function narrowedTo(filter: LineFilter): string | undefined {
  if (filter.kind === 'writer') return `Read wrongly of ${filter.name}`;
  const chosen = chosenOf(filter);
  return chosen && errorInWords(chosen);
}

function chosenOf(filter: LineFilter): Aligned | undefined {
  if (filter.kind !== 'confusion') return undefined;
  const { truth, answer } = filter;
  return { ...(truth !== undefined && { truth }), ...(answer !== undefined && { answer }) };
}
