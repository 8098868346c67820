import path from 'node:path';
import type * as vscode from 'vscode';
import type { EngineClient } from '../engineClient';
import type { ModelInUse } from '../models/modelInUse';
import { ImagePanels } from '../views/imagePanels';
import type { Writer } from '../writer';
import { ImageRecognition } from './imageRecognition';
import { PictureFiles } from './pictureFiles';

/** What reads one's own pictures; pasted ones are kept in the extension's storage while a tab shows them. */
export function openImages(
  context: vscode.ExtensionContext,
  engine: EngineClient,
  model: ModelInUse,
  writer: Writer,
  log: vscode.LogOutputChannel,
): ImagePanels {
  return new ImagePanels({
    extensionUri: context.extensionUri,
    recognition: new ImageRecognition(engine, model, context.globalStorageUri.fsPath),
    files: new PictureFiles(path.join(context.globalStorageUri.fsPath, 'pictures')),
    writer,
    log,
  });
}
