import { Turns } from '../../base/turns';
import { changeOverlay, type Overlay, takeBack } from '../../datasets/overlay';
import type { SampleEdit } from '../../datasets/sampleEdit';

/** What was done with samples, and how it is undone. */
interface Done<E> {
  readonly name: string;
  /** What the overlay was told, where it was told something. */
  readonly edit?: E;
  undo(): Promise<Overlay | undefined>;
}

/** What was just done or undone, and the overlay behind it. */
export interface Written<E = SampleEdit> {
  readonly name: string;
  readonly edit: E | undefined;
  readonly overlay: Overlay | undefined;
  readonly undone: boolean;
}

/** More would keep memory for nothing. */
const MOST_UNDOS = 50;

/** What the user did with the samples of a dataset in one place, one after the other, and can undo. */
export class SampleEdits<E extends SampleEdit = SampleEdit> {
  private readonly done: Done<E>[] = [];
  private readonly turns = new Turns();

  /**
   * @param folder of the dataset
   * @param onWritten told of what was written before anything else is
   */
  constructor(
    private readonly folder: string,
    private readonly onWritten: (written: Written<E>) => unknown,
  ) {}

  /** What undo would take back, in words. */
  get undoes(): string | undefined {
    return this.done.at(-1)?.name;
  }

  /** Makes an edit, which is decided on when all before it are written. */
  edit(decide: () => E | undefined): Promise<void> {
    return this.between(async () => {
      const edit = decide();
      if (!edit) return;
      const overlay = await changeOverlay(this.folder, edit);
      await this.note({ name: edit.name, edit, undo: () => takeBack(this.folder, edit) }, overlay);
    });
  }

  /**
   * Does what no overlay says, such as keeping drawings elsewhere.
   *
   * @param work gives how it is undone
   */
  also(name: string, work: () => Promise<() => Promise<void>>): Promise<void> {
    return this.between(async () => {
      const takenBack = await work();
      await this.note({ name, undo: () => takenBack().then(() => undefined) });
    });
  }

  /** Undoes the last one, where there is one. */
  undo(): Promise<void> {
    return this.between(async () => {
      const last = this.done.at(-1);
      if (!last) return;
      const overlay = await last.undo();
      this.done.pop();
      await this.onWritten({ name: last.name, edit: last.edit, overlay, undone: true });
    });
  }

  /** Does some work while no edit is being written. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.run(work);
  }

  private async note(done: Done<E>, overlay?: Overlay): Promise<void> {
    this.done.push(done);
    if (this.done.length > MOST_UNDOS) this.done.shift();
    await this.onWritten({ name: done.name, edit: done.edit, overlay, undone: false });
  }
}
