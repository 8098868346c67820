import * as vscode from 'vscode';
import { registerCommands } from './host/commands/commands';
import { goOnWithDownloads } from './host/commands/datasets/download';
import { Importer } from './host/datasets/importer';
import { openLibrary } from './host/datasets/library';
import { openEvaluation } from './host/evaluation/openEvaluation';
import { EngineClient } from './host/engineClient';
import { openImages } from './host/images/openImages';
import { Keeper } from './host/keeper';
import { openModels } from './host/models/openModels';
import { Recognition } from './host/recognition';
import { openTraining } from './host/training/openTraining';
import { TargetEditor } from './host/targetEditor';
import { NetworkDiagnostics } from './host/networks/networkDiagnostics';
import { BrowsePanels } from './host/views/browsePanel';
import { DatasetsView } from './host/views/datasetsView';
import { NetworkDesigner } from './host/views/designerEditor';
import { PadView } from './host/views/padView';
import { Writer } from './host/writer';

/** Builds Scrawl's parts and hands them to VS Code, which disposes them with the window. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Scrawl', { log: true });
  const engine = new EngineClient({
    script: context.asAbsolutePath('dist/engine.js'),
    log,
    onRestarted: () =>
      vscode.window.setStatusBarMessage('$(warning) Scrawl: the engine had stopped and was restarted', 8000),
  });
  const home = context.globalStorageUri.fsPath;
  const models = openModels(home, context.asAbsolutePath('media/model'), log);
  const recognition = new Recognition(engine, models.modelInUse, home);
  const target = new TargetEditor();
  const writer = new Writer(target);
  const { library, handwriting } = openLibrary(context);
  const keeper = new Keeper(handwriting, recognition);
  const { extensionUri } = context;
  const pad = new PadView(extensionUri, recognition, writer, keeper, models.modelInUse, log);
  const datasets = new DatasetsView(library, keeper, log);
  const browsePanels = new BrowsePanels({
    extensionUri,
    library,
    log,
    sendToPad: (sample) => pad.showSample(sample),
  });
  const designer = new NetworkDesigner({ extensionUri, library, log });
  const importer = new Importer(context.asAbsolutePath('dist/importer.js'));
  const training = openTraining(
    { extensionUri, script: context.asAbsolutePath('dist/engine.js'), library, importer, log },
    context.globalState,
  );
  const evaluation = openEvaluation({
    extensionUri,
    script: context.asAbsolutePath('dist/engine.js'),
    models: models.models,
    library,
    keeper,
    sendToPad: (sample) => pad.showSample(sample),
    log,
    memory: context.workspaceState,
  });
  const imagePanels = openImages(context, engine, models.modelInUse, writer, log);
  const commands = registerCommands({
    home,
    ...training,
    ...models,
    evaluation,
    pad,
    writer,
    engine,
    log,
    extensionUri,
    library,
    importer,
    browsePanels,
    designer,
    imagePanels,
  });
  context.subscriptions.push(
    log,
    engine,
    models,
    recognition,
    target,
    library,
    keeper,
    pad,
    datasets,
    browsePanels,
    designer,
    imagePanels,
    new NetworkDiagnostics(),
    training,
    evaluation,
    commands,
  );
  goOnWithDownloads(library);
}
