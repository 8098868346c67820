import type { HandwritingSample } from '../../datasets/myHandwriting';
import { changeOverlay, takeBack } from '../../datasets/overlay';
import type { Keeper } from '../keeper';
import { Turns } from '../turns';
import type { Change } from './gallerySession';

/** What was done, and how it is taken back. */
interface Done {
  readonly name: string;
  undo(): Promise<unknown>;
}

/** What is done is undone at most so often; more would keep memory for nothing. */
const MOST_UNDOS = 50;

/** What a person did with the samples of a dataset, one after the other, and can take back. */
export class SampleEdits {
  private readonly done: Done[] = [];
  /** Changes are written in the order in which they are made. */
  private readonly turns = new Turns();

  /** @param folder of the dataset */
  constructor(
    private readonly folder: string,
    private readonly keeper: Keeper,
  ) {}

  /** What undo would take back, in words. */
  get undoes(): string | undefined {
    return this.done.at(-1)?.name;
  }

  /** Writes a change beside the samples. */
  async change(change: Change): Promise<void> {
    await this.turns.take(() => changeOverlay(this.folder, change));
    this.note({ name: change.name, undo: () => takeBack(this.folder, change) });
  }

  /** Keeps drawings as samples of the person's own hand. */
  async keep(name: string, samples: readonly HandwritingSample[]): Promise<void> {
    const files: string[] = [];
    await this.turns.take(async () => {
      for (const sample of samples) files.push(await this.keeper.keep(sample.label, sample));
    });
    this.note({ name, undo: () => this.keeper.takeBack(files) });
  }

  /** Takes the last one back; gives what that was, in words, undefined where there is none. */
  async undo(): Promise<string | undefined> {
    const last = this.done.pop();
    if (last) await this.turns.take(() => last.undo());
    return last?.name;
  }

  private note(done: Done): void {
    this.done.push(done);
    if (this.done.length > MOST_UNDOS) this.done.shift();
  }
}
