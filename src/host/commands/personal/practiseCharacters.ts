import * as vscode from 'vscode';
import { confusedRequest, confusedResultSchema } from '../../../protocol/personal';
import type { EngineClient } from '../../engineClient';
import type { ModelLibrary } from '../../models/library';
import type { ModelInUse } from '../../models/modelInUse';
import { nothingToPractise } from '../../personal/words';
import type { PadView } from '../../views/padView';

export interface PractiseParts {
  readonly models: ModelLibrary;
  readonly modelInUse: ModelInUse;
  readonly engine: EngineClient;
  readonly pad: PadView;
}

/** As many as are drawn at a sitting. */
const A_DOZEN = 12;

/** Asks on the pad for the characters that the model in use confuses most. */
export async function practiseCharacters({ models, modelInUse, engine, pad }: PractiseParts): Promise<void> {
  const { folder, name } = await modelInUse.current();
  const { characters } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Scrawl: looking for what is confused' },
    () =>
      engine.request(
        confusedRequest,
        { model: folder, home: models.home, count: A_DOZEN },
        confusedResultSchema,
      ),
  );
  if (characters.length > 0) await pad.practise(characters);
  else void vscode.window.showInformationMessage(nothingToPractise(name));
}
