import type { DownloadProgress } from '../../datasets/download/progress';
import { formatBytes } from '../../datasets/download/formatBytes';
import type { Manifest } from '../../datasets/manifest';
import type { DatasetEntry } from '../../datasets/store';

/** What a dataset is doing, as the person sees it. */
export type DatasetState = 'absent' | 'downloading' | 'paused' | 'ready' | 'damaged';

/** The state on the disk, and whether this window is downloading. */
export function stateOf({ state }: DatasetEntry, running: boolean): DatasetState {
  if (running) return 'downloading';
  return state === 'partial' ? 'paused' : state;
}

/** What a row of the tree is to the menus in package.json. */
export function contextOf(entry: DatasetEntry, state: DatasetState): string {
  return `dataset.${state}${entry.catalogue ? '.known' : ''}`;
}

/** How far something is of how much: '312 of 562 MB'. */
export function ofBytes(done: number, total: number): string {
  const whole = formatBytes(total);
  const part = formatBytes(done);
  const unit = / \S+$/.exec(whole)?.[0] ?? '';
  return `${part.endsWith(unit) ? part.slice(0, -unit.length) : part} of ${whole}`;
}

/** A download in words: how far, how fast, how long. */
export function describeProgress({
  phase,
  doneBytes,
  totalBytes,
  bytesPerSecond,
  secondsLeft,
}: DownloadProgress): string {
  switch (phase) {
    case 'waiting':
      return 'waiting for another window';
    case 'offline':
      return 'waiting for the network';
    case 'checking':
      return 'checking';
    case 'building':
      return `preparing, ${percent(doneBytes, totalBytes)}`;
    case 'downloading': {
      const speed = bytesPerSecond > 0 ? [`${formatBytes(bytesPerSecond)}/s`] : [];
      const left = secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`];
      return [ofBytes(doneBytes, totalBytes), ...speed, ...left].join(', ');
    }
  }
}

export function percent(done: number, total: number): string {
  return `${total > 0 ? Math.floor((100 * Math.min(done, total)) / total) : 0}%`;
}

/** A time as people say it: 40 s, 12 min, 2 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What stands behind a dataset's name. */
export function describeEntry(entry: DatasetEntry, progress: DownloadProgress | undefined): string {
  const { manifest, doneBytes, totalBytes } = entry;
  switch (stateOf(entry, progress !== undefined)) {
    case 'absent':
      return `${formatBytes(totalBytes)}, not downloaded`;
    case 'downloading':
      return progress ? describeProgress(progress) : '';
    case 'paused':
      return `${ofBytes(doneBytes, totalBytes)}, paused`;
    case 'damaged':
      return 'damaged';
    case 'ready':
      return manifest ? `${counted(samplesOf(manifest), 'sample')}, ${formatBytes(manifest.bytes)}` : '';
  }
}

/** All samples of a dataset, or of one split. */
export function samplesOf({ counts }: Manifest, split?: string): number {
  const lists = split === undefined ? Object.values(counts) : [counts[split] ?? []];
  return lists.flat().reduce((sum, count) => sum + count, 0);
}

/** A number of things: '1 class', '131,600 samples'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;
}
