// Reads random ink for as long as one likes: `npm run fuzz -- [SECONDS [SEED]]`.
import path from 'node:path';
import { root } from './prepare.mjs';
import { run } from './processes.mjs';
import { buildTests } from './testBundles.mjs';

await buildTests();
const program = path.join(root, 'out', 'test', 'unit', 'ink', 'fuzz', 'fuzzProgram.js');
await run(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], { cwd: root });
