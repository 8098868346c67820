// Runs the benches, or those whose names are given: `npm run bench -- [NAME ...]`.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { buildBundles } from './build.mjs';
import { installCodeServer, whyNoCodeServer } from './codeServer.mjs';
import { installSystemPackages, root } from './prepare.mjs';
import { run } from './processes.mjs';
import { buildTests } from './testBundles.mjs';

await buildBundles();
await buildTests();

const ENDING = '.bench.js';
/** Benches of the pad in a workbench. */
const IN_WORKBENCH = new Set(['padOpens', 'penUp']);
const folder = path.join(root, 'out', 'test', 'bench');
const wanted = process.argv.slice(2);
const names = (await readdir(folder))
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length));
for (const name of names.sort().filter((name) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n== ${name}`);
  if (IN_WORKBENCH.has(name)) {
    const why = whyNoCodeServer();
    if (why) {
      console.log(`left out: ${why}`);
      continue;
    }
    await installSystemPackages();
    await installCodeServer();
  }
  // a process each: one bench's garbage and warm code must not color the next one's figures
  await run(process.execPath, ['--enable-source-maps', path.join(folder, name + ENDING)], { cwd: root });
}
