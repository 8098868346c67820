import { isDeepStrictEqual } from 'node:util';
import { isOfTexts } from '../../datasets/ofTexts';
import type { Manifest } from '../../datasets/store/manifest';
import type { PictureShape } from '../../ink/drawInk';
import {
  type BrowsedDataset,
  type BrowseView,
  EXCLUDED,
  type Filter,
  type Page,
  PAGE_SIZE,
  type Range,
  RELABELED,
  type Shown,
} from '../../protocol/pages/browse';
import { type Overlay, withNewTexts } from '../../datasets/overlay';
import { type EditedSample, excludeEdit, relabelEdit, type SampleEdit } from '../../datasets/sampleEdit';
import type { StoredPlace } from '../samples/placedPictures';
import { type Marks, marksOf } from '../samples/marks';
import type { SplitReader, StoredSample } from '../samples/sampleReader';

/** Samples that show alone. */
export interface OnlySamples {
  readonly id: string;
  readonly title: string;
  readonly samples: readonly StoredPlace[];
}

/**
 * A dataset that is looked through: which samples pass the filter, and what an overlay says of them. It says
 * which edit a change is; whoever writes it to the overlay gives that back. A sample's number counts through all splits,
 * in the order of the readers; its place counts through those that pass.
 */
export class BrowseSession {
  /** Index of every sample's class, as relabeled. */
  private readonly labels: Uint16Array;
  /** Sums of EXCLUDED and RELABELED. */
  private readonly flags: Uint8Array;
  /** Number of the first sample of each split. */
  private readonly starts: readonly number[];
  private filter: Filter = { classes: [], shown: 'all' };
  private places = new Uint32Array(0);
  private only: OnlySamples | undefined;
  private named: readonly string[] = [];

  /** Of every picture. */
  private readonly shape: PictureShape | undefined;
  private revision: number;

  /**
   * @param options the shape that lines are drawn in, where the samples are lines; the revision of the last view of a
   *   session that this one takes the place of
   */
  constructor(
    private readonly manifest: Manifest,
    private readonly readers: readonly SplitReader[],
    private overlay: Overlay,
    { shape, revision = 0 }: { shape?: PictureShape | undefined; revision?: number } = {},
  ) {
    this.shape = shape;
    this.revision = revision;
    const total = readers.reduce((sum, { labels }) => sum + labels.length, 0);
    this.labels = new Uint16Array(total);
    this.flags = new Uint8Array(total);
    let start = 0;
    this.starts = readers.map(({ labels }) => {
      const first = start;
      start += labels.length;
      return first;
    });
    this.applyOverlay(overlay);
  }

  get dataset(): BrowsedDataset {
    const { id, name } = this.manifest;
    const { height, width } = this.shape ?? this.manifest;
    const classes = [...this.classes];
    const splits = this.readers.map(({ split, labels }) => ({ name: split, count: labels.length }));
    return { type: 'dataset', id, name, height, width, classes, splits };
  }

  get kind(): Manifest['kind'] {
    return this.manifest.kind;
  }

  /** Of the stored samples that it shows. */
  get checksum(): string {
    return this.manifest.checksum;
  }

  /** Its classes, and the texts that its ink was given. */
  get classes(): readonly string[] {
    return this.named;
  }

  /** Whether the samples are texts, of which each may be another, rather than characters. */
  get isOfTexts(): boolean {
    return isOfTexts(this.manifest);
  }

  /** Takes up what an overlay says by now. */
  applyOverlay(overlay: Overlay): void {
    this.overlay = overlay;
    this.named = withNewTexts(this.manifest, overlay).classes;
    this.readers.forEach(({ labels }, at) => this.labels.set(labels, this.starts[at]));
    this.flags.fill(0);
    const splits = this.readers.map(({ split }) => split);
    this.apply(marksOf(overlay, splits, this.classes));
    this.look();
  }

  /** Whether an overlay says what is shown already. */
  shows(overlay: Overlay): boolean {
    return isDeepStrictEqual(this.overlay.steps, overlay.steps);
  }

