import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command } from '../../src/host/shell/names';
import { type HostToReview, Verdict } from '../../src/protocol/pages/review';
import { openDataset } from '../../src/datasets/open';
import { until } from '../harness/until';
import { loaded, withPage } from './support/page';
import { named, removing, run, says } from './support/commands';
import { withTypedList } from './support/pad';
import { withStub } from './support/stub';
import { tabLabels } from './support/tabs';

const FIXTURE = path.join(__dirname, '..', '..', '..', 'test', 'fixtures', 'emnist');
const { open, kept, relabeled, excluded } = Verdict;

/** Places of train samples that are given another digit than their own. */
const FLIPPED = [5, 20, 33];

type Heard<T extends HostToReview['type']> = Extract<HostToReview, { type: T }>;

describe('review of suspicious labels', function () {
  this.timeout(120_000);
  let folder: string;
  /** Digits as they are. */
  let digits: { label: number; pixels: Uint8Array }[];

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    const samples = await (await openDataset(`${FIXTURE}#balanced`)).load('all');
    if (samples.kind !== 'images') throw new Error('not images');
    digits = [...samples.labels].flatMap((label, at) =>
      label < 10 ? [{ label, pixels: samples.pixels.subarray(at * 784, (at + 1) * 784) }] : [],
    );
    const rows = digits.map(({ label, pixels }, at) =>
      [FLIPPED.includes(at) ? (label + 5) % 10 : label, ...pixels].join(','),
    );
    await mkdir(path.join(folder, 'digits'));
    await writeFile(path.join(folder, 'digits', 'train.csv'), rows.join('\n'));
    await writeFile(path.join(folder, 'digits', 'test.csv'), rows.slice(-6).join('\n'));
    await named('Flipped', () =>
      says(() => run(Command.importDataset, vscode.Uri.file(path.join(folder, 'digits')))),
    );
  });

  after(async () => {
    await removing(Command.removeDataset, 'flipped');
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs the command with the first answer of each list, and gives what the lists were. */
  const review = async () => {
    const lists: vscode.QuickPickItem[][] = [];
    const first = (items: vscode.QuickPickItem[]) => {
      lists.push(items);
      return items.find(({ label }) => label === 'Flipped') ?? items[0];
    };
    await withStub(vscode.window, 'showQuickPick', first, () => run(Command.reviewLabels));
    return lists;
  };

  /** How many train samples of each digit an export of the dataset has. */
  const counted = async (name: string): Promise<number[]> => {
    const target = path.join(folder, name);
    await mkdir(target);
    await withStub(vscode.window, 'showQuickPick', { format: 'idx', label: 'idx' }, () =>
      withStub(vscode.window, 'showOpenDialog', [vscode.Uri.file(target)], () =>
        says(() => run(Command.exportDataset, 'flipped')),
      ),
    );
    const exported = await openDataset(path.join(target, 'flipped-idx'));
    const { labels } = await exported.load('train');
    return Array.from('0123456789', (digit) => {
      const index = exported.classes.indexOf(digit);
      return labels.filter((label) => label === index).length;
    });
  };

  it('asks which model and which split, train first, and finds the flipped labels first', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await withPage(async (tell, heard, said) => {
      const of = <T extends HostToReview['type']>(type: T) =>
        heard.filter((message): message is Heard<T> => (message as HostToReview).type === type);
      const shown = (done: string) =>
        until(done, () => of('verdicts').find((message) => message.done?.name === done));
      const lists = await review();
      assert.equal(lists[0]?.[0]?.label, 'Characters');
      assert.deepEqual(lists[2]?.map(({ label }) => label).slice(0, 2), ['Train', 'Test']);
      await loaded(said);
      tell({ type: 'ready' });
      const queue = await until('the queue', () => of('queue')[0]);
      assert.deepEqual(
        [...queue.places.slice(0, 3)].sort((a, b) => a - b),
        FLIPPED,
      );
      assert.equal(queue.learning, 'unnamed');
      for (let at = 0; at < 3; at++) {
        const digit = digits[queue.places[at] ?? 0]?.label;
        assert.equal(queue.classes[queue.suggested[at] ?? 0], String(digit));
      }
      tell({ type: 'pictures', page: 0 });
      const pictures = await until('the pictures', () => of('pictures')[0]);
      const place = queue.places[0] ?? 0;
      assert.deepEqual(pictures.pixels.subarray(0, 784), digits[place]?.pixels);

      const before = await counted('before');
      const mended = queue.classes[queue.suggested[0] ?? 0] ?? '';
      tell({ type: 'decide', at: 0, decision: 'relabel' });
      await shown(`Relabeled as ${mended}`);
      tell({ type: 'decide', at: 1, decision: 'exclude' });
      await shown('Excluded');
      const other = ((queue.given[2] ?? 0) + 1) % 10;
      await withTypedList(
        () => Promise.resolve(tell({ type: 'pickClass', at: 2 })),
        async (list) => {
          let active: vscode.QuickPickItem | undefined;
          list.onDidChangeActive(([item]) => (active = item));
          list.activeItems = list.items.slice(other, other + 1);
          // VS Code takes what it shows as active, whatever was just asked of it
          await until('the class to be active', () => active?.label === queue.classes[other]);
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          await shown(`Relabeled as ${queue.classes[other]}`);
        },
      );
      tell({ type: 'undo' });
      const undone = await until('the undo', () => of('verdicts').find(({ done }) => done?.undone));
      assert.deepEqual([...undone.verdicts.slice(0, 3)], [relabeled, excluded, open]);
      tell({ type: 'decide', at: 2, decision: 'keep' });
      await until('the label to be kept', () => of('verdicts').at(-1)?.verdicts[2] === kept);

      const expected = [...before];
      const change = (label: number | undefined, by: number) => {
        const digit = Number(queue.classes[label ?? 0]);
        expected[digit] = (expected[digit] ?? 0) + by;
      };
      change(queue.given[0], -1);
      change(queue.suggested[0], 1);
      change(queue.given[1], -1);
      assert.deepEqual(await counted('after'), expected);
    });
  });

  it('is one tab, whose list stays and whose decisions are remembered', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await withPage(async (tell, heard) => {
      await review();
      tell({ type: 'ready' });
      const verdicts = await until('the verdicts', () =>
        heard.find((message): message is Heard<'verdicts'> => (message as HostToReview).type === 'verdicts'),
      );
      assert.deepEqual([...verdicts.verdicts.slice(0, 3)], [relabeled, excluded, kept]);
      await review();
      const shown = () => tabLabels().filter((label) => label === 'Labels of Flipped');
      await until('its title', () => shown().length > 0);
      assert.equal(shown().length, 1);
    });
  });
});
