import type { Command } from 'commander';
import { listBackends } from '../engine/backends/backends';
import { print } from './output';

export function addBackendsCommand(program: Command): void {
  program
    .command('backends')
    .description('list every backend: available or why not, and which one is taken')
    .option('--json', 'print one JSON object a line')
    .action(async ({ json }: { json?: boolean }) => {
      for (const backend of await listBackends()) {
        const { name, available, detail, chosen } = backend;
        print(
          json
            ? JSON.stringify(backend)
            : `${chosen ? '*' : ' '} ${name}  ${available ? '' : 'not available: '}${detail}`,
        );
      }
    });
}
