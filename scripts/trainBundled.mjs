// npm run train:bundled: fetches the fonts, builds the recipe and trains the model that ships with Scrawl.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const outfile = path.join(root, 'out', 'bundled', 'train.js');

await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/bundled/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: ['sharp'],
  logLevel: 'warning',
});

run('npm', ['ci', '--prefix', path.join('src', 'cli', 'bundled', 'fonts')]);
run(process.execPath, [outfile, ...process.argv.slice(2)]);

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
