import { appendFile, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { scalarsEvent, versionEvent } from './event';
import { tfRecord } from './record';

/** A file of scalars that TensorBoard reads, which grows while a run trains. */
export class EventsFile {
  private constructor(
    readonly file: string,
    private readonly now: () => number,
  ) {}

  /**
   * Begins a file of its own in a folder, which is made.
   *
   * @param now milliseconds since 1970
   */
  static async create(folder: string, now: () => number = Date.now): Promise<EventsFile> {
    await mkdir(folder, { recursive: true });
    const seconds = now() / 1000;
    const name = `events.out.tfevents.${Math.floor(seconds)}.${os.hostname()}.${process.pid}`;
    const events = new EventsFile(path.join(folder, name), now);
    await appendFile(events.file, tfRecord(versionEvent(seconds)));
    return events;
  }

  /** @param step that TensorBoard draws the numbers over */
  async write(step: number, scalars: Readonly<Record<string, number>>): Promise<void> {
    await appendFile(this.file, tfRecord(scalarsEvent(this.now() / 1000, step, scalars)));
  }
}
