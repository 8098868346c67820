import { UserError } from '../../base/userError';
import type { Evaluation } from '../evaluation/register';
import type { Pads } from '../pad/pads';
import type { Keeper } from '../samples/keeper';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { GalleryPage } from './galleryPage';
import { type GalleryTab, galleryTab } from './galleryTab';

export interface GalleryNeeds {
  readonly evaluation: Evaluation;
  readonly keeper: Keeper;
  readonly pad: Pads;
}

/** Looking at samples of evaluations. */
export function registerGallery(shell: Shell, { evaluation, keeper, pad }: GalleryNeeds): GalleryTab {
  const { library, evaluations, engine, current, models } = evaluation;
  const sendToPad = pad.showSample.bind(pad);
  const parts = { library, evaluations, engine, keeper, shell, sendToPad };
  const tab = shell.own(galleryTab(shell, parts, models.bundled));
  evaluation.listSamplesBy((page, spec) => new GalleryPage(page, parts, { spec }));
  shell.own(evaluation.onDidAskForSamples((spec) => tab.show({ spec })));
  shell.commands({
    [Command.openGallery]: () => {
      const { spec } = current;
      if (!spec) throw new UserError('Nothing was evaluated yet: run "Scrawl: Evaluate Model…" first.');
      tab.show({ spec: { evaluation: spec, samples: { kind: 'wrong' } } });
    },
  });
  return tab;
}
