import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted, grouped, percent, percentDone } from '../../src/base/words';
import { keyOf, type Place } from '../../src/protocol/pages/boardPlace';
import type {
  BoardColumn,
  BoardFigure,
  BoardModel,
  BoardWork,
  HostToLeaderboard,
  LeaderboardToHost,
} from '../../src/protocol/pages/leaderboard';
import { nextCell } from '../base/cellKeys';
import { takeKey } from '../base/keys';
import { PageElement } from '../base/pageElement';
import { sortArrow, sortOrder } from '../base/sorting';
import { soon } from '../base/soon';
import { bestOf, ranked } from './standing';

/** Milliseconds between two drawings while figures come. */
const DRAW_AFTER = 100;

const savedSchema = z.object({ filter: z.string(), sort: z.optional(z.string()) });
type Saved = z.infer<typeof savedSchema>;

/** Models by datasets, with what is kept of each in its cell: holds what is shown first, and passes intents to the host. */
export default class Leaderboard extends PageElement<LeaderboardToHost, HostToLeaderboard, Saved> {
  @state() private models: readonly BoardModel[] | undefined;
  @state() private columns: readonly BoardColumn[] = [];
  @state() private filter = '';
  /** Id of the column that models are ordered by. */
  @state() private sort: string | undefined;
  /** The cell that the keyboard was at last. */
  @state() private at: string | undefined;

  protected override readonly savedSchema = savedSchema;
  private kept = new Set<string>();
  private figures = new Map<string, BoardFigure>();
  /** Of these what is kept cannot be read. */
  private readonly unreadable = new Set<string>();
  private readonly works = new Map<string, BoardWork>();
  /** The cell that the keyboard goes to. */
  private reached: string | undefined;
  /** Figures come one by one, hundreds of them at the start. */
  private readonly drawSoon = soon(() => this.requestUpdate(), DRAW_AFTER);

  protected override begin(saved: Saved | undefined) {
    if (saved) ({ filter: this.filter, sort: this.sort } = saved);
    return { type: 'ready' as const };
  }

