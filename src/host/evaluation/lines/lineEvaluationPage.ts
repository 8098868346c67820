import * as vscode from 'vscode';
import { UserError } from '../../../base/userError';
import type {
  Aligned,
  HostToLineEvaluation,
  LineEvaluationToHost,
  LineView,
  ShownLineEvaluation,
} from '../../../protocol/pages/lineEvaluation';
import { isLineModel } from '../../../models/lineCard';
import type { DatasetLibrary } from '../../datasets/library';
import type { Engine } from '../../engine/engine';
import type { ModelLibrary } from '../../models/library';
import { SampleEdits, type Written } from '../../samples/sampleEdits';
import { openSplits } from '../../samples/sampleReader';
import type { Page } from '../../shell/page';
import type { TabContent } from '../../shell/tabs';
import { evaluateLines } from './evaluateLines';
import type { LineEvaluationSpec } from './lineEvaluationSpec';
import { LineSession } from './lineSession';
import { LiveLineEvaluation } from './liveLineEvaluation';

/** Pairs of characters that are told: what is rarer is noise. */
const MOST_CONFUSIONS = 2000;

export interface LineEvaluationParts {
  readonly library: DatasetLibrary;
  readonly models: ModelLibrary;
  readonly engine: Engine;
  /** Asks which model and data to evaluate instead. */
  readonly evaluateAnother: () => PromiseLike<unknown>;
}

/** All that is in memory while the page shows. */
interface Opened {
  readonly live: LiveLineEvaluation;
  readonly session: LineSession;
}

/** The page of an evaluation of a model of lines: answers what it asks, and follows model and data as long as it shows. */
export class LineEvaluationPage implements TabContent<
  LineEvaluationToHost,
  HostToLineEvaluation,
  LineEvaluationSpec
