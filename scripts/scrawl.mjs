// npm run --silent scrawl -- ...: the command line, built first where it is not. Standard output is the command's alone.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installDependencies, root } from './prepare.mjs';
import { finish, run } from './processes.mjs';

const cli = path.join(root, 'dist', 'cli.js');
if (!existsSync(cli)) {
  await installDependencies();
  await run(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { stdio: ['ignore', 2, 2] });
}
const { code } = await finish(process.execPath, [cli, ...process.argv.slice(2)], { signals: true });
process.exitCode = code;
