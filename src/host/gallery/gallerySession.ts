import { storedPlace } from '../../datasets/store/storedSplit';
import { type EditedSample, excludeEdit, relabelEdit, type SampleEdit } from '../../datasets/sampleEdit';
import { SPLITS } from '../../base/split';
import type { Judgment } from '../../metrics/judgment';
import { EXCLUDED, PAGE_SIZE, type Range, RELABELED } from '../../protocol/pages/browse';
import type { ChosenSamples } from '../../protocol/pages/evaluation';
import {
  type GalleryList,
  type GalleryPage,
  type LookedAt,
  RIGHT,
  type Sort,
} from '../../protocol/pages/gallery';
import type { Point } from '../../protocol/ink';
import { picturesAt, type StoredPlace } from '../samples/placedPictures';
import type { SplitReader, StoredSample } from '../samples/sampleReader';
import type { LiveEvaluation } from '../evaluation/liveEvaluation';
import { chosenRows } from './chosenRows';
import { ordered } from './sampleOrder';

/** More strokes or points than these are not replayed: a page could not take them. */
const MOST_STROKES = 1000;
const MOST_POINTS = 100_000;

/**
 * The samples of an evaluation that were chosen, in an order. What is changed in them while they are looked at stays in
 * its place until they are listed anew; what comes to belong to the choice is put behind.
 */
export class GallerySession {
  /** Of all sessions: what comes late for one is nothing to the next. */
  private static revisions = 0;
  private revision = 0;
  /** Rows of the predictions, in the order in which they show. */
  private rows: Uint32Array = new Uint32Array(0);
  private strayed = 0;
  private judgment: Judgment;
  private judging: string;
  /** Answer to each row of the predictions, and its probability. */
  private predicted: Uint16Array;
  private confidence: Float32Array;
  /** Rows that the two above hold. */
  private known: Uint8Array;

  /** @param listed the rows of a session that this one takes the place of, as they stood there */
  constructor(
    private readonly live: LiveEvaluation,
    private readonly readers: readonly SplitReader[],
    private readonly chosen: ChosenSamples,
    private sort: Sort,
    listed?: Uint32Array,
  ) {
    const samples = live.evaluation.places.length;
    this.judgment = live.judgment;
    this.judging = JSON.stringify(live.spec.judging);
    this.predicted = new Uint16Array(samples);
    this.confidence = new Float32Array(samples);
    this.known = new Uint8Array(samples);
    if (listed) this.rows = listed.filter((row) => row < samples);
    if (listed) this.keepUp();
    else this.refresh();
  }

  /** The rows in the order in which they show. */
  get listed(): Uint32Array {
    return this.rows;
  }

  get pictureSize(): { height: number; width: number } {
    return this.live.dataset;
  }

  list(undo: string | undefined): GalleryList {
    const wrong = this.rows.reduce((sum, row) => sum + Number(!this.isRight(row)), 0);
    return {
      type: 'list',
      revision: this.revision,
      sort: this.sort,
      total: this.rows.length,
      wrong,
      strayed: this.strayed,
      answers: [...this.judgment.classes],
      ...(undo !== undefined && { undo }),
    };
  }

  sortBy(sort: Sort): void {
    this.sort = sort;
    this.refresh();
  }

  /** Lists the samples that belong to the choice now. */
  refresh(): void {
    this.showRows(chosenRows(this.live, this.chosen));
    this.rows = ordered(this.rows, this.sort, {
      confidence: this.confidence,
      labels: this.live.labels,
      isRight: (row) => this.isRight(row),
    });
    this.strayed = 0;
  }

  /** Takes up what the evaluation says now; judged by other options it is listed anew. */
  keepUp(): void {
    const judging = JSON.stringify(this.live.spec.judging);
    this.judgment = this.live.judgment;
    if (judging !== this.judging) {
      this.judging = judging;
      this.known.fill(0);
      this.refresh();
      return;
    }
    const chosen = chosenRows(this.live, this.chosen);
    const before = new Set(this.rows);
    const joined = chosen.filter((row) => !before.has(row));
    const rows = new Uint32Array(this.rows.length + joined.length);
    rows.set(this.rows);
    rows.set(joined, this.rows.length);
    this.showRows(rows);
    this.strayed = rows.length - chosen.length;
  }