> {
  private opened: Promise<Opened> | undefined;
  private view: LineView = { blanks: 'ignored', filter: { kind: 'wrong' } };
  private readonly edits: SampleEdits;
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private readonly closing = new AbortController();

  constructor(
    private readonly page: Page<LineEvaluationToHost, HostToLineEvaluation>,
    private spec: LineEvaluationSpec,
    private readonly parts: LineEvaluationParts,
  ) {
    const { library, models } = parts;
    this.edits = new SampleEdits(library.store.folder(spec.dataset), (written) => this.written(written));
    const look = () => void page.tried(() => this.keepUp());
    this.subscriptions = [
      library.onDidChange((changed) => {
        if (changed === undefined) look();
      }),
      models.onDidChange(look),
    ];
  }

  /** Shows what was just evaluated. */
  again(spec: LineEvaluationSpec): void {
    this.spec = spec;
    void this.page.tried(() => this.beginAnew());
  }

  /** Lets go of everything; the page's next first message takes it up again. */
  hidden(): void {
    void this.release();
  }

  closed(): void {
    this.closing.abort();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  async receive(message: LineEvaluationToHost): Promise<HostToLineEvaluation | undefined> {
    if (message.type === 'ready') {
      if (message.view) this.view = message.view;
      await this.begin();
      return undefined;
    }
    if (message.type === 'evaluateAgain') {
      await this.evaluateAgain();
      return undefined;
    }
    const { live, session } = await this.open();
    switch (message.type) {
      case 'view': {
        const isJudgedAnew = message.view.blanks !== session.blanks;
        this.view = message.view;
        session.show(message.view);
        if (isJudgedAnew) this.page.post(this.evaluation(live));
        return session.list(this.edits.undoes);
      }
      case 'page': {
        const { revision, page } = message;
        const lines = await session.page(revision, page);
        return lines && { type: 'page', revision, page, lines };
      }
      case 'undo':
        await this.edits.undo();
        return;
      default:
        if (!live.dataset) throw new UserError(live.stale ?? '');
        await this.change({ live, session }, message);
        return;
    }
  }

  // --- what is shown

  private async begin(): Promise<void> {
    const { live, session } = await this.open();
    this.page.title = `${live.evaluation.header.modelName} · ${live.datasetName}, ${live.spec.split}`;
    this.page.post(this.evaluation(live));
    this.page.post(session.list(this.edits.undoes));
  }

  private async beginAnew(): Promise<void> {
    await this.release();
    await this.begin();
  }

  private open(): Promise<Opened> {
    const opened = (this.opened ??= this.openSession());
    // a failure is told, and the next message tries again
    opened.catch(() => {
      if (this.opened === opened) this.opened = undefined;
    });
    return opened;
  }

  private async openSession(): Promise<Opened> {
    const { store } = this.parts.library;
    const live = await LiveLineEvaluation.open(this.spec, store);
    const readers = live.dataset ? await openSplits(store, live.dataset) : [];
    return { live, session: new LineSession(live, readers, this.view) };
  }

  private async release(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.then(
      ({ session }) => session.close(),
      () => undefined,
    );
  }

  /** Takes up what model and data are by now. */
  private async keepUp(): Promise<void> {
    const opened = await this.opened?.catch(() => undefined);
    if (!opened) return;
    const { live, session } = opened;
    const { dataset } = live;
    if (!(await live.look())) return;
    // what is read from the disk is that of other samples
    if (dataset?.checksum !== live.dataset?.checksum) {
      await this.beginAnew();
      return;
    }
    session.keepUp();
    this.page.post(this.evaluation(live));
    this.page.post(session.list(this.edits.undoes));
  }

  private evaluation(live: LiveLineEvaluation): ShownLineEvaluation {
    const { header } = live.evaluation;
    const { stale } = live;
    return {
      type: 'evaluation',
      remember: this.spec,
      model: header.modelName,
      dataset: live.datasetName,
      split: header.key.split,
      ...(stale !== undefined && { stale }),
      hasInk: live.dataset !== undefined,
      created: header.created,
      backend: header.backend,
      decoding: header.key.decoding,
      linesPerSecond: header.milliseconds > 0 ? (1000 * header.samples) / header.milliseconds : 0,
      excluded: live.count - live.counting().length,
      scores: live.scores(),
      confusion: live
        .confusion(this.view.blanks)
        .slice(0, MOST_CONFUSIONS)
        .map(({ truth, answer, count }): Aligned & { count: number } => ({
          ...(truth !== undefined && { truth }),
          ...(answer !== undefined && { answer }),
          count,
        })),
    };
  }

  // --- what is done

  private async evaluateAgain(): Promise<void> {
    const { library, engine, evaluateAnother } = this.parts;
    if (!(await isLineModel(this.spec.model))) {
      await evaluateAnother();
      return;
    }
    const report = (message: string, share?: number) =>
      this.page.post({ type: 'working', message, ...(share !== undefined && { share }) });
    const { home } = library.store;
    this.spec = await evaluateLines(engine, home, this.spec, report, this.closing.signal);
    await this.beginAnew();
  }

  private async change(
    { live, session }: Opened,
    message: Extract<LineEvaluationToHost, { type: 'relabel' | 'exclude' | 'restore' }>,
  ): Promise<void> {
    const row = session.rowAt(message.revision, message.place);
    if (row === undefined) return;
    switch (message.type) {
      case 'exclude':
        await this.edits.edit(() => session.exclude(row, message.excluded));
        return;
      case 'restore':
        await this.edits.edit(() => session.restore(row));
        return;
      case 'relabel': {
        const text = await askText(live.text(row), live.answer(row));
        if (text !== undefined) await this.edits.edit(() => session.relabel(row, text));
      }
    }
  }

  /** Lets the figures follow at once, here and wherever they are looked at. */
  private async written({ name, undone }: Written): Promise<void> {
    await this.keepUp();
    this.page.post({ type: 'done', message: undone ? `Undone: ${name}.` : `${name}.` });
    this.parts.library.refresh();
  }
}

/** The text that a line is of; undefined where the user gave up. */
async function askText(text: string, answer: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'Correct the Text of a Line',
    prompt: `What is written there; it was read as ${answer === '' ? 'nothing' : answer}`,
    value: text,
    validateInput: (value) =>
      value.trim() === '' ? 'Type the text, or exclude the line instead.' : undefined,
  });
  return typed?.trim();
}
