import type { Manifest } from '../../datasets/store/manifest';
import { keptOf, type Overlay, type OverlayChange } from '../../datasets/overlay';
import type { SampleEdit } from '../../datasets/sampleEdit';
import { storedPlace } from '../../datasets/store/storedSplit';
import type { LabelIssues } from '../../protocol/engine/evaluation';
import { type ReviewQueue, type ReviewSpec, Verdict, type Verdicts } from '../../protocol/pages/review';
import { marksOf } from '../samples/marks';
import type { StoredPlace } from '../samples/placedPictures';

/** What was decided of one label. */
export interface Decided extends SampleEdit {
  /** Its place in the queue. */
  readonly at: number;
}

/**
 * Suspicious labels that are gone through: the queue stays as it is, and what was made of each label follows from the
 * dataset's overlay, whoever wrote it.
 */
export class ReviewSession {
  /** Where each sample of the queue lies. */
  readonly places: readonly StoredPlace[];
  /** A Verdict of each label. */
  private verdicts: Uint8Array;
  /** Class of each sample as it is now. */
  private labels: Uint16Array;

  constructor(
    private readonly spec: ReviewSpec,
    private readonly manifest: Manifest,
    private readonly found: LabelIssues,
    overlay: Overlay,
  ) {
    this.places = found.issues.map(
      ({ place }) => storedPlace(manifest, found.of, place) ?? { split: found.of, index: place },
    );
    this.verdicts = new Uint8Array(this.places.length);
    this.labels = new Uint16Array(this.places.length);
    this.applyOverlay(overlay);
  }

  /** Of the stored samples that were judged. */
  get checksum(): string {
    return this.found.checksum;
  }

  get classes(): readonly string[] {
    return this.found.classes;
  }

  /** The classes of a label, as it was given and as the model reads it, with their probabilities. */
  issue(at: number) {
    return this.found.issues[at];
  }

  queue(): ReviewQueue {
    const { spec, manifest, found } = this;
    const { issues, learning, samples, leftOut, total, classes } = found;
    const { height, width } = manifest;
    return {
      type: 'queue',
      spec,
      model: found.modelName,
      dataset: manifest.name,
      ...{ height, width, learning, samples, leftOut, total, classes },
      places: Uint32Array.from(this.places, ({ index }) => index),
      given: Uint16Array.from(issues, ({ given }) => given),
      suggested: Uint16Array.from(issues, ({ suggested }) => suggested),
      probability: Float32Array.from(issues, ({ probability }) => probability),
      suggestedProbability: Float32Array.from(issues, ({ suggestedProbability }) => suggestedProbability),
      margin: Float32Array.from(issues, ({ margin }) => margin),
    };
  }

  /**
   * @param undo what can be undone, in words
   * @param done what was just decided or undone
   */
  shown(undo: string | undefined, done?: Decided, undone = false): Verdicts {
    return {
      type: 'verdicts',
      verdicts: this.verdicts.slice(),
      labels: this.labels.slice(),
      ...(undo !== undefined && { undo }),
      ...(done && { done: { at: done.at, name: done.name, undone } }),
    };
  }

  /** Where the samples lie of whose labels this was made. */
  placesWith(verdict: Verdict): StoredPlace[] {
    return this.places.filter((_, at) => this.verdicts[at] === verdict);
  }

  /** The stored label is right, and is not asked about again. */
  keep(at: number): Decided | undefined {
    const place = this.places[at];
    const given = this.found.issues[at]?.given;
    if (!place || given === undefined) return undefined;
    const one = oneOf(place);
    const changed = this.verdicts[at] === Verdict.relabeled || this.verdicts[at] === Verdict.excluded;
    const steps = changed ? [{ ...one, change: { restore: true as const } }] : [];
    return this.decide(at, Verdict.kept, given, `Kept as ${this.nameOf(given)}`, { steps, kept: [one] });
  }

  /** The sample is of another class. */
  relabel(at: number, label: number): Decided | undefined {
    const place = this.places[at];
    const name = this.classes[label];
    if (!place || name === undefined) return undefined;
    if (label === this.found.issues[at]?.given) return this.keep(at);
    const steps = [{ ...oneOf(place), change: { label: name } }];
    return this.decide(at, Verdict.relabeled, label, `Relabeled as ${name}`, { steps });
  }

  /** The sample is left out of training and evaluation. */
  exclude(at: number): Decided | undefined {
    const place = this.places[at];
    if (!place) return undefined;
    const steps = [{ ...oneOf(place), change: { exclude: true as const } }];
    return this.decide(at, Verdict.excluded, this.labels[at] ?? 0, 'Excluded', { steps });
  }

  /**
   * Takes up what an overlay says, from wherever it was changed.
   *
   * @returns whether that is something else than before
   */
  applyOverlay(overlay: Overlay): boolean {
    const { verdicts, labels } = this;
    this.verdicts = new Uint8Array(this.places.length);
    this.labels = Uint16Array.from(this.found.issues, ({ given }) => given);
    const splits = [...new Set(this.places.map(({ split }) => split))];
    const marks = new Map(marksOf(overlay, splits, this.classes).map((each) => [each.split, each]));
    const kept = new Map(splits.map((split) => [split, keptOf(overlay, split)]));
    this.places.forEach(({ split, index }, at) => {
      const given = this.labels[at];
      const label = marks.get(split)?.relabeled.get(index);
      const relabeled = label !== undefined && label !== given;
      if (relabeled) this.labels[at] = label;
      if (marks.get(split)?.excluded.has(index)) this.verdicts[at] = Verdict.excluded;
      else if (relabeled) this.verdicts[at] = Verdict.relabeled;
      else this.verdicts[at] = kept.get(split)?.has(index) ? Verdict.kept : Verdict.open;
    });
    return !same(verdicts, this.verdicts) || !same(labels, this.labels);
  }

  private decide(
    at: number,
    verdict: Verdict,
    label: number,
    name: string,
    change: OverlayChange,
  ): Decided | undefined {
    if (this.verdicts[at] === verdict && this.labels[at] === label) return undefined;
    this.verdicts[at] = verdict;
    this.labels[at] = label;
    return { at, name, ...change };
  }

  private nameOf(label: number): string {
    return this.classes[label] ?? '';
  }
}

function oneOf({ split, index }: StoredPlace) {
  return { split, indices: [index] };
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, at) => value === b[at]);
}
