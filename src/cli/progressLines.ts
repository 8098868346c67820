import { formatBytes } from '../datasets/download/formatBytes';
import type { DownloadProgress } from '../datasets/download/progress';

const WORDS: Record<DownloadProgress['phase'], string> = {
  waiting: 'waiting for another process that has it in hand',
  downloading: 'downloading',
  checking: 'checking',
  building: 'unpacking',
};
/** Milliseconds between two lines of the same phase. */
const LINE_AGAIN = 2000;

/** Says how far a download is: a line when something else begins, and one now and then. */
export function progressLines(say: (line: string) => void): (progress: DownloadProgress) => void {
  let phase: DownloadProgress['phase'] | undefined;
  let said = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (progress.phase === phase && now - said < LINE_AGAIN) return;
    phase = progress.phase;
    said = now;
    say(progressLine(progress));
  };
}

function progressLine({
  phase,
  doneBytes,
  totalBytes,
  bytesPerSecond,
  secondsLeft,
}: DownloadProgress): string {
  if (phase !== 'downloading') return WORDS[phase];
  const speed = bytesPerSecond > 0 ? `  ${formatBytes(bytesPerSecond)}/s` : '';
  const left = secondsLeft === undefined ? '' : `  ${duration(secondsLeft)} left`;
  return `${WORDS[phase]}  ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}${speed}${left}`;
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds.toFixed(0)} s` : `${String(minutes)} min ${(seconds % 60).toFixed(0)} s`;
}
