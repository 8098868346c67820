import path from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import * as backends from '../protocol/engine/backends';
import { TRAIN_ALONE } from '../protocol/engine/training';
import { on, serve } from '../protocol/serve';
import { asUserError } from '../storage/fileSystemError';
import { listBackends } from './backends/listBackends';
import { evaluationHandlers } from './evaluation/handlers';
import { modelHandlers } from './models/handlers';
import { loadModel } from './models/loadModel';
import { ModelBackend } from './models/modelBackend';
import { ModelCache } from './models/modelCache';
import { personalHandlers } from './personal/handlers';
import { projectionHandlers } from './projection/handlers';
import { recognitionHandlers } from './recognition/handlers';
import { loadLineModel } from './recognition/lineModel';
import { loadSymbolModel } from './recognition/symbolModel';
import { Training } from './training/handlers';
import { trainAlone } from './training/trainAlone';

/** The folder of the model that ships with Scrawl, beside the bundles. */
const BUNDLED_MODEL = path.join(__dirname, '..', 'media', 'models', 'characters');

/** The folder of the replay set that ships with Scrawl. */
const REPLAY = path.join(__dirname, '..', 'media', 'replay');

/** The folder of the character models that ship with Scrawl. */
const LANGUAGE = path.join(__dirname, '..', 'media', 'language');

/** The engine process: trains one run alone, or answers the extension host. */
function main(): void {
  const [flag, params = ''] = process.argv.slice(2);
  if (flag === TRAIN_ALONE) void trainAlone(params, BUNDLED_MODEL).then((code) => process.exit(code));
  else answer();
}

/** Answers over the channel that the process was forked with. */
function answer(): void {
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  const backend = ModelBackend.of(process.argv.slice(2));
  const models = new ModelCache(backend, loadModel);
  const lineModels = new ModelCache(backend, loadLineModel);
  const symbolModels = new ModelCache(backend, loadSymbolModel);
  const training = new Training(BUNDLED_MODEL);
  const handlers = [
    ...recognitionHandlers(models, lineModels, symbolModels, { replay: REPLAY, language: LANGUAGE }),
    ...modelHandlers(models, lineModels),
    ...personalHandlers(models, REPLAY),
    ...training.handlers,
    ...evaluationHandlers(models, lineModels, LANGUAGE),
    ...projectionHandlers(models),
    on(backends.listBackends, ({ home, measure }, { signal }) => listBackends(home, measure, signal)),
  ];
  serve(connection, handlers, asUserError);
  // the host is gone, whatever ended it: nobody is left to answer, and what trains is kept
  const leave = () => void training.leave().then(() => process.exit(0));
  connection.onClose(leave);
  process.on('disconnect', leave);
  process.on('SIGTERM', leave);
  // nor is anybody left to read what is said
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  connection.listen();
}

main();
