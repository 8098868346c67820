import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Lays out the package that it is asked for, and does what the version's place in `FAKE_NPM` says. */
const SCRIPT = `const { mkdirSync, writeFileSync } = require('node:fs');
const wanted = process.argv.find((arg) => /.@[0-9]/.test(arg));
const name = wanted.slice(0, wanted.lastIndexOf('@'));
const folder = 'node_modules/' + name;
mkdirSync(folder, { recursive: true });
console.log('npm http fetch GET 200 ' + wanted);
if (process.env.FAKE_NPM === 'fail') process.exit(1);
if (process.env.FAKE_NPM === 'hang') setInterval(() => undefined, 1000);
else writeFileSync(folder + '/index.js', "throw new Error('made by the fake npm')");
`;

/**
 * Puts a fake npm, which needs no registry, before the real one on this process's PATH.
 *
 * @param behavior `install` does its work, `fail` ends in the middle, `hang` never ends
 * @returns what brings the real one back
 */
export async function useFakeNpm(folder: string, behavior: 'install' | 'fail' | 'hang'): Promise<() => void> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const script = path.join(bin, 'npm.js');
  await writeFile(script, SCRIPT);
  // as npm does: a batch file on Windows, else a program
  const call = `"${process.execPath}" "${script}"`;
  if (process.platform === 'win32') await writeFile(path.join(bin, 'npm.cmd'), `@${call} %*\r\n`);
  else await writeFile(path.join(bin, 'npm'), `#!/bin/sh\nexec ${call} "$@"\n`, { mode: 0o755 });
  const { PATH } = process.env;
  process.env['PATH'] = `${bin}${path.delimiter}${PATH ?? ''}`;
  process.env['FAKE_NPM'] = behavior;
  return () => {
    process.env['PATH'] = PATH;
    Reflect.deleteProperty(process.env, 'FAKE_NPM');
  };
}
