import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { MY_HANDWRITING } from '../../../datasets/myHandwriting';
import type { PersonalizeResult } from '../../../protocol/personal';
import type { ModelLibrary } from '../../models/library';
import type { ModelInUse } from '../../models/modelInUse';
import { runPersonalize } from '../../personal/runPersonalize';
import { phaseWord, summaryOf } from '../../personal/words';
import { longWork } from '../datasets/longWork';
import { type ModelArgument, wholeModelFor } from '../models/pickModel';

export interface PersonalizeParts {
  readonly models: ModelLibrary;
  readonly modelInUse: ModelInUse;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

const USE = 'Use on Pad';

/** Makes a new model of the one in use, or of a row of the tree, that knows the person's hand better. */
export async function personalizeModel(
  { models, modelInUse, extensionUri, log }: PersonalizeParts,
  argument: ModelArgument,
): Promise<void> {
  const chosen = argument ?? (await modelInUse.current()).id;
  const model = await wholeModelFor(models, chosen, {
    title: 'Personalise Model',
    placeHolder: 'The model that is to learn your hand',
    suits: () => true,
    none: 'There is no model.',
  });
  if (!model) return;
  const params = {
    id: randomUUID(),
    home: models.home,
    bundled: models.bundled,
    model: model.folder,
    samples: MY_HANDWRITING,
    name: `${model.name}, my hand`.slice(0, 90),
  };
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath;
  const result = await longWork(`Personalising ${model.name}`, (report, signal) =>
    models.change(() =>
      runPersonalize(params, {
        ...{ script, log, signal },
        onProgress: ({ phase, done }) => report(phaseWord(phase), done),
      }),
    ),
  );
  if (result) await offer(result, modelInUse);
}

async function offer(result: PersonalizeResult, modelInUse: ModelInUse): Promise<void> {
  const answer = await vscode.window.showInformationMessage(summaryOf(result), USE);
  if (answer === USE) await modelInUse.use(result.model);
}