  override render() {
    const { models, columns, failure } = this;
    if (!models) return html`<p class="nothing" role="status">${failure ?? 'Looking for evaluations…'}</p>`;
    if (columns.length === 0) {
      return html`<p class="nothing">
        There is no dataset to evaluate on: run "Scrawl: Download Dataset…" or "Scrawl: Import Dataset…".
      </p>`;
    }
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = models.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
    const sorted = columns.find(({ id }) => id === this.sort);
    const rows = ranked(shown, sorted, this.figureAt);
    const reachable = reachableOf(rows, columns);
    this.reached = this.at !== undefined && reachable.has(this.at) ? this.at : [...reachable][0];
    const best = columns.map((column) => bestOf(shown, column, this.figureAt));
    return html`${this.alert()}${this.bar(models.length, shown)}
      <div class="window" tabindex="-1">
        <table role="grid" aria-label="Models by datasets" @keydown=${this.onKey}>
          <thead>
            <tr>
              <th scope="col" class="model">Model</th>
              ${columns.map((column) => this.header(column, shown))}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (model) =>
                html`<tr>
                  <th scope="row" class="model" title=${model.name}>
                    ${model.name}${model.reads === 'lines' ? html`<span class="kind">lines</span>` : nothing}
                  </th>
                  ${columns.map((column, index) =>
                    this.cell(model, column, best[index]?.has(model.id) ?? false),
                  )}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="hint">
        Characters: share of right answers, of all characters. Lines: character error rate. Both with their
        95% interval, by the labels as they are now.
      </p>`;
  }

  private bar(all: number, shown: readonly BoardModel[]) {
    const busy = [...this.works.values()].some(({ state: each }) => each !== 'failed');
    const count =
      shown.length === all ? counted(all, 'model') : `${shown.length} of ${counted(all, 'model')}`;
    const missing = this.columns.flatMap((column) => this.missingOf(column, shown));
    return html`<div class="bar" role="toolbar" aria-label="Leaderboard">
      <input
        class="control filter"
        type="search"
        placeholder="Filter models"
        aria-label="Filter models"
        .value=${this.filter}
        @input=${(event: Event) => {
          this.filter = (event.target as HTMLInputElement).value;
          this.save();
        }}
      />
      <span class="total" role="status">${count}</span>
      <span class="space"></span>
      ${
        busy
          ? html`<button class="control" @click=${() => this.tell({ type: 'cancel' })}>
              <span class="codicon codicon-debug-stop" aria-hidden="true"></span>Stop
            </button>`
          : nothing
      }
      <button
        class="control"
        ?disabled=${missing.length === 0}
        title="Evaluates one after the other what no evaluation is kept of"
        @click=${() => this.tell({ type: 'evaluate', places: missing })}
      >
        <span class="codicon codicon-beaker" aria-hidden="true"></span>Evaluate All Missing
        (${grouped(missing.length)})
      </button>
    </div>`;
  }

  private header(column: BoardColumn, shown: readonly BoardModel[]) {
    const { id, name, split } = column;
    const isSorted = this.sort === id;
    const missing = this.missingOf(column, shown);
    const order = sortOrder(isSorted, true);
    return html`<th scope="col" aria-sort=${order}>
      <button
        class="sort"
        title="Put the best here first"
        @click=${() => {
          this.sort = isSorted ? undefined : id;
          this.save();
        }}
      >
        ${name}${sortArrow(order)}
      </button>
      <span class="split">
        ${split === 'all' ? 'all samples' : split}
        ${
          missing.length > 0
            ? html`<button
                class="icon"
                title="Evaluate what is missing here"
                aria-label="Evaluate what is missing on ${name}, ${split}"
                @click=${() => this.tell({ type: 'evaluate', places: missing })}
              >
                <span class="codicon codicon-beaker" aria-hidden="true"></span>
              </button>`
            : nothing
        }
      </span>
    </th>`;
  }

  private cell(model: BoardModel, column: BoardColumn, isBest: boolean) {
    const place = { model: model.id, column: column.id };
    const key = keyOf(place);
    if (!isPossible(model, column))
      return html`<td class="impossible" title="Lines are read from ink">–</td>`;
    const work = this.works.get(key);
    const working = work && work.state !== 'failed' ? workInWords(work) : undefined;
    const isKept = this.kept.has(key) && !this.unreadable.has(key);
    const figure = this.figureOf(place);
    const where = `${model.name} on ${column.name}, ${column.split}`;
    const label = working ?? (isKept ? keptInWords(model, figure) : 'Evaluate');
    const failed = work?.state === 'failed' ? work.message : undefined;
    const why = failed ?? (this.unreadable.has(key) ? 'What is kept cannot be read' : undefined);
    // the same button while it works: the keyboard stays on it
    return html`<td class=${isBest ? 'best' : ''}>
      <button
        class=${working !== undefined ? 'work' : isKept ? 'kept' : 'missing'}
        aria-disabled=${working === undefined ? nothing : 'true'}
        tabindex=${this.reached === key ? 0 : -1}
        aria-label="${where}: ${label}${isBest ? ', the best' : ''}${why === undefined ? '' : `; ${why}`}"
        title=${why ?? (figure ? aboutFigure(figure) : where)}
        @focus=${() => (this.at = key)}
        @click=${() => {
          if (working !== undefined) return;
          this.tell(isKept ? { type: 'open', ...place } : { type: 'evaluate', places: [place] });
        }}
      >
        ${working ?? (isKept ? keptCell(model, figure) : missingCell(why !== undefined))}
      </button>
    </td>`;
  }

  private readonly figureAt = (model: BoardModel, column: BoardColumn): BoardFigure | undefined =>
    this.figureOf({ model: model.id, column: column.id });

  private figureOf(place: Place): BoardFigure | undefined {
    return this.kept.has(keyOf(place)) ? this.figures.get(keyOf(place)) : undefined;
  }

  /** What can be evaluated in a column and is not, nor waits for it. */
  private missingOf(column: BoardColumn, models: readonly BoardModel[]): Place[] {
    return models
      .filter((model) => isPossible(model, column))
      .map((model) => ({ model: model.id, column: column.id }))
      .filter((place) => !this.kept.has(keyOf(place)) && !this.works.has(keyOf(place)));
  }

  /** Arrows walk the cells. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const cell = (event.target as Element).closest('td');
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = nextCell(cell, event.key);
    takeKey(event, to && (() => to.focus()));
  };

  protected override toSave(): Saved {
    const { filter, sort } = this;
    return { filter, ...(sort !== undefined && { sort }) };
  }

  protected override receive(message: HostToLeaderboard): void {
    switch (message.type) {
      case 'board':
        this.models = message.models;
        this.columns = message.columns;
        this.kept = new Set(message.kept.map(keyOf));
        this.unreadable.clear();
        return;
      case 'figure':
        if (message.figure) this.figures.set(keyOf(message), message.figure);
        else this.unreadable.add(keyOf(message));
        this.drawSoon();
        return;
      case 'work':
        if (message.work) this.works.set(keyOf(message), message.work);
        else this.works.delete(keyOf(message));
        break;
      case 'failed':
        return;
    }
    this.requestUpdate();
  }
}

/** The cells that the keyboard can go to, from the top. */
function reachableOf(models: readonly BoardModel[], columns: readonly BoardColumn[]): Set<string> {
  const places = models.flatMap((model) =>
    columns
      .filter((column) => isPossible(model, column))
      .map((column) => keyOf({ model: model.id, column: column.id })),
  );
  return new Set(places);
}

/** A model of lines reads ink alone. */
function isPossible({ reads }: BoardModel, { ink }: BoardColumn): boolean {
  return reads === 'characters' || ink;
}

function workInWords(work: Exclude<BoardWork, { state: 'failed' }>): string {
  if (work.state === 'waiting') return 'waiting';
  return work.share === undefined ? 'starting' : percentDone(work.share, 1);
}

function keptInWords({ reads }: BoardModel, figure: BoardFigure | undefined): string {
  if (!figure) return 'kept';
  return `${reads === 'lines' ? 'CER ' : ''}${percent(figure.value)}, ${detailOf(figure)}`;
}

function keptCell({ reads }: BoardModel, figure: BoardFigure | undefined) {
  if (!figure) return html`<span class="value">…</span>`;
  return html`<span class="value"
      >${reads === 'lines' ? html`<span class="unit">CER</span> ` : nothing}${percent(figure.value)}</span
    >
    <span class="detail">${detailOf(figure)}</span>`;
}

/** Between what the value lies for certain, and of which day it is. */
function detailOf({ interval, created }: BoardFigure): string {
  const hundred = (share: number) => (100 * share).toFixed(1);
  return `${hundred(interval.low)}–${hundred(interval.high)} · ${created.slice(0, 10)}`;
}

function missingCell(failed: boolean) {
  return html`<span class="codicon codicon-${failed ? 'error' : 'beaker'}" aria-hidden="true"></span> ${
      failed ? 'Evaluate again' : 'Evaluate'
    }`;
}

function aboutFigure({ samples, created, detail }: BoardFigure): string {
  const facts = [counted(samples, 'sample'), `evaluated on ${created.slice(0, 16).replace('T', ' ')}`];
  return [...facts, ...(detail === undefined ? [] : [detail]), 'open the evaluation'].join(' · ');
}
