import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  CATALOG,
  checkedBy,
  downloadBytes,
  unpackedBytes,
  type CatalogEntry,
} from '../../../../src/datasets/download/catalog';
import type { DownloadProgress } from '../../../../src/datasets/download/progress';
import { DatasetError, Disconnected } from '../../../../src/datasets/errors';
import { verifyIdx } from '../../../../src/datasets/formats/idxStream';
import type { NewDataset } from '../../../../src/datasets/import/datasetWriter';
import { openDataset } from '../../../../src/datasets/open';
import type { ImageSamples, InkSamples, Samples } from '../../../../src/datasets/samples';
import type { Split } from '../../../../src/base/split';
import type { DownloadOptions } from '../../../../src/datasets/store/datasetDownload';
import { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { sharedFile } from '../../shared';
import {
  BALANCED,
  balancedEntry,
  emnistFiles,
  emnistZip,
  idxImages,
  idxLabels,
  mnistEntry,
  mnistFiles,
  sha256Of,
  zipOf,
} from './samples';
import { asked, dropAfter, noRanges, serve, type FileServer } from './server';

const SETTINGS = { attempts: 3, backoff: 0, stall: 60, leastBytes: 64, redirects: 5 };
const FIXTURE = path.resolve('test', 'fixtures', 'emnist');
/** Of the archive that the catalog knows. */
const EMNIST_BYTES = 561_753_746;
const IMAGES = 'train-images-idx3-ubyte.gz';

describe('downloads', function () {
  this.timeout(20_000);
  let home: string;
  let server: FileServer;
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    server = await serve([]);
  });
  afterEach(async () => {
    await server.close();
    await rm(home, { recursive: true });
  });

  const storeOf = (entry: CatalogEntry, settings = SETTINGS) =>
    new DatasetStore(home, { catalog: [entry], settings });

  /** A store of a small MNIST at the server's root. */
  function mnist(files = mnistFiles(), settings = SETTINGS): DatasetStore {
    for (const [name, content] of files) server.files.set(name, content);
    return storeOf(mnistEntry([server.address]), settings);
  }

  async function balanced(zip?: Buffer): Promise<DatasetStore> {
    server.files.set('gzip.zip', zip ?? (await emnistZip()));
    return storeOf(balancedEntry([`${server.address}/gzip.zip`]));
  }

  /** The download fails with one sentence, and what was stored before is as it was. */
  async function fails(
    store: DatasetStore,
    id: string,
    sentence: RegExp,
    options?: DownloadOptions,
  ): Promise<void> {
    await keep(store);
    await assert.rejects(
      store.download(id, options),
      (error) => error instanceof DatasetError && sentence.test(error.message) && oneSentence(error.message),
    );
    const samples = (await (await store.open('kept')).load('all')) as ImageSamples;
    assert.deepEqual([...samples.labels], [1, 0]);
    assert.notEqual((await store.find(id))?.state, 'ready');
  }

  /** Something that is stored already. */
  async function keep(
    store: DatasetStore,
    id = 'kept',
    splits: readonly Split[] = ['all'],
    about: Partial<NewDataset> = {},
  ): Promise<void> {
    const batch: Samples = {
      kind: 'images',
      height: 1,
      width: 2,
      pixels: Uint8Array.of(1, 2, 3, 4),
      labels: Uint16Array.of(1, 0),
    };
    await store.write(
      id,
      {
        name: 'Kept',
        kind: 'images',
        source: 'a test',
        height: 1,
        width: 2,
        classes: ['a', 'b'],
        covers: ['a', 'b'],
        officialSplits: [],
        ...about,
      },
      splits.map((split) => ({ split, batches: stream(batch) })),
    );
  }

  it('MNIST: every split, its counts and its checksum; nothing is left over, and a second time nothing is fetched', async () => {
    const store = mnist();
    assert.deepEqual(
      (await store.list()).map(({ id, state }) => [id, state]),
      [['mnist', 'absent']],
    );
    const seen: DownloadProgress[] = [];
    const manifest = await store.download('mnist', { onProgress: (progress) => seen.push(progress) });
    assert.equal(
      manifest.counts['train']?.reduce((a, b) => a + b),
      40,
    );
    assert.match(manifest.checksum, /^[0-9a-f]{64}$/);
    assert.deepEqual([...new Set(seen.map(({ phase }) => phase))], ['downloading', 'building', 'checking']);
    assert.ok(seen.every(({ doneBytes, totalBytes }) => doneBytes <= totalBytes));
    const dataset = await store.open('mnist');
    const { pixels, labels } = (await dataset.load('test')) as ImageSamples;
    assert.ok(pixels.buffer instanceof SharedArrayBuffer);
    const stored = gunzipSync(mnistFiles().get('t10k-images-idx3-ubyte.gz') as Buffer).subarray(16);
    assert.deepEqual(Buffer.from(pixels), stored);
    assert.equal(labels.length, 40);
    assert.equal((await dataset.load('all')).labels.length, 80);
    await assert.rejects(dataset.load('validation'), DatasetError);
    assert.deepEqual(await readdir(path.join(home, 'downloads')), []);
    const { length } = server.requests;
    await store.download('mnist');
    assert.equal(server.requests.length, length);
  });

  it('EMNIST: only the members of the split are fetched, upright, as from the files themselves', async () => {
    const others: [string, Buffer][] = [
      ['gzip/emnist-byclass-train-images-idx3-ubyte.gz', Buffer.alloc(400_000)],
    ];
    const files = [...(await emnistFiles())].map(([name, content]): [string, Buffer] => [
      `gzip/${name}`,
      content,
    ]);
    const store = await balanced(await zipOf([...others, ...files]));
    const manifest = await store.download(BALANCED);
    assert.equal(manifest.classes.length, 47);
    assert.ok(server.sent < 400_000, String(server.sent));
    const whole = (await (await openDataset(FIXTURE)).load('test')) as ImageSamples;
    const loaded = (await (await store.open(BALANCED)).load('test')) as ImageSamples;
    assert.deepEqual(Buffer.from(loaded.pixels), Buffer.from(whole.pixels));
    assert.deepEqual([...loaded.labels], [...whole.labels]);
  });

  it('EMNIST: a zip64 archive of compressed members is read from afar too', async () => {
    const store = await balanced(await emnistZip({ compress: true, forceZip64Format: true }));
    assert.equal(
      (await store.download(BALANCED)).counts['test']?.reduce((a, b) => a + b),
      86,
    );
  });

  it('EMNIST: where the server gives no ranges the archive is fetched once for all its datasets', async () => {
    server.manner = noRanges;
    server.files.set('gzip.zip', await emnistZip());
    const first = balancedEntry([`${server.address}/gzip.zip`]);
    const store = new DatasetStore(home, {
      catalog: [first, { ...first, id: 'another' }],
      settings: SETTINGS,
    });
    await store.download(BALANCED);
    const { length } = server.requests;
    assert.ok((await readdir(path.join(home, 'downloads'))).includes('emnist-gzip.zip'));
    await store.download('another');
    assert.equal(server.requests.length, length);
    assert.deepEqual(await readdir(path.join(home, 'downloads')), []);
  });

  it('no range support: the file is fetched whole', async () => {
    const store = mnist();
    server.manner = noRanges;
    await store.download('mnist');
  });

  it('drops mid-way: the rest is asked for', async () => {
    const store = mnist();
    server.manner = dropAfter(5000, /images/);
    await store.download('mnist');
    assert.ok(server.requests.some((request) => /images.* bytes=5000-/.test(request)));
  });

  it('drops mid-way in an archive: the rest of the member is asked for', async () => {
    const store = await balanced();
    server.manner = dropAfter(20_000, /zip/);
    await store.download(BALANCED);
  });

  for (const archive of [false, true]) {
    const what = archive ? 'a member of an archive' : 'a file';
    it(`the network is away half way through ${what}: it is waited for, and the rest asked for`, async () => {
      const store = archive ? await balanced() : mnist();
      const files = archive ? await emnistFiles() : server.files;
      const length = files.get(archive ? `emnist-balanced-${IMAGES}` : IMAGES)?.length;
      let broken: { start: number; closed: Promise<void> } | undefined;
      server.manner = (request, response, body) => {
        const { start, part } = (body && asked(request, body)) ?? { start: 0, part: body };
        if (broken || part?.length !== length) return false;
        response.on('close', () => (broken = { start, closed: server.close() }));
        return dropAfter(9000, /./)(request, response, body);
      };
      const phases: string[] = [];
      await store.download(archive ? BALANCED : 'mnist', {
        onProgress: ({ phase }) => {
          if (phases.at(-1) === phase) return;
          phases.push(phase);
          if (phase === 'offline') void broken?.closed.then(() => server.reopen());
        },
      });
      assert.deepEqual(phases.slice(0, 3), ['downloading', 'offline', 'downloading']);
      const rest = `bytes=${String((broken?.start ?? NaN) + 9000)}-`;
      assert.ok(server.requests.some((request) => request.includes(rest)));
      assert.equal((await store.find(archive ? BALANCED : 'mnist'))?.state, 'ready');
    });
  }

  it('no network at the start: it says so at once; half way, and for long: it can be gone on with', async () => {
    const store = mnist();
    await server.close();
    const isPassing = (error: unknown) => error instanceof Disconnected;
    await assert.rejects(store.download('mnist'), (error) => !isPassing(error) && oneSentence(String(error)));
    await server.reopen();
    server.manner = (request, response, body) => {
      if (!/train-images/.test(request.url ?? '')) return false;
      response.on('close', () => void server.close());
      return dropAfter(9000, /./)(request, response, body);
    };
    await assert.rejects(store.download('mnist'), isPassing);
    assert.equal((await store.find('mnist'))?.state, 'partial');
    await server.reopen();
    server.manner = undefined;
    await store.download('mnist');
    assert.ok(server.requests.includes(`${IMAGES} bytes=9000-`));
  });

  it('stopped and started again: it goes on where it was', async () => {
    const store = mnist();
    const stop = new AbortController();
    const reason = new DatasetError('Stopped: go on later.');
    const drop = dropAfter(9000, /train-images/);
    server.manner = (request, response, body) => {
      if (request.headers.range !== undefined) stop.abort(reason);
      return drop(request, response, body);
    };
    await assert.rejects(store.download('mnist', { signal: stop.signal }), reason);
    const entry = await store.find('mnist');
    assert.equal(entry?.state, 'partial');
    assert.ok(entry.doneBytes >= 9000 && entry.doneBytes < entry.totalBytes);
    server.manner = undefined;
    await store.download('mnist');
    assert.ok(server.requests.includes(`${IMAGES} bytes=9000-`));
    assert.equal((await store.find('mnist'))?.state, 'ready');
  });

  it('a file that changed since is fetched from its start', async () => {
    const old = mnistFiles();
    const store = mnist(old);
    const changed = gzipSync(gunzipSync(old.get(IMAGES) as Buffer), { level: 0 });
    server.manner = (request, response, body) => {
      if (server.files.get(IMAGES) === changed) return false;
      const dropped = dropAfter(9000, /train-images/)(request, response, body);
      if (dropped) server.files.set(IMAGES, changed);
      return dropped;
    };
    await store.download('mnist');
    assert.deepEqual(await readFile(path.join(store.folder('mnist'), 'files', IMAGES)), changed);
    assert.deepEqual(
      server.requests.filter((request) => request.startsWith(IMAGES)),
      [IMAGES, `${IMAGES} bytes=9000-`],
    );
  });

  it('an archive that changes between two members is read anew', async () => {
    const store = await balanced();
    const other = await emnistZip({ compress: true });
    server.manner = (request) => {
      if (/-\d+$/.test(request.headers.range ?? '') && server.requests.length === 6)
        server.files.set('gzip.zip', other);
      return false;
    };
    assert.equal(
      (await store.download(BALANCED)).counts['train']?.reduce((a, b) => a + b),
      200,
    );
  });

  it('404 at the first address: the mirror serves', async () => {
    for (const [name, content] of mnistFiles()) server.files.set(`mirror/${name}`, content);
    const store = storeOf(mnistEntry([`${server.address}/gone`, `${server.address}/mirror`]));
    await store.download('mnist');
  });

  it('no server at the first address: the mirror serves', async () => {
    const closed = await serve([]);
    await closed.close();
    for (const [name, content] of mnistFiles()) server.files.set(name, content);
    await storeOf(mnistEntry([closed.address, server.address])).download('mnist');
  });

  it('--mirror is asked in place of the publishers, with the folders of all sources below it or without', async () => {
    const entry = mnistEntry(['http://127.0.0.1:9/never']);
    for (const [name, content] of mnistFiles()) server.files.set(`data/mnist/${name}`, content);
    await storeOf(entry).download('mnist', { mirror: `${server.address}/data/` });
    await storeOf(entry).remove('mnist');
    await storeOf(entry).download('mnist', { mirror: [`${server.address}/data/mnist`] });
  });

  it('two at the same time: each file is fetched once', async () => {
    const store = mnist();
    const another = storeOf(mnistEntry([server.address]));
    const [first, second] = await Promise.all([store.download('mnist'), another.download('mnist')]);
    assert.deepEqual(first, second);
    assert.equal(server.requests.length, 4);
  });

  it('a busy server is asked again', async () => {
    const store = mnist();
    let busy = 2;
    server.manner = (_request, response) => {
      if (busy-- <= 0) return false;
      response.writeHead(503).end();
      return true;
    };
    await store.download('mnist');
  });

  it('a full disk is seen before the start', async () => {
    const entry = mnistEntry([server.address]);
    const store = new DatasetStore(home, {
      catalog: [entry],
      settings: SETTINGS,
      freeBytes: () => Promise.resolve(1e4),
    });
    await fails(store, 'mnist', /MNIST needs \d+ kB and the disk of .* has 10.0 kB left: free some space/);
    assert.equal(server.requests.length, 0);
  });

  const sizes = async () => [...(await emnistFiles()).values()].map(({ length }) => length);
  const spaces: [string, FileServer['manner'], boolean, (entry: CatalogEntry) => Promise<number>][] = [
    [
      'for the files of a split and the cached form, or the part of a file',
      undefined,
      false,
      async (entry) => sum(await sizes()) + Math.max(unpackedBytes(entry), ...(await sizes())),
    ],
    [
      'for an archive that is fetched whole, the files in it, and the cached form',
      noRanges,
      false,
      (entry) => Promise.resolve(EMNIST_BYTES + downloadBytes(entry) + unpackedBytes(entry)),
    ],
    [
      'for the files in an archive that was kept, and the cached form',
      undefined,
      true,
      async (entry) => sum(await sizes()) + unpackedBytes(entry),
    ],
  ];
  for (const [what, manner, kept, spaceOf] of spaces) {
    it(`the disk must have room ${what}`, async () => {
      const entry = balancedEntry([`${server.address}/gzip.zip`]);
      await balanced();
      server.manner = manner;
      if (kept) {
        await mkdir(path.join(home, 'downloads'));
        await writeFile(path.join(home, 'downloads', 'emnist-gzip.zip'), await emnistZip());
      }
      let free = (await spaceOf(entry)) - 1;
      const store = new DatasetStore(home, {
        catalog: [entry],
        settings: SETTINGS,
        freeBytes: () => Promise.resolve(free),
      });
      await assert.rejects(store.download(BALANCED), /Balanced needs .* left: free some space\.$/);
      assert.equal((await store.find(BALANCED))?.state, 'absent');
      free++;
      const { length } = server.requests;
      await store.download(BALANCED);
      if (kept) assert.equal(server.requests.length, length);
    });
  }

  const page = '<!doctype html><title>Sign in</title>'.padEnd(5000);
  const misbehaviors: [string, FileServer['manner'], RegExp][] = [
    [
      'an HTML page with status 200',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(page);
        return true;
      },
      /sends something else, such as a web page/,
    ],
    [
      'an HTML page that says that it is gzip',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/gzip' }).end(page);
        return true;
      },
      /sends something else, such as a web page/,
    ],
    [
      'a slow trickle',
      (_request, response, body) => {
        if (!body) return false;
        response.writeHead(200, { 'content-length': body.length });
        // the file itself, one byte after the other
        const bytes = body.values();
        const drip = setInterval(() => response.write(Buffer.of(bytes.next().value ?? 0)), 15);
        response.on('close', () => {
          clearInterval(drip);
        });
        return true;
      },
      /sends too slowly/,
    ],
    ['silence', () => true, /does not answer/],
    [
      'a length that is too long',
      (_request, response, body) => {
        if (!body) return false;
        response.writeHead(200, { 'content-length': body.length + 10 });
        response.write(body, () => response.destroy());
        return true;
      },
      /broke the connection|ended at/,
    ],
    [
      'a length that is too short',
      (_request, response, body) => {
        if (!body) return false;
        response.writeHead(200, { 'content-length': body.length - 9 }).end(body.subarray(0, -9));
        return true;
      },
      /cut off or damaged/,
    ],
    [
      'other bytes than asked for',
      (_request, response, body) => {
        if (!body) return false;
        response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('12345');
        return true;
      },
      /other bytes than it was asked for/,
    ],
    [
      'a redirect loop',
      (request, response) => {
        response.writeHead(302, { location: request.url }).end();
        return true;
      },
      /sends on in a circle/,
    ],
    [
      'a redirect to a file of the machine',
      (_request, response) => {
        response.writeHead(302, { location: 'file:///etc/passwd' }).end();
        return true;
      },
      /no http or https address/,
    ],
    [
      'an error that stays',
      (_request, response) => {
        response.writeHead(500).end();
        return true;
      },
      /answered 500 Internal Server Error/,
    ],
    [
      'not found',
      (_request, response) => {
        response.writeHead(404).end();
        return true;
      },
      /answered 404 Not Found/,
    ],
  ];
  for (const [what, manner, sentence] of misbehaviors) {
    it(`${what}: one clear sentence, and what was there stays`, async () => {
      const store = mnist();
      server.manner = manner;
      await fails(store, 'mnist', sentence);
    });
  }

  const pixels = Buffer.alloc(40 * 784, 7);
  const labels = Buffer.alloc(40, 3);
  const contents: [string, string, Buffer, RegExp][] = [
    [
      'a gzip file that is cut off',
      IMAGES,
      (mnistFiles().get(IMAGES) as Buffer).subarray(0, 9000),
      /cut off/,
    ],
    ['too many images by its header', IMAGES, gzipSync(idxImages(41, pixels)), /is truncated/],
    ['too few images by its header', IMAGES, gzipSync(idxImages(39, pixels)), /holds more than it says/],
    ['no images by its header', IMAGES, gzipSync(idxImages(0, pixels)), /claims to hold no images/],
    ['2^31 images by its header', IMAGES, gzipSync(idxImages(2 ** 31, pixels)), /claims 2147483648 images/],
    ['a wrong magic', IMAGES, gzipSync(idxImages(40, pixels, { magic: 0x802 })), /not an IDX file of images/],
    [
      'images of another size',
      IMAGES,
      gzipSync(idxImages(40, pixels, { width: 14, height: 56 })),
      /images of 56x14/,
    ],
    ['a file without an IDX header', IMAGES, gzipSync(Buffer.from('short')), /not an IDX file/],
    [
      'fewer labels than images',
      'train-labels-idx1-ubyte.gz',
      gzipSync(idxLabels(39, labels.subarray(1))),
      /another number/,
    ],
    [
      'labels that are no class',
      'train-labels-idx1-ubyte.gz',
      gzipSync(idxLabels(40, Buffer.alloc(40, 99))),
      /label 99/,
    ],
    [
      'labels that unpack to a bomb',
      'train-labels-idx1-ubyte.gz',
      gzipSync(idxLabels(40, Buffer.alloc(2e7))),
      /holds more/,
    ],
  ];
  for (const [what, name, content, sentence] of contents) {
    it(`${what}: one clear sentence, and what was there stays`, async () => {
      const store = mnist(new Map([...mnistFiles(), [name, content]]));
      await fails(store, 'mnist', sentence);
      mnist();
      await store.download('mnist');
    });
  }

  it("another checksum than the publisher's: one clear sentence", async () => {
    for (const [name, content] of mnistFiles()) server.files.set(name, content);
    const store = storeOf(mnistEntry([server.address], new Map([[IMAGES, sha256Of(Buffer.from('else'))]])));
    await fails(store, 'mnist', /not as its publisher's checksum says/);
  });

  it("checks MNIST's files by SHA-256, and says that of EMNIST's there is only CRC-32", async function () {
    const [digits, ...others] = CATALOG;
    assert.ok(digits);
    assert.match(checkedBy(digits), /SHA-256 sum\.$/);
    for (const entry of others) assert.match(checkedBy(entry), /CRC-32 .* SHA-256 sums are not known/);
    for (const { name, holds, sha256 } of digits.files) {
      if (holds === 'mapping') continue;
      assert.ok(sha256 !== undefined);
      await verifyIdx(sharedFile(this, 'mnist', name), { holds, side: 28, sha256 });
    }
  });

  const archives: [string, () => Promise<Buffer>, RegExp][] = [
    ['names with ../', () => hostile('xx/evil.txt', '../evil.txt'), /outside of itself \(\.\.\/evil\.txt\)/],
    ['absolute names', () => hostile('xevil.txt', '/evil.txt'), /outside of itself \(\/evil\.txt\)/],
    [
      'a member that claims 2 GiB',
      async () => patched(await emnistZip({ compress: true }), 'test-images', 24, 2 ** 31),
      /claims to unpack to more than 1 GiB/,
    ],
    [
      'a member that unpacks to more than it claims',
      async () => patched(await emnistZip({ compress: true }), 'test-images', 24, 100),
      /unpacks to more than its archive says/,
    ],
    [
      'a member with another checksum',
      async () => patched(await emnistZip(), 'test-images', 16, 1),
      /not as its archive's checksum says/,
    ],
    [
      'no member of the split',
      () => zipOf([['gzip/readme.txt', Buffer.from('x')]]),
      /has no emnist-balanced/,
    ],
    [
      'half of an archive',
      async () => (await emnistZip()).subarray(0, 40_000),
      /damaged or no zip archive|no whole zip/,
    ],
    [
      'labels outside the mapping',
      async () =>
        zipOf([
          ...(await emnistFiles()),
          ['emnist-balanced-test-labels-idx1-ubyte.gz', gzipSync(idxLabels(86, Buffer.alloc(86, 99)))],
        ]),
      /label 99, which its mapping lacks/,
    ],
  ];
  for (const [what, make, sentence] of archives) {
    for (const ranges of [true, false]) {
      it(`${what}, ${ranges ? 'from afar' : 'in a whole archive'}: one clear sentence`, async () => {
        const store = await balanced(await make());
        server.manner = ranges ? undefined : noRanges;
        await fails(store, BALANCED, sentence);
        server.files.set('gzip.zip', await emnistZip());
        await store.download(BALANCED);
      });
    }
  }

  const keptArchives: [string, (zip: Buffer) => Buffer][] = [
    ['is cut off', (zip) => zip.subarray(0, -30)],
    ['has a member without its header', (zip) => Buffer.from(zip).fill(0, 0, 4)],
    ['has a member that reaches beyond its end', (zip) => patched(zip, 'mapping', 20, 2 ** 29)],
    ['has a member that lies beyond its end', (zip) => patched(zip, 'mapping', 42, 2 ** 29)],
    ['holds something else', () => Buffer.from('no archive at all')],
  ];
  for (const [what, damage] of keptArchives) {
    it(`an archive that was kept and ${what}: it is fetched anew`, async () => {
      const store = await balanced();
      server.manner = noRanges;
      await mkdir(path.join(home, 'downloads'));
      await writeFile(path.join(home, 'downloads', 'emnist-gzip.zip'), damage(await emnistZip()));
      await store.download(BALANCED);
      await store.verify(BALANCED);
      assert.deepEqual(await readdir(path.join(home, 'downloads')), []);
    });
  }

  it('verify finds a changed byte, the list says so, and another download brings it in order', async () => {
    const store = mnist();
    const manifest = await store.download('mnist');
    assert.deepEqual(await store.verify('mnist'), manifest);
    const file = path.join(store.folder('mnist'), 'cache', 'train.samples');
    const bytes = await readFile(file);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await assert.rejects(store.verify('mnist'), /MNIST is damaged on the disk: download or import it again/);
    assert.equal((await store.find('mnist'))?.state, 'damaged');
    await assert.rejects(store.open('mnist'), DatasetError);
    const { length } = server.requests;
    assert.deepEqual(await store.download('mnist'), manifest);
    // its own files were whole
    assert.equal(server.requests.length, length);
    await writeFile(file, bytes.subarray(1));
    assert.equal((await store.find('mnist'))?.state, 'damaged');
    await writeFile(path.join(store.folder('mnist'), 'dataset.json'), '{');
    assert.equal((await store.find('mnist'))?.state, 'damaged');
    await store.download('mnist');
    await store.remove('mnist');
    assert.equal((await store.find('mnist'))?.state, 'absent');
    await assert.rejects(store.remove('mnist'), DatasetError);
  });

  it('what is written is whole or absent, and an id is taken once', async () => {
    const store = mnist();
    await keep(store);
    assert.deepEqual(
      (await store.list()).map(({ id, state }) => [id, state]),
      [
        ['mnist', 'absent'],
        ['kept', 'ready'],
      ],
    );
    await assert.rejects(keep(store), /There is a dataset "kept" already/);
    const ink: InkSamples = {
      kind: 'ink',
      inks: [
        [
          [
            [0, 0],
            [1, 2, 30, 0.5],
          ],
        ],
        [[[3.25, 4]]],
      ],
      penWidths: [undefined, 2],
      writers: ['w', undefined],
      labels: Uint16Array.of(0, 1),
    };
    const dataset = {
      name: 'Ink',
      kind: 'ink',
      source: 'a test',
      height: 28,
      width: 28,
      officialSplits: [],
    } as const;
    const classes = { classes: ['x', '+'], covers: ['x', '+'], officialSplits: [] };
    await store.write('ink', { ...dataset, ...classes }, [{ split: 'all', batches: stream(ink) }]);
    const {
      labels: stored,
      inks,
      writers,
      penWidths,
    } = (await (await store.open('ink')).load('all')) as InkSamples;
    assert.deepEqual(
      { inks, writers, penWidths, labels: [...stored] },
      {
        inks: [
          [
            [
              [0, 0],
              [1, 2, 30, 0.5],
            ],
          ],
          [[[3.25, 4]]],
        ],
        writers: ink.writers,
        penWidths: ink.penWidths,
        labels: [0, 1],
      },
    );
    await assert.rejects(
      store.write('broken', { ...dataset, ...classes }, [{ split: 'all', batches: failing(ink) }]),
      /half way/,
    );
    await assert.rejects(store.write('../up', { ...dataset, ...classes }, []), DatasetError);
    assert.deepEqual((await readdir(path.join(home, 'datasets'))).sort(), ['ink', 'kept']);
  });

  it('what no manifest can say is refused, not stored as damaged', async () => {
    const store = mnist();
    await assert.rejects(keep(store, 'kept', ['all'], { classes: ['a', ''] }), (error) => {
      assert.ok(error instanceof DatasetError && oneSentence(error.message));
      return /classes\.1/.test(error.message);
    });
    await assert.rejects(keep(store, 'kept', ['all'], { name: 'x'.repeat(101) }), DatasetError);
    assert.equal(await store.find('kept'), undefined);
  });

  it('data from elsewhere may have the id of a dataset that can be downloaded only where they are all of it', async () => {
    const [entry = assert.fail()] = (await mnist().list()).flatMap(({ catalog }) => catalog ?? []);
    const tiny = new DatasetStore(home, { catalog: [{ ...entry, samples: { train: 2, test: 2 } }] });
    await assert.rejects(
      keep(tiny, 'mnist', ['train']),
      /^DatasetError: "mnist" stands for the whole of MNIST, 2 \+ 2 samples, and this is not it: choose another name\.$/,
    );
    assert.equal((await tiny.find('mnist'))?.state, 'absent');
    await keep(tiny, 'mnist', ['train', 'test']);
    assert.equal((await tiny.find('mnist'))?.state, 'ready');
  });

  it('a stored dataset is opened by its id, and one that is not here says how to get it', async () => {
    await keep(mnist());
    assert.deepEqual((await openDataset('kept', home)).classes, ['a', 'b']);
    await assert.rejects(
      openDataset('emnist-byclass', home),
      /EMNIST ByClass is not downloaded yet: download emnist-byclass/,
    );
    await assert.rejects(openDataset('nowhere', home), /nothing at nowhere/);
  });

  it('real files: MNIST whole, and a split of EMNIST', async function () {
    this.timeout(120_000);
    const folder = path.dirname(path.dirname(sharedFile(this, 'mnist', IMAGES)));
    for (const file of [
      'emnist/gzip.zip',
      ...(await readdir(path.join(folder, 'mnist'))).map((name) => `mnist/${name}`),
    ]) {
      server.files.set(file, await readFile(path.join(folder, file)));
    }
    const store = new DatasetStore(home);
    const mirror = server.address;
    const { counts } = await store.download('mnist', { mirror });
    assert.deepEqual([sum(counts['train']), sum(counts['test'])], [60_000, 10_000]);
    const before = server.sent;
    const digits = await store.download('emnist-digits', { mirror });
    assert.deepEqual([sum(digits.counts['train']), sum(digits.counts['test'])], [11_097, 233]);
    assert.ok(server.sent - before < 5e6);
    await store.verify('mnist');
  });
});

