import { open } from 'node:fs/promises';
import { historyBytes, historyFile } from './runFolder';
import { type HistoryLine, historyLineSchema } from './run';

/** Reads what another process adds to a run's history. */
export class HistoryTail {
  /** Bytes that were read, up to the end of a line. */
  private read = 0;

  constructor(private readonly folder: string) {}

  /** The lines since the last look, of the first one all; what is damaged is left out. */
  async news(): Promise<HistoryLine[]> {
    const bytes = await historyBytes(this.folder);
    // what was learned since the last checkpoint is learned again
    this.read = Math.min(this.read, bytes);
    if (bytes === this.read) return [];
    const text = await this.textFrom(this.read, bytes);
    const whole = text.subarray(0, text.lastIndexOf('\n') + 1);
    this.read += whole.length;
    return whole.toString('utf8').split('\n').flatMap(lineOf);
  }

  private async textFrom(start: number, end: number): Promise<Buffer> {
    const file = await open(historyFile(this.folder), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

function lineOf(text: string): HistoryLine[] {
  try {
    const { success, data } = historyLineSchema.safeParse(JSON.parse(text));
    return success ? [data] : [];
  } catch {
    return [];
  }
}
