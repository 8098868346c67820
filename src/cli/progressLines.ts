import { duration, formatBytes } from '../base/words';
import type { DownloadProgress } from '../datasets/download/progress';
import type { ImportProgress } from '../datasets/import/watch';
import { say } from './output';

const WORDS: Record<DownloadProgress['phase'], string> = {
  waiting: 'waiting for another process that has it in hand',
  offline: 'waiting for the network',
  downloading: 'downloading',
  checking: 'checking',
  building: 'unpacking',
};
/** Milliseconds between two lines of the same phase. */
const LINE_AGAIN = 2000;
/** Samples between two lines. */
const SAMPLES_AGAIN = 20_000;

/** Says how far a download is: a line when something else begins, and one now and then. */
export function progressLines(): (progress: DownloadProgress) => void {
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

/** Says now and then how many samples are done. */
export function sampleLines(): (progress: ImportProgress) => void {
  let next = SAMPLES_AGAIN;
  return ({ done, total }) => {
    if (done < next) return;
    next = done + SAMPLES_AGAIN;
    say(`${String(done)} of ${String(total)}`);
  };
}
