import { curvesCsv } from './curvesCsv';
import { saveText } from './saveText';
import type { TrainingRuns } from './trainingRuns';

/** Asks where a picture of the curves goes, and writes it. */
export async function exportCurvesSvg(svg: string): Promise<void> {
  await saveText('Curves', 'curves.svg', { SVG: ['svg'] }, () => Promise.resolve(svg));
}

/** Asks where the runs' histories go, and writes every point of them as a table. */
export async function exportCurvesCsv(runs: TrainingRuns, ids: readonly string[]): Promise<void> {
  await saveText('Curves', 'curves.csv', { CSV: ['csv'] }, async () => {
    const records = await Promise.all(ids.map((id) => runs.store.find(id)));
    return curvesCsv(records.map(({ id, run, history }) => ({ name: run?.name ?? id, history })));
  });
}
