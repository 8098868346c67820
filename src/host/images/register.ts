import path from 'node:path';
import type { Place } from '../../protocol/engine/recognition';
import type { Engine } from '../engine/engine';
import type { ModelsInUse } from '../models/modelsInUse';
import type { Keeper } from '../samples/keeper';
import type { Writer } from '../pad/writer';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { ImageTabs } from './imagePanels';
import { ImageRecognition } from './imageRecognition';
import { PictureFiles } from './pictureFiles';
import { recognizeImage } from './recognizeImage';

export interface ImageNeeds {
  readonly engine: Engine;
  readonly inUse: ModelsInUse;
  readonly writer: Writer;
  readonly keeper: Keeper;
  /** What is known of the place that text goes to. */
  readonly placeNow: () => Promise<Place>;
}

/** Reading the user's own pictures; pasted ones are kept in the extension's storage while a tab shows them. */
export function registerImages(shell: Shell, { engine, inUse, writer, keeper, placeNow }: ImageNeeds): void {
  const tabs = shell.own(
    new ImageTabs(shell, {
      recognition: new ImageRecognition(engine, inUse, shell.home, placeNow),
      files: new PictureFiles(path.join(shell.home, 'pictures')),
      writer,
      keeper,
    }),
  );
  shell.commands({ [Command.recognizeImage]: (argument) => recognizeImage(tabs, argument) });
}
