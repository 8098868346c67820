import type { Manifest } from '../../datasets/manifest';
import {
  type BrowsedDataset,
  type BrowseView,
  EXCLUDED,
  type Filter,
  type Page,
  PAGE_SIZE,
  type Range,
  RELABELLED,
  type Shown,
} from '../../protocol/browse';
import type { OverlayStep } from '../../datasets/overlay';
import { type ChangedSample, type Marks, stepsOf } from './changes';
import type { SplitReader, StoredSample } from './sampleReader';
import { counted } from './words';

/** What was done, in words, and what an overlay must be told of it. */
export interface Done {
  readonly name: string;
  readonly steps: readonly OverlayStep[];
}

/** What a change took from its samples, so that it can be given back. */
interface Change extends Done {
  readonly samples: Uint32Array;
  readonly labels: Uint16Array;
  readonly flags: Uint8Array;
}

/** Changes that can be undone; more would keep memory for nothing. */
const MOST_UNDOS = 50;

/**
 * A dataset that is looked through: which samples pass the filter, and what was changed of them. A sample's number
 * counts through all splits, in the order of the readers; its place counts through those that pass.
 */
export class BrowseSession {
  /** Index of every sample's class, as relabelled. */
  private readonly labels: Uint16Array;
  /** Sums of EXCLUDED and RELABELLED. */
  private readonly flags: Uint8Array;
  /** Number of the first sample of each split. */
  private readonly starts: readonly number[];
  private readonly undos: Change[] = [];
  private filter: Filter = { classes: [], shown: 'all' };
  private places = new Uint32Array(0);

  /** @param revision of the last view of a session that this one takes the place of */
  constructor(
    private readonly manifest: Manifest,
    private readonly readers: readonly SplitReader[],
    marks: Marks,
    private revision = 0,
  ) {
    const total = readers.reduce((sum, { labels }) => sum + labels.length, 0);
    this.labels = new Uint16Array(total);
    this.flags = new Uint8Array(total);
    let start = 0;
    this.starts = readers.map(({ labels }) => {
      this.labels.set(labels, start);
      const first = start;
      start += labels.length;
      return first;
    });
    this.apply(marks);
    this.show(this.filter);
  }

  get dataset(): BrowsedDataset {
    const { id, name, height, width, classes } = this.manifest;
    const splits = this.readers.map(({ split, labels }) => ({ name: split, count: labels.length }));
    return { type: 'dataset', id, name, height, width, classes, splits };
  }

  /** Of the stored samples that it shows. */
  get checksum(): string {
    return this.manifest.checksum;
  }

  get classes(): readonly string[] {
    return this.manifest.classes;
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

  view(): BrowseView {
    const undo = this.undos.at(-1)?.name;
    return {
      type: 'view',
      revision: this.revision,
      filter: this.filter,
      total: this.places.length,
      counts: this.counts(),
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

  /** Gives samples another class; they count again, where they were left out. */
  relabel(revision: number, ranges: readonly Range[], label: number): Done | undefined {
    const samples = this.samplesIn(revision, ranges);
    const name = `Relabelled ${counted(samples.length, 'sample')} as ${this.classes[label]}`;
    return this.change(name, samples, (sample) => {
      this.labels[sample] = label;
      this.flags[sample] = this.originalLabel(sample) === label ? 0 : RELABELLED;
    });
  }

  /** Leaves samples out, or takes them back in. */
  exclude(revision: number, ranges: readonly Range[], excluded: boolean): Done | undefined {
    const samples = this.samplesIn(revision, ranges);
    const name = `${excluded ? 'Excluded' : 'Included'} ${counted(samples.length, 'sample')}`;
    return this.change(name, samples, (sample) => this.setFlag(sample, EXCLUDED, excluded));
  }

  /** Takes the last change back; undefined where there is none. */
  undo(): Done | undefined {
    const change = this.undos.pop();
    if (!change) return undefined;
    change.samples.forEach((sample, at) => {
      this.labels[sample] = change.labels[at] ?? 0;
      this.flags[sample] = change.flags[at] ?? 0;
    });
    this.look();
    return change;
  }

  async close(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.close()));
  }

  private apply(marks: Marks): void {
    for (const { split, relabelled, excluded } of marks) {
      const at = this.readers.findIndex((reader) => reader.split === split);
      const start = this.starts[at];
      const length = this.readers[at]?.labels.length ?? 0;
      if (start === undefined) continue;
      for (const [index, label] of relabelled) {
        if (index >= length || label >= this.classes.length) continue;
        this.labels[start + index] = label;
        this.setFlag(start + index, RELABELLED, this.originalLabel(start + index) !== label);
      }
      for (const index of excluded) if (index < length) this.setFlag(start + index, EXCLUDED, true);
    }
  }

  /** Lists the samples that pass the filter. */
  private look(): void {
    this.revision += 1;
    const [first, end] = this.bounds();
    const chosen = new Set(this.filter.classes);
    const found = new Uint32Array(end - first);
    let count = 0;
    for (let sample = first; sample < end; sample++) {
      if (chosen.size > 0 && !chosen.has(this.labels[sample] ?? 0)) continue;
      if (passes(this.filter.shown, this.flags[sample] ?? 0)) found[count++] = sample;
    }
    this.places = found.slice(0, count);
  }

  private counts(): number[] {
    const counts = new Array<number>(this.classes.length).fill(0);
    const [first, end] = this.bounds();
    for (let sample = first; sample < end; sample++) {
      const label = this.labels[sample] ?? 0;
      if (passes(this.filter.shown, this.flags[sample] ?? 0)) counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
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

  private change(name: string, samples: Uint32Array, change: (sample: number) => void): Done | undefined {
    if (samples.length === 0) return undefined;
    const labels = Uint16Array.from(samples, (sample) => this.labels[sample] ?? 0);
    const flags = Uint8Array.from(samples, (sample) => this.flags[sample] ?? 0);
    samples.forEach(change);
    const done = { name, samples, labels, flags, steps: stepsOf(this.changed(samples)) };
    this.undos.push(done);
    if (this.undos.length > MOST_UNDOS) this.undos.shift();
    this.look();
    return done;
  }

  private *changed(samples: Uint32Array): Generator<ChangedSample> {
    for (const sample of samples) {
      const at = this.splitOf(sample);
      const flags = this.flags[sample] ?? 0;
      yield {
        split: this.readers[at]?.split ?? 'all',
        index: sample - (this.starts[at] ?? 0),
        label: flags & RELABELLED ? this.classes[this.labels[sample] ?? 0] : undefined,
        excluded: (flags & EXCLUDED) !== 0,
      };
    }
  }

  /** The pictures of samples that may lie in several splits; within a split they ascend. */
  private async pictures(splits: Uint8Array, indexes: Uint32Array): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [];
    for (const [at, reader] of this.readers.entries()) {
      const wanted = [...indexes].filter((_, sample) => splits[sample] === at);
      if (wanted.length > 0) parts.push(await reader.pictures(wanted));
    }
    const pixels = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      pixels.set(part, at);
      at += part.length;
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
    case 'relabelled':
      return (flags & RELABELLED) !== 0;
  }
}
