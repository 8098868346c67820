// npm run train:bundled: fetches the fonts, builds the recipe and trains the model that ships with Scrawl.
import path from 'node:path';
import { installDependencies, root } from './prepare.mjs';
import { npm, run } from './processes.mjs';

await installDependencies();
const { build } = await import('esbuild');
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
await npm(['ci', '--no-audit', '--no-fund'], { cwd: path.join(root, 'src', 'cli', 'bundled', 'fonts') });
await run(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root });
