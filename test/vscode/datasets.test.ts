import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/shell/names';
import { USUAL_PICTURE_OPTIONS } from '../../src/protocol/pages/importPreview';
import { until } from '../harness/until';
import { type FileServer, serve } from '../unit/datasets/downloads/server';
import { zipOf } from '../unit/datasets/downloads/samples';
import { withPage } from './support/page';
import { named, offered, removing, run, says, set } from './support/commands';
import { withStub } from './support/stub';
import { tabLabels, tabs } from './support/tabs';

const FIXTURES = path.join(__dirname, '..', '..', '..', 'test', 'fixtures', 'emnist');
const BALANCED = 'emnist-balanced';

describe('datasets', () => {
  let server: FileServer;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    const names = (await readdir(FIXTURES)).filter((name) => name.startsWith('emnist-'));
    const files = await Promise.all(
      names.map(async (name): Promise<[string, Buffer]> => [
        `gzip/${name}`,
        await readFile(path.join(FIXTURES, name)),
      ]),
    );
    server = await serve([['gzip.zip', await zipOf(files)]]);
    await mirror(server.address);
  });

  after(async () => {
    await mirror(undefined);
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const mirror = (address: string | undefined) => set(Setting.datasetsMirror, address);

  const remove = (id: string) => removing(Command.removeDataset, id);

  const exported = async (id: string, format: string): Promise<string[]> => {
    await withStub(vscode.window, 'showQuickPick', { format, label: format }, async () => {
      await withStub(vscode.window, 'showOpenDialog', [vscode.Uri.file(folder)], async () => {
        const said = await says(() => run(Command.exportDataset, id));
        assert.match(String(said[0]?.[0]), /samples of/);
      });
    });
    return readdir(path.join(folder, `${id}-${format}`));
  };

  it('says what to do before anything is here', async () => {
    for (const command of [Command.browseDataset, Command.exportDataset, Command.verifyDataset]) {
      const [said] = await says(() => run(command), 'Error');
      assert.match(String(said?.[0]), /Download Dataset/, command);
    }
    const [removed] = await says(() => run(Command.removeDataset), 'Error');
    assert.match(String(removed?.[0]), /no dataset to remove/);
    const [handwriting] = await says(() => run(Command.exportMyHandwriting), 'Error');
    assert.match(String(handwriting?.[0]), /keep some from the pad/);
  });

  it('pauses a download and goes on with it', async () => {
    let asked = false;
    // the answer never comes
    server.manner = ({ url }) => (asked = url?.includes('gzip.zip') ?? false);
    const download = run(Command.downloadDataset, BALANCED);
    await until('the request', () => asked);
    await run(Command.pauseDownload, BALANCED);
    await download;
    server.manner = undefined;
    const [said] = await says(() => run(Command.resumeDownload, BALANCED));
    assert.match(String(said?.[0]), /EMNIST Balanced is ready: 286 samples/);
  });

  it('offers what is not here yet', async () => {
    const labels = (await offered(() => run(Command.downloadDataset))).map(({ label }) => label);
    assert.ok(labels.includes('MNIST') && !labels.includes('EMNIST Balanced'), labels.join(', '));
  });

  it('verifies', async () => {
    const [said] = await says(() => run(Command.verifyDataset, BALANCED));
    assert.equal(said?.[0], 'EMNIST Balanced is whole.');
  });

  it('opens a dataset in one tab', async () => {
    await run(Command.browseDataset, BALANCED);
    await run(Command.browseDataset, BALANCED);
    await until('the tab', () => tabLabels().includes('EMNIST Balanced'));
    assert.equal(tabLabels().filter((label) => label === 'EMNIST Balanced').length, 1);
  });

  it('exports', async () => {
    const files = await exported(BALANCED, 'idx');
    assert.ok(files.includes('train-images-idx3-ubyte.gz') && files.includes('test-labels-idx1-ubyte.gz'));
  });

  it('imports a file', async () => {
    const file = path.join(folder, 'ink.jsonl');
    const lines = ['A', 'B', 'A'].map((label, at) =>
      JSON.stringify({
        id: String(at),
        label,
        strokes: [
          [
            [0, 0],
            [5, 9],
            [9, at],
          ],
        ],
      }),
    );
    await writeFile(file, lines.join('\n'));
    await named('My strokes', async () => {
      const [said] = await says(() => run(Command.importDataset, vscode.Uri.file(file)));
      assert.match(String(said?.[0]), /My strokes is ready: 3 samples/);
    });
    assert.ok((await exported('my-strokes', 'inkml')).some((name) => name.endsWith('.inkml')));
    await remove('my-strokes');
  });

  it('asks what numbered labels stand for', async () => {
    const file = path.join(folder, 'letters.csv');
    await writeFile(file, '25,0,1,2,255\n0,9,9,9,9\n');
    await named('ABCDEFGHIJKLMNOPQRSTUVWXYZ', async () => {
      const [said] = await says(() => run(Command.importDataset, vscode.Uri.file(file)));
      assert.match(String(said?.[0]), /is ready: 2 samples/);
    });
    await remove('abcdefghijklmnopqrstuvwxyz');
  });

  it('shows pictures before it imports them, and imports nothing when that is closed', async () => {
    const pictures = path.join(folder, 'png');
    await withStub(vscode.window, 'showQuickPick', { format: 'png', label: 'png' }, () =>
      withStub(vscode.window, 'showOpenDialog', [vscode.Uri.file(folder)], () =>
        says(() => run(Command.exportDataset, BALANCED)),
      ),
    );
    await named('Scans', async () => {
      const importing = run(
        Command.importDataset,
        vscode.Uri.file(`${pictures.slice(0, -3)}${BALANCED}-png`),
      );
      const preview = `Import ${BALANCED}-png`;
      await until('the preview', () => tabLabels().includes(preview));
      const tab = tabs().find(({ label }) => label === preview);
      if (tab) await vscode.window.tabGroups.close(tab);
      await importing;
    });
    const [said] = await says(() => run(Command.browseDataset, 'scans'), 'Error');
    assert.match(String(said?.[0]), /no dataset "scans"/);
  });

  it('imports pictures once the user has seen what becomes of them', async () => {
    await named('Scans', () =>
      withPage(async (tell) => {
        const said = says(async () => {
          const location = vscode.Uri.file(path.join(folder, `${BALANCED}-png`));
          const importing = run(Command.importDataset, location);
          await until('the preview', () => tabLabels().includes(`Import ${BALANCED}-png`));
          tell({ type: 'options', options: { ...USUAL_PICTURE_OPTIONS, pen: 'light' } });
          tell({ type: 'import' });
          await importing;
        });
        assert.match(String((await said)[0]?.[0]), /Scans is ready: 28\d samples/);
      }),
    );
    await run(Command.browseDataset, 'scans');
    await until('the tab', () => tabLabels().includes('Scans'));
    assert.ok(!tabLabels().some((label) => label.startsWith('Import ')));
  });

  it('merges what is picked', async () => {
    const [alone] = await withStub(vscode.window, 'showQuickPick', [{ id: 'scans' }], () =>
      says(() => run(Command.mergeDatasets), 'Error').then(([said]) => {
        assert.match(String(said?.[0]), /One dataset alone/);
      }),
    );
    const { label, picked } = (alone?.[0] as vscode.QuickPickItem[])[0] ?? {};
    assert.deepEqual([label, picked], ['EMNIST Balanced', false]);
    await withStub(vscode.window, 'showQuickPick', [{ id: BALANCED }, { id: 'scans' }], () =>
      named('Both', async () => {
        const [said] = await says(() => run(Command.mergeDatasets));
        assert.match(String(said?.[0]), /Both is ready: 57\d samples of 2 datasets/);
      }),
    );
    await remove('both');
    await remove('scans');
  });

  it('imports those of several datasets in a folder that are picked', async () => {
    const several = path.join(folder, 'several');
    await mkdir(path.join(several, 'pictures', 'A'), { recursive: true });
    const png = (await readdir(path.join(folder, `${BALANCED}-png`), { recursive: true })).find((name) =>
      name.endsWith('.png'),
    );
    await copyFile(
      path.join(folder, `${BALANCED}-png`, png ?? ''),
      path.join(several, 'pictures', 'A', '1.png'),
    );
    await writeFile(path.join(several, 'ink.jsonl'), '{"label":"x","strokes":[[[0,0],[1,1]]]}');
    await named('Several', () =>
      withStub(vscode.window, 'showQuickPick', [{ label: 'ink' }], () =>
        withPage(async (tell) => {
          const said = says(async () => {
            const importing = run(Command.importDataset, vscode.Uri.file(several));
            await until('the preview', () => tabLabels().includes('Import several'));
            tell({ type: 'import' });
            await importing;
          });
          assert.match(String((await said)[0]?.[0]), /Several ink is ready: 1 sample/);
        }),
      ),
    );
    await remove('several-ink');
  });

  it('removes what it is told to, and closes its tab', async () => {
    await withStub(vscode.window, 'showWarningMessage', undefined, () =>
      run(Command.removeDataset, BALANCED),
    );
    const [said] = await says(() => run(Command.verifyDataset, BALANCED));
    assert.equal(said?.[0], 'EMNIST Balanced is whole.', 'not confirmed, not removed');
    await remove(BALANCED);
    await until('the tab to close', () => !tabLabels().includes('EMNIST Balanced'));
  });

  it("downloads through VS Code's proxy", async () => {
    const [[, archive] = []] = server.files;
    assert.ok(archive);
    // a proxy is asked for whole addresses
    const proxy = await serve([['http://data.invalid/gzip.zip', archive]]);
    const http = (values: [string, unknown][]) =>
      Promise.all(
        values.map(([name, value]) =>
          vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global),
        ),
      );
    await http([
      ['proxy', proxy.address],
      ['proxySupport', 'override'],
    ]);
    await mirror('http://data.invalid/');
    try {
      const [said] = await says(() => run(Command.downloadDataset, BALANCED));
      assert.match(String(said?.[0]), /EMNIST Balanced is ready/);
      assert.ok(proxy.requests.some((request) => request.startsWith('http://data.invalid/gzip.zip')));
    } finally {
      await http([
        ['proxy', undefined],
        ['proxySupport', undefined],
      ]);
      await proxy.close();
      await remove(BALANCED);
    }
  });

  it('has nothing to take back before a sample was kept', async () => {
    const said = await withStub(vscode.window, 'setStatusBarMessage', undefined, () =>
      run(Command.undoKeepSample),
    );
    assert.match(String(said[0]?.[0]), /no kept sample to take back/);
  });
});
