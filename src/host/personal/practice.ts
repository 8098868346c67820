import * as vscode from 'vscode';
import { Random } from '../../base/random';
import { findConfused } from '../../protocol/engine/personal';
import type { Engine } from '../engine/engine';
import type { ModelLibrary } from '../models/library';
import type { ModelsInUse } from '../models/modelsInUse';
import type { Pads } from '../pad/pads';
import { quietWork } from '../shell/longWork';
import { practiceWords } from './practiceWords';

export interface PracticeParts {
  readonly models: ModelLibrary;
  readonly inUse: Pick<ModelsInUse, 'characters'>;
  readonly engine: Engine;
  readonly pad: Pads;
}

/** As many as are written at a sitting. */
const CHARACTERS = 12;
const WORDS = 8;

/** Asks on the pad for the characters that the model in use confuses most, and for words of code and the open file. */
export async function practice({ models, inUse, engine, pad }: PracticeParts): Promise<void> {
  const { folder } = await inUse.characters.current();
  const { characters } = await quietWork('Scrawl: finding confused characters', () =>
    engine.call(findConfused, { model: folder, home: models.home, count: CHARACTERS }),
  );
  const text = (vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0])?.document.getText();
  const words = practiceWords(text ?? '', WORDS, new Random(Date.now() % 2 ** 31));
  await pad.startPractice([...characters, ...words]);
}
