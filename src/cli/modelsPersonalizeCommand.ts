import type { Command } from 'commander';
import { MY_HANDWRITING } from '../datasets/myHandwriting';
import { personalizeStored } from '../engine/personal/personalizeStored';
import type { BeforeAfter } from '../protocol/personal';
import { interruptible } from './interruptible';
import { BUNDLED_FOLDER, modelFolder, REPLAY_FOLDER } from './modelReference';
import { percent, print, say } from './output';

interface Options {
  model: string;
  samples: string;
  name: string;
  json?: boolean;
}

/** `models personalize`. */
export function addPersonalizeCommand(models: Command, home: () => string): void {
  models
    .command('personalize')
    .description("let a model learn a person's hand without forgetting the others; the model itself stays")
    .requiredOption('--model <id|folder|bundled>', 'the model')
    .option('--samples <id|path>', 'ink of the person', MY_HANDWRITING)
    .requiredOption('--name <name>', 'of the new model')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      await interruptible((signal) => run(options, home(), signal), 'Stopped: the model is as it was.');
    });
}

async function run(
  { model, samples, name, json }: Options,
  home: string,
  signal: AbortSignal,
): Promise<void> {
  let phase = '';
  const result = await personalizeStored(
    { home, bundled: BUNDLED_FOLDER, model: await modelFolder(model, home), samples, name },
    REPLAY_FOLDER,
    {
      signal,
      onProgress: (now) => {
        if (now !== phase) say(now);
        phase = now;
      },
    },
  );
  if (json) {
    print(JSON.stringify(result));
    return;
  }
  const { learnt, person, original, newClasses, mix, seconds } = result;
  print(`${result.name} (${result.model}) learnt ${String(learnt)} samples in ${seconds.toFixed(1)} s`);
  print(`the person's hand    ${line(person)}`);
  const { first, perhapsLearnt } = original;
  print(`${original.dataset.padEnd(20)} ${line(original)}`);
  if (first !== undefined) print(`before any hand      ${percent(first)}`);
  if (perhapsLearnt) print('                     (the model may have been trained on some of these)');
  if (newClasses.length > 0) print(`new characters       ${newClasses.join(' ')}`);
  if (mix < 1)
    print(`mixed                ${percent(mix)} of what was learnt: more would read one of them worse`);
}

function line({ samples, before, after }: BeforeAfter): string {
  return `${percent(before)} before, ${percent(after)} after, of ${String(samples)} samples`;
}
