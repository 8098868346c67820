import type { Command } from 'commander';
import { percent } from '../base/words';
import { MY_HANDWRITING } from '../datasets/store/myHandwriting';
import { MY_LINES } from '../datasets/store/myLines';
import { personalizeLinesStored } from '../engine/personal/lines/personalizeLinesStored';
import { personalizeStored } from '../engine/personal/personalizeStored';
import type { PersonalizeEvents } from '../engine/personal/personalize';
import type { BeforeAfter, LinePersonalization, Personalization } from '../protocol/engine/personal';
import { interruptible } from './interruptible';
import { lineModelFolder } from './lineReference';
import { BUNDLED_FOLDER, modelFolder, REPLAY_FOLDER } from './modelReference';
import { print, say } from './output';

interface Options {
  model: string;
  samples?: string;
  name: string;
  json?: boolean;
}

/** `models personalize`. */
export function addPersonalizeCommand(models: Command, home: () => string): void {
  models
    .command('personalize')
    .description(
      'let a model learn your handwriting without forgetting that of others; the model itself stays',
    )
    .requiredOption('--model <id|folder|bundled|lines>', 'the model')
    .option('--samples <id|path>', `your ink (${MY_HANDWRITING}, or ${MY_LINES} for a model of lines)`)
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
  const task = { home, bundled: BUNDLED_FOLDER, name };
  const lines = await lineModelFolder(model, home);
  if (lines !== undefined) {
    const own = { ...task, model: lines, samples: samples ?? MY_LINES };
    const made = await personalizeLinesStored(own, REPLAY_FOLDER, events(signal));
    if (json) print(JSON.stringify(made));
    else printLines(made);
    return;
  }
  const own = { ...task, model: await modelFolder(model, home), samples: samples ?? MY_HANDWRITING };
  const made = await personalizeStored(own, REPLAY_FOLDER, events(signal));
  if (json) print(JSON.stringify(made));
  else printCharacters(made);
}

/** Says when another part of the work begins. */
function events(signal: AbortSignal): PersonalizeEvents {
  let phase = '';
  return {
    signal,
    onProgress: (now) => {
      if (now !== phase) say(now);
      phase = now;
    },
  };
}

interface Made {
  readonly model: string;
  readonly name: string;
}

function printCharacters({ name, model, learned, person, original, ...rest }: Personalization & Made): void {
  const { newClasses, mix, seconds } = rest;
  print(`${name} (${model}) learned ${String(learned)} samples in ${seconds.toFixed(1)} s`);
  print(`your handwriting     ${change(person)} samples`);
  print(`${original.dataset.padEnd(20)} ${change(original)} samples`);
  printBesides(original);
  if (newClasses.length > 0) print(`new characters       ${newClasses.join(' ')}`);
  printMix(mix);
}

function printLines({ name, model, learned, leftOut, ...rest }: LinePersonalization & Made): void {
  const { person, original, mix, seconds } = rest;
  print(`${name} (${model}) learned ${String(learned)} words and lines in ${seconds.toFixed(1)} s`);
  if (leftOut > 0) print(`left out             ${String(leftOut)}, of unknown characters or other rows`);
  print('characters wrong');
  print(`your handwriting     ${change(person)} lines`);
  print(`${original.dataset.padEnd(20)} ${change(original)} lines`);
  printBesides(original);
  printMix(mix);
}

function printBesides({
  first,
  perhapsLearned,
}: Pick<Personalization['original'], 'first' | 'perhapsLearned'>) {
  if (first !== undefined) print(`before any hand      ${percent(first)}`);
  if (perhapsLearned) print('                     (the model may have been trained on some of these)');
}

function printMix(mix: number): void {
  if (mix < 1)
    print(`mixed                ${percent(mix)} of what was learned: more would read one of them worse`);
}

function change({ samples, before, after }: BeforeAfter): string {
  return `${percent(before)} before, ${percent(after)} after, of ${String(samples)}`;
}
