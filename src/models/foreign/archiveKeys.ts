import { snakeCase } from '../kerasNames';

/** Names under which a `.keras` file keeps layers: not their own but their kinds', numbered from the second of each. */
export class ArchiveKeys {
  private readonly counts = new Map<string, number>();

  next(kind: string): string {
    const count = this.counts.get(kind) ?? 0;
    this.counts.set(kind, count + 1);
    return snakeCase(kind) + (count === 0 ? '' : `_${String(count)}`);
  }
}
