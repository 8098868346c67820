import { isDeepStrictEqual } from 'node:util';
import type { SampleChange } from '../../../datasets/overlay';
import type { DatasetStore } from '../../../datasets/store/datasetStore';
import type { Manifest } from '../../../datasets/store/manifest';
import type { StoredLineEvaluation } from '../../../evaluations/lineEvaluationFile';
import { readLineEvaluationFile } from '../../../evaluations/lineEvaluationStore';
import {
  alignLine,
  confusedCharacters,
  isError,
  type AlignedCharacter,
  type ConfusedCharacters,
} from '../../../metrics/lineConfusion';
import { scoreLines, type Blanks, type LineScores } from '../../../metrics/lineScores';
import { EvaluatedModel } from '../evaluatedModel';
import type { LineEvaluationSpec } from './lineEvaluationSpec';

type Changes = ReadonlyMap<number, SampleChange>;

/** What a model read from a split, judged by the texts as the user has them now. */
export class LiveLineEvaluation {
  private readonly model: EvaluatedModel;
  private manifest: Manifest | undefined;
  private changes: Changes = new Map();
  /** Of each line, as they were needed. */
  private readonly aligned = new Map<Blanks, (AlignedCharacter[] | undefined)[]>();

  private constructor(
    readonly spec: LineEvaluationSpec,
    readonly evaluation: StoredLineEvaluation,
    private readonly store: DatasetStore,
  ) {
    this.model = new EvaluatedModel(spec.model, evaluation.header);
  }

  /**
   * Reads what is stored.
   *
   * @throws ModelError where that is gone or damaged
   */
  static async open(spec: LineEvaluationSpec, store: DatasetStore): Promise<LiveLineEvaluation> {
    const live = new LiveLineEvaluation(spec, await readLineEvaluationFile(spec.file), store);
    await live.look();
    return live;
  }

  /** Lines that were read; one is called by its row. */
  get count(): number {
    return this.evaluation.lines.length;
  }

  /** What is not as it was evaluated any more, a sentence. */
  get stale(): string | undefined {
    return this.staleSamples ?? this.model.problem;
  }

  /** The dataset, where its samples are those that were evaluated. */
  get dataset(): Manifest | undefined {
    return this.staleSamples === undefined ? this.manifest : undefined;
  }

  get datasetName(): string {
    return this.manifest?.name ?? this.spec.dataset;
  }

  /** Place of a line in the split `of`, as it is stored. */
  place(row: number): number {
    return this.evaluation.lines[row]?.place ?? 0;
  }

  /** The text as it is labeled now. */
  text(row: number): string {
    return this.changes.get(this.place(row))?.label ?? this.storedText(row);
  }

  storedText(row: number): string {
    return this.evaluation.lines[row]?.text ?? '';
  }

  answer(row: number): string {
    return this.evaluation.lines[row]?.answer ?? '';
  }

  isExcluded(row: number): boolean {
    return this.changes.get(this.place(row))?.excluded ?? false;
  }

  isChanged(row: number): boolean {
    return this.isExcluded(row) || this.text(row) !== this.storedText(row);
  }

  /** Text beside answer. */
  alignment(row: number, blanks: Blanks): readonly AlignedCharacter[] {
    const known = this.aligned.get(blanks) ?? [];
    this.aligned.set(blanks, known);
    return (known[row] ??= alignLine({ text: this.text(row), answer: this.answer(row) }, blanks));
  }

  /** Changes that make the answer of the text. */
  errors(row: number, blanks: Blanks): number {
    return this.alignment(row, blanks).filter(isError).length;
  }

  scores(): Record<Blanks, LineScores> {
    const lines = this.counting().map((row) => ({ text: this.text(row), answer: this.answer(row) }));
    return { ignored: scoreLines(lines, 'ignored'), counted: scoreLines(lines, 'counted') };
  }

  confusion(blanks: Blanks): ConfusedCharacters[] {
    return confusedCharacters(this.counting().map((row) => this.alignment(row, blanks)));
  }

  /** The rows that count: the user has not excluded them. */
  counting(): number[] {
    return Array.from(this.evaluation.lines.keys()).filter((row) => !this.isExcluded(row));
  }

  /**
   * Looks at the model, and at what the user changed in the lines, from wherever.
   *
   * @returns whether something is another than before
   */
  async look(): Promise<boolean> {
    const { dataset } = this.spec;
    const before = this.stale;
    await this.model.look();
    this.manifest = (await this.store.find(dataset))?.manifest;
    const changes = this.dataset
      ? await this.store.changes(dataset, this.evaluation.header.of)
      : this.changes;
    if (before === this.stale && isDeepStrictEqual(changes, this.changes)) return false;
    this.changes = changes;
    this.aligned.clear();
    return true;
  }

  private get staleSamples(): string | undefined {
    const { manifest } = this;
    if (!manifest) return `${this.spec.dataset} no longer exists, so its lines cannot be shown.`;
    if (manifest.checksum === this.evaluation.header.key.dataset) return undefined;
    return `${manifest.name} has other samples than were evaluated: evaluate again.`;
  }
}
