import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import * as vscode from 'vscode';
import { PictureFiles } from '../../src/host/images/pictureFiles';
import { Command, Setting } from '../../src/host/shell/names';
import type { HostToImage } from '../../src/protocol/pages/image';
import { until } from '../harness/until';
import { newDocument } from './support/documents';
import { withPage } from './support/page';
import { run, set } from './support/commands';
import { listenFor } from './support/heard';
import { withStub } from './support/stub';
import { closeAll } from './support/tabs';

const heardOf = listenFor<HostToImage>();

/** `11 1` on two lines, written with upright strokes on shaded paper. */
function pageOfOnes(): Promise<Buffer> {
  const bar = (x: number, y: number) => `<path d="M${x} ${y}v40" stroke="#334" stroke-width="5"/>`;
  const bars = [40, 65, 160].flatMap((x) => [bar(x, 40), bar(x, 130)]).join('');
  const shade =
    '<linearGradient id="p"><stop stop-color="#f4ecc8"/><stop offset="1" stop-color="#a89f80"/></linearGradient>';
  const paper = '<rect width="240" height="220" fill="url(#p)"/>';
  const svg = `<svg width="240" height="220"><defs>${shade}</defs>${paper}${bars}</svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

describe('recognizing a picture', () => {
  let folder: string;
  let picture: vscode.Uri;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    picture = vscode.Uri.file(path.join(folder, 'notes.jpg'));
    await writeFile(picture.fsPath, await pageOfOnes());
    await setCharacters('1');
  });

  after(async () => {
    await setCharacters(undefined);
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(closeAll);

  async function setCharacters(characters: string | undefined): Promise<void> {
    await set(Setting.customAlphabet, characters);
    await set(Setting.alphabet, characters && 'custom');
  }

  it('keeps the ink of what was corrected among the samples of My Handwriting', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.recognizeImage, picture);
      tell({ type: 'ready' });
      const { result } = await heardOf(heard, 'read');
      const [box, blank] = [
        result.lines[0]?.characters[0]?.box ?? assert.fail(),
        { left: 0, top: 0, right: 9, bottom: 9 },
      ];
      tell({
        type: 'keep',
        corrections: [
          { box, label: 'l' },
          { box: blank, label: 'l' },
        ],
      });
      const { corrections, message } = await heardOf(heard, 'kept');
      assert.deepEqual(corrections, [{ box, label: 'l' }]);
      assert.equal(message, 'Kept 1 sample; 1 box without strokes left out.');
      await run(Command.undoKeepSample);
    });
  });

  it('finds its characters in a tab beside the text, and inserts them there', async () => {
    const document = await newDocument('');
    await vscode.window.showTextDocument(document);
    await withPage(async (tell, heard) => {
      await run(Command.recognizeImage, picture);
      tell({ type: 'ready' });
      const { result, name } = await heardOf(heard, 'read');
      assert.equal(name, 'notes.jpg');
      const text = result.lines
        .map(({ characters }) =>
          characters
            .map(({ space, candidates }) => (space ? ' ' : '') + (candidates[0]?.text ?? ''))
            .join(''),
        )
        .join('\n');
      tell({ type: 'insert', text });
      await until('the text', () => document.getText() === '11 1\n11 1');
      const first = result.lines[0];
      assert.ok(first);
      const [one, two] = first.characters;
      assert.ok(one && two);
      const box = { ...one.box, right: two.box.right };
      tell({ type: 'box', id: 1, box, split: true, ruling: first.ruling });
      assert.equal((await heardOf(heard, 'box')).characters.length, 2);
    });
  });

  it('keeps a pasted picture while its tab is open, and no longer', async () => {
    const bytes = new Uint8Array(await readFile(picture.fsPath));
    await withPage(async (tell, heard) => {
      await run(Command.recognizeImage, { name: 'pasted.jpg', bytes });
      tell({ type: 'ready' });
      const { uri, name } = await heardOf(heard, 'read');
      assert.equal(name, 'Pasted picture');
      const kept = path.dirname(vscode.Uri.parse(uri).fsPath);
      assert.equal((await readdir(kept)).length, 1);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await until('the picture to be gone', async () => (await readdir(kept)).length === 0);
    });
  });

  it('takes note that a pasted picture is shown again, so that none sweeps it away', async () => {
    const kept = path.join(folder, 'pictures');
    const files = new PictureFiles(kept);
    const file = await files.keep('pasted.jpg', await readFile(picture.fsPath));
    await utimes(file.fsPath, 0, 0);
    await files.fileOf(file);
    assert.ok(Date.now() - (await stat(file.fsPath)).mtimeMs < 60_000);
    await utimes(file.fsPath, 0, 0);
    new PictureFiles(kept);
    await until('the old picture to be gone', async () => (await readdir(kept)).length === 0);
  });

  it('says in one sentence what it cannot read, and fetches nothing', async () => {
    const wrong = vscode.Uri.file(path.join(folder, 'wrong.png'));
    await writeFile(wrong.fsPath, 'no picture');
    await withPage(async (tell, heard) => {
      await run(Command.recognizeImage, wrong);
      tell({ type: 'ready' });
      assert.match((await heardOf(heard, 'unread')).message, /not a picture that can be read/);
      tell({ type: 'give', picture: { uri: 'https://example.org/a.png' } });
      assert.match((await heardOf(heard, 'failed')).message, /from the internet/);
    });
  });

  it('asks for a picture where none is named', async () => {
    const answer = { label: 'Choose a file…' };
    await withStub(vscode.window, 'showQuickPick', answer, () =>
      withStub(vscode.window, 'showOpenDialog', [picture], () =>
        withPage(async (tell, heard) => {
          await run(Command.recognizeImage);
          tell({ type: 'ready' });
          assert.equal((await heardOf(heard, 'read')).result.lines.length, 2);
        }),
      ),
    );
  });
});
