import type { DownloadProgress } from '../../datasets/download/progress';
import { counted, duration, formatBytes, ofBytes, percentDone } from '../../base/words';
import { samplesOf } from '../../datasets/store/manifest';
import type { DatasetEntry } from '../../datasets/store/datasetEntry';

/** What a dataset is doing, as the user sees it. */
export type DatasetState = 'absent' | 'downloading' | 'paused' | 'ready' | 'damaged';

/** The state on the disk, and whether this window is downloading. */
export function stateOf({ state }: DatasetEntry, running: boolean): DatasetState {
  if (running) return 'downloading';
  return state === 'partial' ? 'paused' : state;
}

/** What a row of the tree is to the menus in package.json. */
export function contextOf(entry: DatasetEntry, state: DatasetState): string {
  return `dataset.${state}${entry.catalog ? '.known' : ''}`;
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
      return `preparing, ${percentDone(doneBytes, totalBytes)}`;
    case 'downloading': {
      const speed = bytesPerSecond > 0 ? [`${formatBytes(bytesPerSecond)}/s`] : [];
      const left = secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`];
      return [ofBytes(doneBytes, totalBytes), ...speed, ...left].join(', ');
    }
  }
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
