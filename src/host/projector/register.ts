import { currentOrEvaluated } from '../evaluation/evaluateModel';
import type { Evaluation } from '../evaluation/register';
import type { GalleryTab } from '../gallery/galleryTab';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { exportCurrentEmbeddings, exportEmbeddings } from './exportEmbeddings';
import { projectorTabs } from './projectorPanel';

export interface ProjectorNeeds {
  readonly evaluation: Evaluation;
  readonly gallery: GalleryTab;
}

/** Laying samples of evaluations out in the plane. */
export function registerProjector(shell: Shell, { evaluation, gallery }: ProjectorNeeds): void {
  const { engine, evaluations, library, models } = evaluation;
  const tabs = shell.own(
    projectorTabs(shell, {
      ...{ engine, evaluations, gallery, store: library.store, bundled: models.bundled },
      exportEmbeddings: (spec, most) => exportEmbeddings(evaluation, spec, most),
    }),
  );
  shell.commands({
    [Command.openProjector]: async () => {
      const spec = await currentOrEvaluated(evaluation, 'Open Projector');
      if (spec) tabs.show(spec);
    },
    [Command.exportEmbeddings]: () => exportCurrentEmbeddings(evaluation),
  });
}