  /** Takes up a filter; what it names that the dataset has not is left out of it. */
  show({ split, classes, shown }: Filter): void {
    const known = this.readers.some((reader) => reader.split === split);
    this.filter = {
      classes: classes.filter((index) => index < this.classes.length),
      shown,
      ...(known && split !== undefined && { split }),
    };
    this.look();
  }

  /** Shows no samples but these, in their order; without them all. What the filter has not is left out all the same. */
  showOnly(only: OnlySamples | undefined): void {
    this.only = only;
    this.filter = { classes: [], shown: 'all' };
    this.look();
  }

  /** @param undo what can be undone, in words */
  view(undo?: string): BrowseView {
    return {
      type: 'view',
      revision: this.revision,
      filter: this.filter,
      total: this.places.length,
      counts: this.counts(),
      ...(this.only && { only: { id: this.only.id, title: this.only.title } }),
      ...(undo !== undefined && { undo }),
    };
  }

  /** The samples of a page; undefined where the view is another by now. */
  async page(revision: number, page: number): Promise<Page | undefined> {
    if (revision !== this.revision) return undefined;
    const samples = this.places.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
    const splits = Uint8Array.from(samples, (sample) => this.splitOf(sample));
    const indexes = Uint32Array.from(samples, (sample, at) => sample - (this.starts[splits[at] ?? 0] ?? 0));
    const labels = Uint16Array.from(samples, (sample) => this.labels[sample] ?? 0);
    const marks = Uint8Array.from(samples, (sample) => this.flags[sample] ?? 0);
    return {
      type: 'page',
      revision,
      page,
      pixels: await this.pictures(splits, indexes),
      labels,
      splits,
      indexes,
      marks,
    };
  }

  /** The sample at a place, as it was written. */
  async sample(revision: number, place: number): Promise<StoredSample | undefined> {
    const number = revision === this.revision ? this.places[place] : undefined;
    if (number === undefined) return undefined;
    const split = this.splitOf(number);
    return this.readers[split]?.sample(number - (this.starts[split] ?? 0));
  }

  /** How many samples the ranges hold; 0 where the view is another by now. */
  count(revision: number, ranges: readonly Range[]): number {
    return this.samplesIn(revision, ranges).length;
  }

  /** What the first sample of the ranges is labeled as; undefined where the view is another by now. */
  label(revision: number, ranges: readonly Range[]): string | undefined {
    const [first] = this.samplesIn(revision, ranges);
    return first === undefined ? undefined : this.classes[this.labels[first] ?? 0];
  }

  /** Gives samples another class; undefined where the view is another by now. */
  relabel(revision: number, ranges: readonly Range[], label: string): SampleEdit | undefined {
    const samples = this.samplesIn(revision, ranges);
    if (samples.length === 0) return undefined;
    const edited = this.edited(samples, (sample) => ({
      label: this.classes[this.originalLabel(sample)] === label ? undefined : label,
      excluded: false,
    }));
    return relabelEdit(label, samples.length, edited);
  }

  /** Leaves samples out, or takes them back in; undefined where the view is another by now. */
  exclude(revision: number, ranges: readonly Range[], excluded: boolean): SampleEdit | undefined {
    const samples = this.samplesIn(revision, ranges);
    if (samples.length === 0) return undefined;
    const edited = this.edited(samples, (sample) => ({
      label: (this.flags[sample] ?? 0) & RELABELED ? this.classes[this.labels[sample] ?? 0] : undefined,
      excluded,
    }));
    return excludeEdit(excluded, samples.length, edited);
  }

