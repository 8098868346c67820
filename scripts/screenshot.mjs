// Takes the picture in the README anew, and draws that of the walkthrough's first step.
import path from 'node:path';
import { installCodeServer } from './codeServer.mjs';
import { packageExtension } from './package.mjs';
import { root } from './prepare.mjs';
import { run } from './processes.mjs';
import { buildTests } from './testBundles.mjs';

await installCodeServer();
await buildTests();
await packageExtension({ out: path.join(root, 'out') });
const program = path.join(root, 'out', 'test', 'harness', 'screenshot.js');
await run(process.execPath, ['--enable-source-maps', program, path.join(root, 'media')], { cwd: root });
