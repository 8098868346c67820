import { ModelStore } from '../../models/modelStore';
import type { ImportModelParams, ImportModelResult } from '../../protocol/models';
import { startWasm } from '../backends/wasm/wasmBackend';
import { importModel } from './importModel';

/** Answers the host's request to import a model. */
export async function importRequested(params: ImportModelParams): Promise<ImportModelResult> {
  const { home, bundled, folder, name, classes } = params;
  await startWasm();
  const imported = await importModel(new ModelStore(home, bundled), folder, { name, classes });
  return { id: imported.id, name: imported.name };
}
