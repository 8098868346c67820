import { isDeepStrictEqual } from 'node:util';
import type { SampleChange } from '../../../datasets/overlay';
import type { DatasetStore } from '../../../datasets/store/datasetStore';
import type { Manifest } from '../../../datasets/store/manifest';
import { incomparableLines } from '../../../evaluations/incomparable';
import type { StoredLineEvaluation } from '../../../evaluations/lineEvaluationFile';
import { readLineEvaluationFile } from '../../../evaluations/lineEvaluationStore';
import { compareLines, type LineComparison } from '../../../metrics/compareLines';
import {
  alignLine,
  confusedCharacters,
  isError,
  type AlignedCharacter,
  type ConfusedCharacters,
} from '../../../metrics/lineConfusion';
import { scoreLines, type Blanks, type LineScores } from '../../../metrics/lineScores';
import { writerErrorRates, type WriterFigure } from '../../../metrics/writers';
import { EvaluatedModel } from '../evaluatedModel';
import { secondEvaluation } from '../secondEvaluation';
import type { LineEvaluationSpec } from './lineEvaluationSpec';

type Changes = ReadonlyMap<number, SampleChange>;

/** What a model read from a split, judged by the texts as the user has them now. */
export class LiveLineEvaluation {
  private readonly model: EvaluatedModel;
  private readonly otherModel: EvaluatedModel | undefined;
  private manifest: Manifest | undefined;
  private changes: Changes = new Map();
  /** Of each line, as they were needed. */
  private readonly aligned = new Map<string, (AlignedCharacter[] | undefined)[]>();

  private constructor(
    readonly spec: LineEvaluationSpec,
    readonly evaluation: StoredLineEvaluation,
    /** A second one of the same lines, or why the two cannot be compared, a sentence. */
    private readonly second: StoredLineEvaluation | string | undefined,
    private readonly store: DatasetStore,
  ) {
    this.model = new EvaluatedModel(spec.model, evaluation.header);
    this.otherModel = spec.other && this.other && new EvaluatedModel(spec.other.model, this.other.header);
  }

  /**
   * Reads what is stored. What cannot be compared is shown without the comparison.
   *
   * @throws ModelError where that is gone or damaged
   */
  static async open(spec: LineEvaluationSpec, store: DatasetStore): Promise<LiveLineEvaluation> {
    const evaluation = await readLineEvaluationFile(spec.file);
    const { other } = spec;
    const second =
      other &&
      (await secondEvaluation(
        () => readLineEvaluationFile(other.file),
        (each) => incomparableLines(evaluation, each),
      ));
    const live = new LiveLineEvaluation(spec, evaluation, second, store);
    await live.look();
    return live;
  }

  /** Lines that were read; one is called by its row. */
  get count(): number {
    return this.evaluation.lines.length;
  }

  /** What is not as it was evaluated any more, a sentence. */
  get stale(): string | undefined {
    return this.staleSamples ?? this.model.problem ?? this.otherModel?.problem;
  }

  /** A second evaluation of the same lines. */
  get other(): StoredLineEvaluation | undefined {
    return typeof this.second === 'string' ? undefined : this.second;
  }

  /** Why the comparison that is asked for cannot be made, a sentence. */
  get incomparable(): string | undefined {
    return typeof this.second === 'string' ? this.second : undefined;
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

  /** Where it is known. */
  writer(row: number): string | undefined {
    return this.evaluation.lines[row]?.writer;
  }

  /** What the second evaluation has, where there is one. */
  otherAnswer(row: number): string | undefined {
    return this.other?.lines[row]?.answer;
  }

  isExcluded(row: number): boolean {
    return this.changes.get(this.place(row))?.excluded ?? false;
  }

  isChanged(row: number): boolean {
    return this.isExcluded(row) || this.text(row) !== this.storedText(row);
  }

  /** Text beside answer. */
  alignment(row: number, blanks: Blanks): readonly AlignedCharacter[] {
    return this.alignedWith('answer', row, blanks, this.answer(row));
  }

  /** Text beside the second evaluation's answer, where there is one. */
  otherAlignment(row: number, blanks: Blanks): readonly AlignedCharacter[] | undefined {
    const answer = this.otherAnswer(row);
    return answer === undefined ? undefined : this.alignedWith('other', row, blanks, answer);
  }

  /** Changes that make the answer of the text. */
  errors(row: number, blanks: Blanks): number {
    return this.alignment(row, blanks).filter(isError).length;
  }

  /** Errors of the first evaluation less those of the second, which are as many where there is none. */
  moreErrors(row: number, blanks: Blanks): number {
    const other = this.otherAlignment(row, blanks);
    return other ? this.errors(row, blanks) - other.filter(isError).length : 0;
  }

  comparison(): Record<Blanks, LineComparison> | undefined {
    if (!this.other) return undefined;
    const lines = this.counting().map((row) => ({
      text: this.text(row),
      first: this.answer(row),
      second: this.otherAnswer(row) ?? '',
    }));
    return { ignored: compareLines(lines, 'ignored'), counted: compareLines(lines, 'counted') };
  }

  scores(): Record<Blanks, LineScores> {
    const lines = this.counting().map((row) => ({ text: this.text(row), answer: this.answer(row) }));
    return { ignored: scoreLines(lines, 'ignored'), counted: scoreLines(lines, 'counted') };
  }

  /** Character error rate of each writer that is known, the worst first. */
  writers(blanks: Blanks): WriterFigure[] {
    const lines = this.counting().map((row) => ({
      text: this.text(row),
      answer: this.answer(row),
      writer: this.writer(row),
    }));
    return writerErrorRates(lines, blanks);
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
    await this.otherModel?.look();
    this.manifest = (await this.store.find(dataset))?.manifest;
    const changes = this.dataset
      ? await this.store.changes(dataset, this.evaluation.header.of)
      : this.changes;
    if (before === this.stale && isDeepStrictEqual(changes, this.changes)) return false;
    this.changes = changes;
    this.aligned.clear();
    return true;
  }

  private alignedWith(
    which: 'answer' | 'other',
    row: number,
    blanks: Blanks,
    answer: string,
  ): readonly AlignedCharacter[] {
    const key = `${which} ${blanks}`;
    const known = this.aligned.get(key) ?? [];
    this.aligned.set(key, known);
    return (known[row] ??= alignLine({ text: this.text(row), answer }, blanks));
  }

  private get staleSamples(): string | undefined {
    const { manifest } = this;
    if (!manifest) return `${this.spec.dataset} no longer exists, so its lines cannot be shown.`;
    if (manifest.checksum === this.evaluation.header.key.dataset) return undefined;
    return `${manifest.name} has other samples than were evaluated: evaluate again.`;
  }
}
