// Time and memory that importing files takes which are made to take all of both: `npm run bench -- hostile`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { formatBytes } from '../../src/base/words';
import { zipOf } from '../unit/datasets/import/temporary';
import { hostileModels } from './hostileModels';

/** Prints the most memory that the process had, in kilobytes; Linux counts what its parent had in the usual figure. */
const HOOK = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync } from 'node:fs';
  const peak = () => {
    try { return Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]); }
    catch { return process.resourceUsage().maxRSS; }
  };
  process.on('exit', () => process.stderr.write('\\npeak ' + peak() + '\\n'));`)}`;

async function inputs(): Promise<Record<string, Record<string, string | Buffer>>> {
  const blank = await sharp({ create: { width: 9990, height: 9990, channels: 3, background: 'white' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const pictures = Array.from({ length: 60 }, (_, at) => [`A/${String(at)}.png`, blank] as const);
  const side = Buffer.from([0, 0, 8, 3, 0, 0, 0, 200, 0, 0, 4, 0, 0, 0, 4, 0]);
  const views = Array.from(
    { length: 60 },
    (_, at) =>
      `<traceView xml:id="v${String(at + 1)}">${`<traceView traceDataRef="#v${String(at)}"/>`.repeat(2)}</traceView>`,
  );
  const labeled =
    '<traceGroup><annotation type="truth">a</annotation><traceView traceDataRef="#v60"/></traceGroup>';
  return {
    'a zip of blank pictures': { 'x.zip': await zipOf(Object.fromEntries(pictures)) },
    'IDX of large pictures': {
      'images.gz': gzipSync(Buffer.concat([side, Buffer.alloc(200 * 2 ** 20)])),
      labels: Buffer.concat([Buffer.from([0, 0, 8, 1, 0, 0, 0, 200]), Buffer.alloc(200)]),
    },
    'UNIPEN whose segments are all of its ink': {
      'x.upn': `.COORD X Y\n${'.PEN_DOWN\n1 1\n.PEN_UP\n'.repeat(5000)}${'.SEGMENT CHARACTER 0-4999 "a"\n'.repeat(4000)}`,
    },
    'UNIPEN that includes a file ninety times': {
      'x.dat': '.COORD X Y\n.INCLUDE y.pen\n'.repeat(90),
      'y.pen': `.PEN_DOWN\n${'1 1\n'.repeat(100_000)}.PEN_UP\n`,
    },
    'InkML with views of views': {
      'x.inkml': `<ink><trace xml:id="v0">1 1</trace>${views.join('')}${labeled}</ink>`,
    },
    'a trace of one number': { 'x.inkml': `<ink><trace>${'9'.repeat(5_000_000)} 1</trace></ink>` },
    'JSON Lines packed to a thousandth': { 'x.jsonl.gz': gzipSync(Buffer.alloc(400 * 2 ** 20, ' ')) },
    'a label behind 200,000 blanks': { 'labels.txt': `1.png${' '.repeat(200_000)}A`, '1.png': blank },
    'a table of a million columns': { 'x.csv': `1${',1'.repeat(2_000_000)}\n` },
  };
}

/** Imports what lies at a place, and prints the time and the memory that it took. */
function measure(what: string, home: string, command: readonly string[]): void {
  const began = performance.now();
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', HOOK, 'dist/cli.js', '--home', home, ...command],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1000;
  const sentence =
    stderr
      .trim()
      .split('\n')
      .findLast((line) => !line.startsWith('peak') && line !== '') ?? '';
  console.log(
    `${what}: ${((performance.now() - began) / 1000).toFixed(1)} s, ${peak.toFixed(0)} MB. ${sentence}`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'scrawl-'));
  const home = path.join(folder, 'home');
  try {
    for (const [at, [what, files]] of Object.entries(await inputs()).entries()) {
      const own = path.join(folder, String(at));
      mkdirSync(own);
      for (const [name, content] of Object.entries(files)) writeFileSync(path.join(own, name), content);
      measure(what, home, ['datasets', 'import', own, '--name', `x${String(at)}`]);
    }
    for (const [what, content] of Object.entries(await hostileModels())) {
      const file = path.join(folder, 'model');
      writeFileSync(file, content);
      measure(`${what} (${formatBytes(content.length)})`, home, [
        'models',
        'import',
        file,
        '--classes',
        'abc',
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
