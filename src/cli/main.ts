import { Command, CommanderError } from 'commander';
import { UserError } from '../base/userError';
import { addBackendsCommand } from './backendsCommand';
import { addDatasetsCommands } from './datasetsCommand';
import { UsageError } from './errors';
import { addEvaluateCommand } from './evaluateCommand';
import { addModelsCommands } from './modelsCommand';
import { say } from './output';
import { addRecognizeCommand } from './recognizeCommand';
import { addSweepCommand } from './sweepCommand';
import { addTrainCommand } from './trainCommand';
import { asUserError } from '../storage/fileSystemError';

/** The headless front door: exit code 0 done, 1 failed with one line that says what to do, 2 wrong usage. */
async function main(): Promise<number> {
  const program = new Command('scrawl')
    .description('Reads handwriting; trains and measures recognizers.')
    .option('--home <folder>', 'where models, runs and datasets lie')
    .exitOverride();
  addBackendsCommand(program);
  addDatasetsCommands(program);
  addModelsCommands(program);
  addTrainCommand(program);
  addSweepCommand(program);
  addEvaluateCommand(program);
  addRecognizeCommand(program);
  exitByErrors(program);
  try {
    await program.parseAsync();
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      say(error.message);
      return 2;
    }
    const told = asUserError(error);
    if (!(told instanceof UserError) || process.env['SCRAWL_DEBUG'] !== undefined) console.error(error);
    else say(told.message);
    return 1;
  }
}

/** Wrong usage is an error that is caught here, in commands of commands too. */
function exitByErrors(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) exitByErrors(inner);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // whoever read the output has seen enough of it
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

void main().then((code) => {
  process.exitCode = code;
});
