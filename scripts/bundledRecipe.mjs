// Builds one of the recipes in src/cli/bundled, fetches the fonts that it draws with, and runs it.
import path from 'node:path';
import { installDependencies, root } from './prepare.mjs';
import { npm, run } from './processes.mjs';

/** @param {string} name of the file in src/cli/bundled, without its ending */
export async function runRecipe(name) {
  await installDependencies();
  const { build } = await import('esbuild');
  const outfile = path.join(root, 'out', 'bundled', `${name}.js`);
  await build({
    absWorkingDir: root,
    entryPoints: [`src/cli/bundled/${name}.ts`],
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
}
