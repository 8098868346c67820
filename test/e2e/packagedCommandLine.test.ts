import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { finish, run } from '../../scripts/processes.mjs';
import { packagedExtension } from '../harness/packagedExtension';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';
import { handwritten } from '../harness/writer';

/** Runs the packaged command line in a folder and gives what it prints. */
async function scrawl(folder: string, ...args: string[]): Promise<string> {
  const cli = path.join(folder, 'extension', 'dist', 'cli.js');
  const { code, output } = await finish(process.execPath, [cli, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.equal(code, 0);
  return output;
}

/** The first candidate of every line that `recognize --json` prints. */
function read(output: string): string[] {
  const lines = output.trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { candidates: [{ text: string }] }).candidates[0].text);
}

/** A character as a picture of pen on paper. */
async function pictureOf(character: string, file: string): Promise<void> {
  const lines = handwritten(character).map((stroke) => `<polyline points="${stroke.join(' ')}"/>`);
  const style = 'fill="none" stroke="black" stroke-width="16" stroke-linecap="round"';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><g ${style}>${lines.join('')}</g></svg>`;
  await sharp(Buffer.from(svg)).flatten({ background: 'white' }).png().toFile(file);
}

describe('the command line of the packaged extension', () => {
  let folder: string;

  before(async () => {
    folder = await makeScratchFolder();
    await run('unzip', ['-q', packagedExtension(), '-d', folder]);
  });

  after(() => removeScratchFolder(folder));

  it('reads ink', async () => {
    const lines = ['3', 'A', 'h'].map((id) => JSON.stringify({ id, strokes: handwritten(id) }));
    await writeFile(path.join(folder, 'ink.jsonl'), lines.join('\n'));
    assert.deepEqual(
      read(await scrawl(folder, 'recognize', '--model', 'bundled', '--ink', 'ink.jsonl', '--json')),
      ['3', 'A', 'h'],
    );
  });

  it('reads a picture, with the WebAssembly that it brings along', async () => {
    await pictureOf('A', path.join(folder, 'a.png'));
    assert.deepEqual(
      read(await scrawl(folder, 'recognize', '--model', 'bundled', '--image', 'a.png', '--json')),
      ['A'],
    );
  });
});
