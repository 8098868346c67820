import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../../base/userError';
import { type KeptEvaluation, keptEvaluations } from '../../../evaluations/keptEvaluations';
import { modelStamp } from '../../../evaluations/modelStamp';
import { modelChecksum } from '../../../models/checksum';
import { keyOf, type Place } from '../../../protocol/pages/boardPlace';
import type { HostToLeaderboard, LeaderboardToHost } from '../../../protocol/pages/leaderboard';
import { CalmLooks } from '../../shell/calmLooks';
import type { Report } from '../../shell/longWork';
import type { Page, PageContent } from '../../shell/page';
import { evaluate } from '../evaluate';
import type { EvaluateParts } from '../evaluateModel';
import { evaluateLines } from '../lines/evaluateLines';
import { type Board, boardOf } from './board';
import { BoardFigures } from './boardFigures';
import { CellQueue } from './cellQueue';

/** Every character, and all of them told apart. */
const JUDGING = { alphabet: 'all', merged: false };

/** Models by datasets in a tab: tells what is kept, and evaluates what is missing. */
export class LeaderboardPage implements PageContent<LeaderboardToHost, HostToLeaderboard> {
  private readonly looks: CalmLooks<Board>;
  private readonly figures: BoardFigures;
  private readonly queue: CellQueue;
  /** By the stamps of their models. */
  private readonly checksums = new Map<string, Promise<string | undefined>>();
  /** As it was looked at last; what is evaluated while the page is hidden finds its model here. */
  private board: Board | undefined;
  private following: { dispose(): unknown }[] = [];

  constructor(
    private readonly page: Page<LeaderboardToHost, HostToLeaderboard>,
    private readonly parts: EvaluateParts,
    sentence: (error: unknown) => string,
  ) {
    this.figures = new BoardFigures(parts.library.store);
    this.looks = new CalmLooks(
      () => this.look(),
      (board) => this.show(board),
      (work) => page.tried(work),
    );
    this.queue = new CellQueue(
      async (place, report, signal) => {
        await this.evaluate(place, report, signal);
        await this.looks.now();
      },
      (place, work) => page.post({ type: 'work', ...place, ...(work && { work }) }),
      sentence,
    );
  }

  hidden(): void {
    for (const each of this.following.splice(0)) each.dispose();
    this.looks.rest();
  }

  closed(): void {
    this.queue.cancel();
  }

  async receive(message: LeaderboardToHost): Promise<undefined> {
    switch (message.type) {
      case 'ready':
        this.follow();
        await this.looks.now();
        for (const { place, work } of this.queue.all) this.page.post({ type: 'work', ...place, work });
        return;
      case 'evaluate':
        this.queue.add(message.places);
        return;
      case 'cancel':
        this.queue.cancel();
        return;
      case 'open':
        await this.open(message);
        return;
    }
  }

  private follow(): void {
    const { library, models } = this.parts;
    if (this.following.length > 0) return;
    const soon = () => this.looks.soon();
    this.following = [library.onDidChange(soon), models.onDidChange(soon)];
  }

  private async look(): Promise<Board> {
    const { library, models } = this.parts;
    const [records, entries] = await Promise.all([models.list(), library.list()]);
    const rated = records.map(async (model) => ({ model, kept: await this.keptOf(model.folder) }));
    return boardOf(await Promise.all(rated), entries);
  }

  private async keptOf(folder: string): Promise<KeptEvaluation[]> {
    const stamp = await modelStamp(folder);
    const known = this.checksums.get(stamp) ?? modelChecksum(folder).catch(() => undefined);
    this.checksums.set(stamp, known);
    const checksum = await known;
    return checksum === undefined ? [] : keptEvaluations(this.parts.models.home, checksum);
  }

  private show(board: Board): void {
    this.board = board;
    const places = board.models.flatMap(({ id: model }) =>
      board.columns.map(({ id: column }): Place => ({ model, column })),
    );
    const kept = places.filter((place) => board.kept.has(keyOf(place)));
    this.page.post({ type: 'board', models: [...board.models], columns: [...board.columns], kept });
    void this.page.tried(() => this.tellFigures(board, kept));
  }

  /** One after the other, as long as the board is the one that shows: judging takes the host's time. */
  private async tellFigures(board: Board, places: readonly Place[]): Promise<void> {
    for (const place of places) {
      await setImmediate();
      if (this.board !== board || this.following.length === 0) return;
      const figure = await this.figureOf(board, place).catch(() => undefined);
      this.page.post({ type: 'figure', ...place, ...(figure && { figure }) });
    }
  }

  private async figureOf(board: Board, place: Place) {
    const kept = board.kept.get(keyOf(place));
    const column = board.columns.find(({ id }) => id === place.column);
    return kept && column && this.figures.of(kept, column.dataset);
  }

  private async evaluate(place: Place, report: Report, signal: AbortSignal): Promise<void> {
    const { engine, models, library } = this.parts;
    const { model, dataset, split } = this.found(place);
    const { home } = library.store;
    const folder = model.id;
    if (model.reads === 'lines')
      await evaluateLines(engine, home, { model: folder, dataset, split }, report, signal);
    else
      await evaluate(
        engine,
        { model: folder, home: models.home, dataset, split, judging: JUDGING },
        report,
        signal,
      );
  }

  private async open(place: Place): Promise<void> {
    const { current, lineTabs, showEvaluation } = this.parts;
    const { model, dataset, split } = this.found(place);
    const kept = this.board?.kept.get(keyOf(place));
    if (!kept) throw new UserError('That evaluation is kept no more: evaluate again.');
    const spec = { file: kept.file, model: model.id, dataset, split };
    if (kept.reads === 'lines') {
      lineTabs.show(spec);
      return;
    }
    current.show({ ...spec, judging: JUDGING });
    await showEvaluation();
  }

  private found({ model: id, column: columnId }: Place) {
    const model = this.board?.models.find((each) => each.id === id);
    const column = this.board?.columns.find((each) => each.id === columnId);
    if (!model || !column) throw new UserError('That model or dataset no longer exists.');
    return { model, dataset: column.dataset, split: column.split };
  }
}
