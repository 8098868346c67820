import { exportModel } from '../../models/export/exportModel';
import { ModelStore } from '../../models/modelStore';
import * as calls from '../../protocol/engine/models';
import { type Handler, on } from '../../protocol/serve';
import { startWasm } from '../backends/wasm/wasmBackend';
import type { LineModel } from '../recognition/lineModel';
import { importAnyModel } from './importAnyModel';
import type { LoadedModel } from './loadedModel';
import type { ModelCache } from './modelCache';

/** What describes, loads, imports and exports models. */
export function modelHandlers(models: ModelCache<LoadedModel>, lineModels: ModelCache<LineModel>): Handler[] {
  return [
    on(calls.describeModel, ({ model }) =>
      models.use(model, ({ card }) => Promise.resolve({ name: card.name, classes: card.classes })),
    ),
    on(calls.loadModel, async ({ model, lines }) => {
      if (lines) await lineModels.use(model, () => Promise.resolve());
      else await models.use(model, () => Promise.resolve());
      return {};
    }),
    on(calls.importModel, async ({ home, bundled, folder, name, classes }) => {
      await startWasm();
      const imported = await importAnyModel(new ModelStore(home, bundled), folder, { name, classes });
      return { id: imported.id, name: imported.name };
    }),
    on(calls.exportModel, async ({ home, bundled, model, format, out }) => {
      await exportModel(await new ModelStore(home, bundled).getEither(model), format, out);
      return null;
    }),
  ];
}