  /** The samples of a page; undefined where the list is another by now. */
  async page(revision: number, page: number): Promise<GalleryPage | undefined> {
    if (revision !== this.revision) return undefined;
    const rows = this.rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
    const places = Array.from(rows, (row) => this.storedPlace(row));
    const { labels } = this.live;
    // as they are now: they may change while the pictures are read
    const about = {
      labels: Uint16Array.from(rows, (row) => labels[row] ?? 0),
      predicted: Uint16Array.from(rows, (row) => this.predicted[row] ?? 0),
      probabilities: Float32Array.from(rows, (row) => this.confidence[row] ?? 0),
      splits: Uint8Array.from(places, ({ split }) => SPLITS.indexOf(split)),
      indexes: Uint32Array.from(places, ({ index }) => index),
      marks: Uint8Array.from(rows, (row) => this.marks(row)),
    };
    const pixels = await picturesAt(this.readers, this.live.dataset, places);
    return { type: 'page', revision, page, pixels, ...about };
  }

  /** One sample, with all that is stored of it; undefined where the list is another by now. */
  async look(revision: number, place: number): Promise<LookedAt | undefined> {
    const row = this.rowAt(revision, place);
    if (row === undefined) return undefined;
    const stored = this.storedPlace(row);
    const { judgment, live } = this;
    const probabilities = new Float32Array(judgment.classes.length);
    judgment.rowProbabilities(row, probabilities);
    const sample = await this.stored(stored);
    const right = judgment.answerTo(live.labels[row] ?? 0);
    return {
      type: 'sample',
      revision,
      place,
      ...stored,
      label: this.className(live.labels[row]),
      stored: this.className(live.evaluation.labels[row]),
      predicted: this.predicted[row] ?? 0,
      ...(right !== undefined && { right }),
      excluded: (this.marks(row) & EXCLUDED) !== 0,
      pixels: await picturesAt(this.readers, live.dataset, [stored]),
      ...(sample?.kind === 'ink' &&
        isReplayable(sample) && {
          ink: sample.ink.map((stroke) => stroke.map((point): Point => [...point])),
        }),
      probabilities,
    };
  }

  /** What is stored of the sample at a place; undefined where the list is another by now. */
  async sample(
    revision: number,
    place: number,
  ): Promise<(StoredPlace & { sample: StoredSample }) | undefined> {
    const row = this.rowAt(revision, place);
    if (row === undefined) return undefined;
    const stored = this.storedPlace(row);
    const sample = await this.stored(stored);
    return sample && { ...stored, sample };
  }

  /** The output of the model that says an answer of the sample, the likeliest where several do. */
  outputFor(revision: number, place: number, answer: number): string | undefined {
    const row = this.rowAt(revision, place);
    if (row === undefined) return undefined;
    const { evaluation } = this.live;
    const outputs = new Float32Array(evaluation.header.outputs.length);
    evaluation.predictions.read(row, outputs);
    const saying = this.judgment.outputsOf(answer);
    const likeliest = [...saying].sort((a, b) => (outputs[b] ?? 0) - (outputs[a] ?? 0))[0];
    return likeliest === undefined ? undefined : evaluation.header.outputs[likeliest];
  }

  count(revision: number, ranges: readonly Range[]): number {
    return this.rowsIn(revision, ranges).length;
  }

  /** Classes of the dataset, that which the model takes most of these samples for first. */
  classesFor(revision: number, ranges: readonly Range[]): string[] {
    const { classes } = this.live.dataset;
    const votes = new Map<string, number>();
    for (const row of this.rowsIn(revision, ranges)) {
      const answer = this.judgment.classes[this.predicted[row] ?? 0] ?? '';
      votes.set(answer, (votes.get(answer) ?? 0) + 1);
    }
    const rank = (name: string) => -(votes.get(name) ?? 0);
    return [...classes].sort((a, b) => rank(a) - rank(b));
  }

