import type { Command } from 'commander';
import { listBackends } from '../engine/backends/listBackends';
import type { BackendInfo } from '../protocol/engine/backends';
import { describeBackend } from './describeBackend';
import { homeFolder } from './home';
import { print } from './output';

interface Options {
  measure?: boolean;
  json?: boolean;
}

export function addBackendsCommand(program: Command): void {
  program
    .command('backends')
    .description('list every backend: available or why not, how fast it is here, and which one auto takes')
    .option('--measure', 'measure the backends of this machine again')
    .option('--json', 'print one JSON object a line')
    .action(async ({ measure, json }: Options) => {
      const home = homeFolder(program.opts<{ home?: string }>().home);
      for (const backend of await listBackends(home, measure ?? false))
        print(json ? JSON.stringify(backend) : inWords(backend));
    });
}

function inWords(backend: BackendInfo): string {
  const mark = backend.chosen ? '*' : ' ';
  if (!backend.available)
    return `${mark} ${backend.name}: not available because ${backend.reason}; ${backend.remedy}`;
  const { samplesPerSecond, software } = backend;
  const speed = samplesPerSecond === undefined ? '' : `, ${samplesPerSecond.toFixed(0)} samples a second`;
  return `${mark} ${describeBackend(backend)}${speed}${software ? ' (software: auto never takes it)' : ''}`;
}
