import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { importAll } from '../../../../src/datasets/import/importDataset';
import { barFile, refused, temporaryFolder, zipOf } from './temporary';

/** "hello" and a line's end, as bzip2 packs it: Node has nothing that does. */
const HELLO_BZ2 = Buffer.from('QlpoOTFBWSZTWcHAgOIAAAFBAAAQAkSgADDNAMNGKZcXckU4UJDBwIDi', 'base64');

async function tarOf(files: Record<string, Buffer>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece);
  return Buffer.concat(pieces);
}

const leftBehind = () => readdirSync(os.tmpdir()).filter((name) => name.startsWith('scrawl-')).length;

describe('archives', () => {
  const folder = temporaryFolder();

  async function read(name: string, content: Buffer) {
    const { imported } = await importAll(await folder.file(name, content), { name: 'd' }, folder.store);
    const [{ manifest, problems } = assert.fail()] = imported;
    await folder.store.remove('d');
    return { classes: manifest.classes, counts: manifest.counts, problems: [...problems] };
  }

  async function pictures(): Promise<Record<string, Buffer>> {
    const bar = await barFile('png');
    return { 'x/upper-A/1.png': bar, 'x/upper-A/2.png': bar, 'x/upper-B/1.png': bar };
  }

  const WHOLE = { classes: ['A', 'B'], counts: { all: [2, 1] }, problems: [] };

  it('of tar are read, packed or not, whatever they are called', async () => {
    const tar = await tarOf(await pictures());
    const before = leftBehind();
    for (const [name, content] of Object.entries({
      'a.tar': tar,
      'a.tar.gz': gzipSync(tar),
      'a.tgz': gzipSync(tar),
      download: gzipSync(tar),
      'unpacked-by-the-browser.tar.gz': tar,
    })) {
      assert.deepEqual(await read(name, content), WHOLE, name);
    }
    assert.equal(leftBehind(), before);
  });

  it('of bzip2 are read', async function () {
    const { imported } = await importAll(
      await folder.file('a.jsonl.gz', gzipSync('{"label":"A","strokes":[[[0,0]]]}\n')),
      { name: 'gz' },
      folder.store,
    );
    assert.equal(imported.length, 1);
    await refused(
      importAll(await folder.file('h.jsonl', HELLO_BZ2), { name: 'd' }, folder.store),
      /Line 1 is not JSON/,
    );
    const packed = spawnSync('bzip2', ['-c'], { input: await tarOf(await pictures()) });
    if (packed.status !== 0) this.skip();
    assert.deepEqual(await read('a.tar.bz2', packed.stdout), WHOLE);
  });

  it('in archives are read too', async () => {
    const files = await pictures();
    const inner = await zipOf(files);
    const before = leftBehind();
    assert.deepEqual(await read('a.zip', await zipOf({ 'parts/p.zip': inner })), WHOLE);
    assert.deepEqual(
      await read('b.zip', await zipOf({ 'parts/p.tgz': gzipSync(await tarOf(files)) })),
      WHOLE,
    );
    assert.deepEqual(await read('c.tar', await tarOf({ 'p.zip': await zipOf({ 'q.zip': inner }) })), WHOLE);
    assert.equal(leftBehind(), before);
  });

  it('in too many others are named, and what is damaged in one is', async () => {
    const bar = await barFile('png');
    let deep = await zipOf({ 'upper-C/1.png': bar });
    for (let depth = 0; depth < 4; depth++)
      deep = await zipOf({ [`upper-A/${String(depth)}.png`]: bar, 'deeper.zip': deep });
    assert.match(
      (await read('deep.zip', deep)).problems.join(),
      /deeper\.zip, an archive in others: unpack it/,
    );
    const damaged = await zipOf({ 'upper-A/1.png': bar, 'b.zip': Buffer.from('PK\x03\x04 and no more') });
    assert.deepEqual((await read('d.zip', damaged)).problems, [
      'b.zip is neither a folder nor a whole zip archive: fetch it again.',
    ]);
  });

  it('are refused where they are cut off, lead out, or would fill the disk', async () => {
    const tar = await tarOf(await pictures());
    await refused(
      read('cut.tar.gz', gzipSync(tar).subarray(0, -50)),
      /truncated or damaged|damaged tar archive/,
    );
    await refused(read('out.tar', await tarOf({ '../evil.png': await barFile('png') })), /leads out of it/);
    // a file that claims 8 GiB, which nothing so small unpacks to
    const claims = await tarOf({ 'a.bin': Buffer.from('x') });
    claims.write('77777777777\0', 124);
    claims.write('        ', 148);
    const sum = claims.subarray(0, 512).reduce((all, byte) => all + byte, 0);
    claims.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    await refused(read('bomb.tar', claims), /unpacks to more than/);
  });
});