const sum = (numbers: readonly number[] | undefined) => (numbers ?? []).reduce((a, b) => a + b, 0);

const oneSentence = (text: string) => /^[^\n]+: [^\n]+\.$/.test(text);

async function* stream(...batches: Samples[]): AsyncGenerator<Samples> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

async function* failing(batch: Samples): AsyncGenerator<Samples> {
  yield await Promise.resolve(batch);
  throw new DatasetError('It ended half way: try again.');
}

/** An archive with one name replaced by another of the same length, which no tool would write. */
async function hostile(name: string, by: string): Promise<Buffer> {
  const files = [...(await emnistFiles())].map(([each, content]): [string, Buffer] => [
    `gzip/${each}`,
    content,
  ]);
  const zip = await zipOf([[name, Buffer.from('evil')], ...files]);
  return Buffer.from(zip.toString('latin1').replaceAll(name, by), 'latin1');
}

/** An archive with a number of a member's entry in the directory changed. */
function patched(zip: Buffer, member: string, offset: number, value: number): Buffer {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf('PK\x01\x02'); at >= 0; at = copy.indexOf('PK\x01\x02', at + 4)) {
    const name = copy.toString('latin1', at + 46, at + 46 + copy.readUInt16LE(at + 28));
    if (name.includes(member)) copy.writeUInt32LE(value, at + offset);
  }
  return copy;
}
