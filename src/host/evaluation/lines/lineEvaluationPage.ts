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
import { exportLineReport } from './exportLineReport';
import type { LineEvaluationSpec, LineEvaluationTask } from './lineEvaluationSpec';
import { LineSession } from './lineSession';
import { LiveLineEvaluation } from './liveLineEvaluation';
import { pickCompared } from './pickCompared';

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
    if (message.type === 'compare') {
      await this.compare();
      return undefined;
    }
    if (message.type === 'endComparison') {
      const { other: _, ...alone } = this.spec;
      if (this.view.filter.kind === 'better' || this.view.filter.kind === 'worse') {
        this.view = { ...this.view, filter: { kind: 'wrong' } };
      }
      this.spec = alone;
      await this.beginAnew();
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
      case 'export': {
        const { engine, library } = this.parts;
        if (live.stale !== undefined) throw new UserError(live.stale);
        await exportLineReport(engine, library.store.home, live);
        return;
      }
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
    const { stale, other, incomparable } = live;
    const results = live.comparison();
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
      writers: live.writers(this.view.blanks),
      ...(other &&
        results && {
          comparison: { model: other.header.modelName, decoding: other.header.key.decoding, results },
        }),
      ...(incomparable !== undefined && { incomparable }),
    };
  }

  // --- what is done

  private async evaluateAgain(): Promise<void> {
    const { evaluateAnother } = this.parts;
    if (!(await isLineModel(this.spec.model))) {
      await evaluateAnother();
      return;
    }
    const { other } = this.spec;
    const first = await this.evaluate(this.spec);
    const isThere = other && (await isLineModel(other.model));
    this.spec = {
      ...first,
      ...(isThere && { other: await this.evaluate({ ...this.spec, ...alike(other) }) }),
    };
    await this.beginAnew();
  }

  /** Asks for another evaluation of the same lines, and shows how it differs. */
  private async compare(): Promise<void> {
    const asked = await pickCompared(this.parts.models, this.spec);
    if (!asked) return;
    const { file, model, language } = await this.evaluate({ ...this.spec, ...alike(asked) });
    const { other: _, ...first } = this.spec;
    this.spec = { ...first, other: { file, model, ...(language !== undefined && { language }) } };
    await this.beginAnew();
  }

  /** Evaluates while the page says how far that is. */
  private evaluate(task: LineEvaluationTask): Promise<LineEvaluationSpec> {
    const { library, engine } = this.parts;
    const report = (message: string, share?: number) =>
      this.page.post({ type: 'working', message, ...(share !== undefined && { share }) });
    return evaluateLines(engine, library.store.home, task, report, this.closing.signal);
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

/** The model of a reading and its language, or none, in the place of another's. */
function alike({ model, language }: Pick<LineEvaluationTask, 'model' | 'language'>) {
  return { model, language };
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
