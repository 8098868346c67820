import { loadModel } from '../../src/engine/models/loadModel';
import { writeCard } from '../../src/models/modelFolder';
import { say } from '../training/recipeOptions';
import { scoresOf } from './scores';

/** Measures the model in a folder, says its scores, and gives them to its card. */
export async function keepScores(folder: string, data: string): Promise<void> {
  const model = await loadModel(folder);
  const metrics = await scoresOf(model, data);
  for (const score of metrics) say(JSON.stringify(score));
  await writeCard(folder, { ...model.card, metrics });
}
