import { Emitter } from 'vscode-jsonrpc';
import type { Manifest } from '../../datasets/store/manifest';
import type { SampleChange } from '../../datasets/overlay';
import type { DatasetStore } from '../../datasets/store/datasetStore';
import { compare, type Comparison } from '../../metrics/comparison';
import { type Figures, figuresOf } from '../../metrics/figures';
import { type Changes, currentLabels, judgeSplit } from '../../metrics/judgeSplit';
import type { Judgment } from '../../metrics/judgment';
import { writerAccuracies, type WriterFigure } from '../../metrics/writers';
import { membership } from '../../base/alphabet';
import type { StoredEvaluation } from '../../evaluations/evaluationFile';
import { readEvaluationFile } from '../../evaluations/evaluationStore';
import { incomparable } from '../../evaluations/incomparable';
import type { Judging } from '../../protocol/pages/evaluation';
import { UserError } from '../../base/userError';
import { EvaluatedModel } from './evaluatedModel';
import { secondEvaluation } from './secondEvaluation';
import type { EvaluationSpec } from './evaluationSpec';

/** What an evaluation says of the samples as they are labeled now. */
interface Judged {
  readonly labels: Uint16Array;
  readonly judgment: Judgment;
  readonly figures: Figures;
  readonly writers: readonly WriterFigure[];
  readonly comparison: Comparison | undefined;
}

/** An evaluation in memory: its figures follow the options, and the labels as they are corrected. */
export class LiveEvaluation {
  private readonly changed = new Emitter<void>();
  /** It says something else than before. */
  readonly onDidChange = this.changed.event;
  private changes: Changes = new Map();
  private judged: Judged | undefined;
  /** The dataset as it is now, if it is. */
  private manifest: Manifest | undefined;
  readonly model: EvaluatedModel;
  readonly otherModel: EvaluatedModel | undefined;

  private constructor(
    private current: EvaluationSpec,
    readonly evaluation: StoredEvaluation,
    /** Of a second model, or why the two cannot be compared, a sentence. */
    private readonly second: StoredEvaluation | string | undefined,
    private readonly store: DatasetStore,
  ) {
    const { model, other } = current;
    this.model = new EvaluatedModel(model, evaluation.header);
    this.otherModel = other && this.other && new EvaluatedModel(other.model, this.other.header);
  }

  /**
   * Reads what is stored, and judges it. What cannot be compared is shown without the comparison.
   *
   * @throws ModelError where that is gone or damaged
   */
  static async open(spec: EvaluationSpec, store: DatasetStore): Promise<LiveEvaluation> {
    const evaluation = await readEvaluationFile(spec.file);
    const { other } = spec;
    const second =
      other &&
      (await secondEvaluation(
        () => readEvaluationFile(other.file),
        (each) => incomparable(evaluation, each),
      ));
    const live = new LiveEvaluation(spec, evaluation, second, store);
    await live.look();
    return live;
  }

  get spec(): EvaluationSpec {
    return this.current;
  }

  get judgment(): Judgment {
    return this.now().judgment;
  }

  get figures(): Figures {
    return this.now().figures;
  }

  /** Of each writer that is known, the worst first. */
  get writers(): readonly WriterFigure[] {
    return this.now().writers;
  }

  get comparison(): Comparison | undefined {
    return this.now().comparison;
  }

  /** Of a second model on the same samples. */
  get other(): StoredEvaluation | undefined {
    return typeof this.second === 'string' ? undefined : this.second;
  }

  /** Why the comparison that is asked for cannot be made, a sentence. */
  get incomparable(): string | undefined {
    return typeof this.second === 'string' ? this.second : undefined;
  }

  /** Class of each row of the predictions, as it is labeled now. */
  get labels(): Uint16Array {
    return this.now().labels;
  }

  /** What the user said of the sample at a place. */
  changeAt(place: number): SampleChange | undefined {
    return this.changes.get(place);
  }

  /** What is not as it was evaluated any more, a sentence. */
  get stale(): string | undefined {
    return this.staleSamples ?? this.model.problem ?? this.otherModel?.problem;
  }

  /** Why the samples cannot be shown, a sentence: they are not what was evaluated any more. */
  get staleSamples(): string | undefined {
    const { key } = this.evaluation.header;
    if (!this.manifest) return `${this.current.dataset} no longer exists, so its samples cannot be shown.`;
    if (this.manifest.checksum === key.dataset) return undefined;
    return `${this.manifest.name} has other samples than were evaluated: evaluate again.`;
  }

  /** The dataset, where its samples are those that were evaluated; throws UserError where they are not. */
  get dataset(): Manifest {
    const { staleSamples, manifest } = this;
    if (staleSamples !== undefined || !manifest) throw new UserError(staleSamples ?? '');
    return manifest;
  }

  get datasetName(): string {
    return this.manifest?.name ?? this.current.dataset;
  }

  /** Judges by other options from now on. */
  judgeBy(judging: Judging): void {
    this.current = { ...this.current, judging };
    this.judgeAgain();
  }

  /** Looks at the models, and at what the user changed in the samples, from wherever. */
  async look(): Promise<void> {
    const { dataset } = this.current;
    const { of } = this.evaluation.header;
    const before = this.stale;
    await this.model.look();
    await this.otherModel?.look();
    this.manifest = (await this.store.find(dataset))?.manifest;
    const isHere = this.staleSamples === undefined;
    const changes = isHere ? await this.store.changes(dataset, of) : this.changes;
    if (before === this.stale && sameChanges(changes, this.changes)) return;
    this.changes = changes;
    this.judgeAgain();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private now(): Judged {
    return (this.judged ??= this.judge());
  }

  private judgeAgain(): void {
    this.judged = undefined;
    this.changed.fire();
  }

  private judge(): Judged {
    const { evaluation, other } = this;
    const judgment = this.judgmentOf(evaluation);
    const comparison = other && compare(judgment, this.judgmentOf(other));
    const labels = currentLabels(evaluation, this.changes);
    const writers = writerAccuracies(judgment, evaluation.writers);
    return { labels, judgment, figures: figuresOf(judgment), writers, comparison };
  }

  private judgmentOf(evaluation: StoredEvaluation): Judgment {
    const { alphabet, merged } = this.current.judging;
    const allowed = membership(alphabet, evaluation.header.outputs);
    return judgeSplit(evaluation, this.changes, { allowed, merged });
  }
}

function sameChanges(a: Changes, b: Changes): boolean {
  return JSON.stringify([...a]) === JSON.stringify([...b]);
}
