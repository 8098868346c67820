import { counted, duration, grouped, percent, spoken } from '../../src/base/words';
import type { ProjectionPhase } from '../../src/protocol/projection';
import type { Layout } from '../../src/protocol/pages/projector';
import type { Points } from './points';

export const METHOD_NAMES: Record<Layout['method'], string> = { umap: 'UMAP', tsne: 't-SNE' };

/** A sample in words: for a screen reader, and under the pointer. */
export function describe(points: Points, at: number): string {
  const { classes, places } = points.projected;
  const name = (index: number) => spoken(classes[index] ?? '');
  const [truth, predicted] = [name(points.truth(at)), name(points.predicted(at))];
  const read = points.isWrong(at) ? `${truth} taken for ${predicted}` : `${truth} read right`;
  return `${read}, ${percent(points.probability(at))}. Sample ${grouped(places[at] ?? 0)}`;
}

/** What is shown, in one sentence. */
export function summary(points: Points): string {
  const wrong = Array.from(points.projected.places, (_, at) => points.isWrong(at)).filter(Boolean).length;
  const { layout, classes } = points.projected;
  const of = new Set(points.projected.truth).size || classes.length;
  return `${counted(points.count, 'sample')} of ${of} classes laid out by ${METHOD_NAMES[layout.method]}, ${grouped(wrong)} of them read wrong.`;
}

/** How far the work is. */
export function progress(
  phase: ProjectionPhase,
  done: number,
  total: number,
  secondsLeft: number | undefined,
): string {
  const left = secondsLeft === undefined ? '' : `, about ${duration(secondsLeft)} left`;
  switch (phase) {
    case 'embedding':
      return `The network reads samples: ${grouped(done)} of ${grouped(total)}${left}`;
    case 'neighbors':
      return `Looking for neighbors: ${grouped(done)} of ${grouped(total)}${left}`;
    case 'layout':
      return `Laying out: step ${grouped(done)} of ${grouped(total)}${left}`;
  }
}

/** Seconds that layouts of so many samples took on two cores, see `test/bench/RESULTS.md`; 0 of none. */
const MEASURED: Record<Layout['method'], readonly (readonly [count: number, seconds: number])[]> = {
  umap: [
    [0, 0],
    [2000, 8],
    [5000, 20],
    [10_000, 26],
    [20_000, 67],
  ],
  tsne: [
    [0, 0],
    [2000, 9],
    [5000, 24],
    [10_000, 51],
    [20_000, 150],
  ],
};

/** How many samples are laid out, and how long that usually takes once the network has read them. */
export function countLabel(method: Layout['method'], most: number, total: number): string {
  const count = Math.min(most, total);
  const which =
    count === total ? `All ${counted(total, 'sample')}` : `${grouped(count)} of ${counted(total, 'sample')}`;
  return `${which}, about ${duration(secondsFor(method, count))}`;
}

/** Between two measurements as if the time grew evenly. */
function secondsFor(method: Layout['method'], count: number): number {
  const measured = MEASURED[method];
  const next = Math.max(
    1,
    measured.findIndex(([of]) => of >= count),
  );
  const [[fewer, less] = [0, 0], [more, longer] = [1, 0]] = measured.slice(next - 1, next + 1);
  return less + ((count - fewer) / (more - fewer)) * (longer - less);
}