  async close(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.close()));
  }

  private apply(marks: Marks): void {
    for (const { split, relabeled, excluded } of marks) {
      const at = this.readers.findIndex((reader) => reader.split === split);
      const start = this.starts[at];
      const length = this.readers[at]?.labels.length ?? 0;
      if (start === undefined) continue;
      for (const [index, label] of relabeled) {
        if (index >= length || label >= this.classes.length) continue;
        this.labels[start + index] = label;
        this.setFlag(start + index, RELABELED, this.originalLabel(start + index) !== label);
      }
      for (const index of excluded) if (index < length) this.setFlag(start + index, EXCLUDED, true);
    }
  }

  /** Lists the samples that pass the filter. */
  private look(): void {
    this.revision += 1;
    const candidates = this.candidates();
    const chosen = new Set(this.filter.classes);
    const found = new Uint32Array(candidates.length);
    let count = 0;
    for (const sample of candidates) {
      if (chosen.size > 0 && !chosen.has(this.labels[sample] ?? 0)) continue;
      if (passes(this.filter.shown, this.flags[sample] ?? 0)) found[count++] = sample;
    }
    this.places = found.slice(0, count);
  }

  private counts(): number[] {
    const counts = new Array<number>(this.classes.length).fill(0);
    for (const sample of this.candidates()) {
      const label = this.labels[sample] ?? 0;
      if (passes(this.filter.shown, this.flags[sample] ?? 0)) counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
  }

  /** The samples of the filter's split that may show. */
  private candidates(): Uint32Array {
    const [first, end] = this.bounds();
    if (!this.only) return new Uint32Array(end - first).map((_, at) => first + at);
    const numbers = this.only.samples.map(({ split, index }) => {
      const at = this.readers.findIndex((reader) => reader.split === split);
      return (this.starts[at] ?? this.labels.length) + index;
    });
    return Uint32Array.from(numbers.filter((sample) => sample >= first && sample < end));
  }

  /** First sample of the filter's split, and the one behind its last. */
  private bounds(): [number, number] {
    const at = this.readers.findIndex(({ split }) => split === this.filter.split);
    if (at < 0) return [0, this.labels.length];
    return [this.starts[at] ?? 0, this.starts[at + 1] ?? this.labels.length];
  }

  private splitOf(sample: number): number {
    return this.starts.findLastIndex((start) => start <= sample);
  }

  private originalLabel(sample: number): number {
    const split = this.splitOf(sample);
    return this.readers[split]?.labels[sample - (this.starts[split] ?? 0)] ?? 0;
  }

  private setFlag(sample: number, flag: number, on: boolean): void {
    const flags = this.flags[sample] ?? 0;
    this.flags[sample] = on ? flags | flag : flags & ~flag;
  }

  private samplesIn(revision: number, ranges: readonly Range[]): Uint32Array {
    if (revision !== this.revision) return new Uint32Array(0);
    const parts = ranges.map(([first, last]) => this.places.subarray(first, last + 1));
    const samples = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      samples.set(part, at);
      at += part.length;
    }
    return samples;
  }

  private *edited(
    samples: Uint32Array,
    fate: (sample: number) => Pick<EditedSample, 'label' | 'excluded'>,
  ): Generator<EditedSample> {
    for (const sample of samples) {
      const at = this.splitOf(sample);
      const index = sample - (this.starts[at] ?? 0);
      yield { split: this.readers[at]?.split ?? 'all', index, ...fate(sample) };
    }
  }

  /** The pictures of samples that may lie in several splits, in their order. */
  private async pictures(splits: Uint8Array, indexes: Uint32Array): Promise<Uint8Array<ArrayBuffer>> {
    const { height, width } = this.shape ?? this.manifest;
    const size = height * width;
    const pixels = new Uint8Array(indexes.length * size);
    for (const [at, reader] of this.readers.entries()) {
      const own = [...indexes.keys()].filter((sample) => splits[sample] === at);
      if (own.length === 0) continue;
      const read = await reader.pictures(
        own.map((sample) => indexes[sample] ?? 0),
        this.shape,
      );
      own.forEach((sample, nth) => pixels.set(read.subarray(nth * size, (nth + 1) * size), sample * size));
    }
    return pixels;
  }
}

function passes(shown: Shown, flags: number): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'included':
      return (flags & EXCLUDED) === 0;
    case 'excluded':
      return (flags & EXCLUDED) !== 0;
    case 'relabeled':
      return (flags & RELABELED) !== 0;
  }
}