  /** Gives samples another class; undefined where the list is another by now. */
  relabel(revision: number, ranges: readonly Range[], label: string): SampleEdit | undefined {
    const rows = this.rowsIn(revision, ranges);
    if (rows.length === 0) return undefined;
    return relabelEdit(
      label,
      rows.length,
      rows.map((row) => this.edited(row, label, false)),
    );
  }

  /** Leaves samples out, or takes them back in; undefined where the list is another by now. */
  exclude(revision: number, ranges: readonly Range[], excluded: boolean): SampleEdit | undefined {
    const rows = this.rowsIn(revision, ranges);
    if (rows.length === 0) return undefined;
    return excludeEdit(
      excluded,
      rows.length,
      rows.map((row) => this.edited(row, this.className(this.live.labels[row]), excluded)),
    );
  }

  /** Where samples are stored. */
  storedPlaces(revision: number, ranges: readonly Range[]): StoredPlace[] {
    return this.rowsIn(revision, ranges).map((row) => this.storedPlace(row));
  }

  /** Samples with their labels, as they are kept elsewhere. */
  async *labeled(
    revision: number,
    ranges: readonly Range[],
  ): AsyncGenerator<{ label: string; sample: StoredSample }> {
    for (const row of this.rowsIn(revision, ranges)) {
      const sample = await this.stored(this.storedPlace(row));
      if (sample) yield { label: this.className(this.live.labels[row]), sample };
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.close()));
  }

  private showRows(rows: Uint32Array): void {
    this.revision = ++GallerySession.revisions;
    this.rows = Uint32Array.from(rows);
    const shares = new Float32Array(this.judgment.classes.length);
    for (const row of rows) {
      if (this.known[row]) continue;
      this.judgment.rowProbabilities(row, shares);
      const answer = likeliest(shares);
      this.known[row] = 1;
      this.predicted[row] = answer;
      this.confidence[row] = shares[answer] ?? 0;
    }
  }

  private isRight(row: number): boolean {
    return this.judgment.answerTo(this.live.labels[row] ?? 0) === this.predicted[row];
  }

  private marks(row: number): number {
    const { labels, evaluation } = this.live;
    const excluded = this.live.changeAt(evaluation.places[row] ?? 0)?.excluded === true;
    const relabeled = labels[row] !== evaluation.labels[row];
    return (excluded ? EXCLUDED : 0) | (relabeled ? RELABELED : 0) | (this.isRight(row) ? RIGHT : 0);
  }

  private className(label = 0): string {
    return this.live.evaluation.header.classes[label] ?? '';
  }

  private storedPlace(row: number): StoredPlace {
    const { places, header } = this.live.evaluation;
    const place = places[row] ?? 0;
    return storedPlace(this.live.dataset, header.of, place) ?? { split: header.of, index: place };
  }

  private stored({ split, index }: StoredPlace): Promise<StoredSample | undefined> {
    const reader = this.readers.find((each) => each.split === split);
    return reader ? reader.sample(index) : Promise.resolve(undefined);
  }

  private rowAt(revision: number, place: number): number | undefined {
    return revision === this.revision ? this.rows[place] : undefined;
  }

  private rowsIn(revision: number, ranges: readonly Range[]): number[] {
    if (revision !== this.revision) return [];
    return ranges.flatMap(([first, last]) => [...this.rows.subarray(first, last + 1)]);
  }

  private edited(row: number, label: string, excluded: boolean): EditedSample {
    const asStored = label === this.className(this.live.evaluation.labels[row]);
    return { ...this.storedPlace(row), label: asStored ? undefined : label, excluded };
  }
}

/** The index of the greatest, the first of several. */
function likeliest(shares: Float32Array): number {
  let best = 0;
  for (let index = 1; index < shares.length; index++) {
    if ((shares[index] ?? 0) > (shares[best] ?? 0)) best = index;
  }
  return best;
}

function isReplayable({ ink }: Extract<StoredSample, { kind: 'ink' }>): boolean {
  return ink.length <= MOST_STROKES && ink.every((stroke) => stroke.length <= MOST_POINTS);
}
