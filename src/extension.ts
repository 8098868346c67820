import type * as vscode from 'vscode';
import { registerBackends } from './host/backends/register';
import { registerBrowse } from './host/browse/register';
import { registerDatasetReport } from './host/datasetReport/register';
import { registerDatasets } from './host/datasets/register';
import { registerEngine } from './host/engine/register';
import { registerEvaluation } from './host/evaluation/register';
import { registerGallery } from './host/gallery/register';
import { registerImages } from './host/images/register';
import { registerModels } from './host/models/register';
import { registerNetworks } from './host/networks/register';
import { registerPad } from './host/pad/register';
import { registerPersonal } from './host/personal/register';
import { registerProjector } from './host/projector/register';
import { registerReview } from './host/review/register';
import { Shell } from './host/shell/shell';
import { registerSymbols } from './host/symbols/register';
import { registerTraining } from './host/training/register';

/** Registers every feature with VS Code, each given those below it; all is disposed with the window. */
export function activate(context: vscode.ExtensionContext): void {
  const begun = performance.now();
  const shell = new Shell(context);
  const { engine, workEngine } = registerEngine(shell);
  registerBackends(shell, { engine });
  const { library, keeper, importer } = registerDatasets(shell);
  registerNetworks(shell, { library });
  const { models, inUse } = registerModels(shell, { library, engine });
  const { pad, writer, placeNow } = registerPad(shell, { engine, inUse, keeper, ...registerSymbols(shell) });
  registerImages(shell, { engine, inUse, writer, keeper, placeNow });
  registerBrowse(shell, { library, pad });
  registerDatasetReport(shell, { library, importer });
  registerTraining(shell, { library, importer, models, workEngine });
  const countSamples = (dataset: string) => library.count(dataset);
  registerPersonal(shell, { countSamples, models, inUse, engine, pad });
  const evaluation = registerEvaluation(shell, { library, models, workEngine });
  const gallery = registerGallery(shell, { evaluation, keeper, pad });
  registerProjector(shell, { evaluation, gallery });
  registerReview(shell, { evaluation });
  shell.log.debug(`activated in ${(performance.now() - begun).toFixed(1)} ms`);
}
