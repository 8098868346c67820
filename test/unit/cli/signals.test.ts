import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A program that runs another one as `npm run scrawl` runs the command line, and exits as it does. */
const OUTER = `import(${JSON.stringify(pathToFileURL(path.resolve('scripts', 'processes.mjs')).href)}).then(
  async ({ finish }) => {
    const inner = "process.on('SIGTERM', () => { console.log('ended'); process.exit(7); }); console.log('begun'); setInterval(() => 0, 1000)";
    process.exitCode = (await finish(process.execPath, ['-e', inner], { signals: true })).code;
  },
);`;

describe('npm run scrawl', () => {
  it('hands SIGTERM on to the command, and ends when it has', async function () {
    if (process.platform === 'win32') this.skip();
    const outer = spawn(process.execPath, ['-e', OUTER], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    const begun = new Promise<void>((resolve) => {
      outer.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('begun')) resolve();
      });
    });
    await begun;
    outer.kill('SIGTERM');
    const [code] = (await once(outer, 'close')) as [number | null];
    assert.equal(code, 7);
    assert.match(output, /ended/);
  });
});
