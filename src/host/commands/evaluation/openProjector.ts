import type { ProjectorPanels } from '../../views/projectorPanel';
import { currentOrEvaluated, type EvaluateParts } from './evaluateModel';

export interface ProjectParts extends EvaluateParts {
  projectors: ProjectorPanels;
}

/** Lays the samples of the window's evaluation out in a tab; where nothing was evaluated it asks for that first. */
export async function openProjector(parts: ProjectParts): Promise<void> {
  const spec = await currentOrEvaluated(parts, 'Open Projector');
  if (spec) parts.projectors.show(spec);
}
