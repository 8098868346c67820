import { ESLint } from 'eslint';
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finish } from '../../scripts/processes.mjs';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';

type Case = readonly [file: string, text: string];

const FORBIDDEN: readonly Case[] = [
  ['src/ink/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['src/networks/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/metrics/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/models/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/storage/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/datasets/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['src/datasets/deep/snippet.ts', "export * from '../../models/alphabet';"],
  ['src/base/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/base/node.ts', "import path from 'node:path';"],
  ['src/protocol/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['src/protocol/command.ts', "import type { Command } from '../host/shell/names';"],
  ['src/engine/snippet.ts', "import { Command } from '../host/shell/names';"],
  ['src/engine/vscode.ts', "import * as vscode from 'vscode';"],
  ['src/engine/late.ts', "export const late = () => import('../host/shell/names');"],
  ['src/host/pad/tensors.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/ink/tensors.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/ink/vscode.ts', "import * as vscode from 'vscode';"],
  ['src/cli/snippet.ts', "import { Command } from '../host/shell/names';"],
  ['src/cli/tensors.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/extension.ts', "import { membership } from './models/alphabet';"],
  ['src/newcomer/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['webview/pad/snippet.ts', "import { layersFile } from '../../src/models/modelFolder';"],
  ['webview/pad/vscode.ts', "import * as vscode from 'vscode';"],
  ['webview/pad/other.ts', "import { grid } from '../browse/grid';"],
  ['webview/base/snippet.ts', "import { grid } from '../samples/grid';"],
  ['tools/letters/snippet.ts', "import { Command } from '../../src/host/shell/names';"],
  ['src/host/shell/snippet.ts', "import { Pad } from '../pad/pad';"],
  ['src/host/engine/snippet.ts', "import { Pad } from '../pad/pad';"],
  ['src/host/samples/snippet.ts', "import type { Models } from '../models/models';"],
  ['src/host/models/snippet.ts', "import { curves } from '../evaluation/curves';"],
  ['src/host/backends/snippet.ts', "import type { Pad } from '../pad/pad';"],
];

const ALLOWED: readonly Case[] = [
  ['src/datasets/allowed.ts', "import type { Ink } from '../ink/ink';"],
  ['src/protocol/allowed.ts', "import type { Ink } from '../ink/ink';"],
  ['src/protocol/named.ts', "import { type Ink } from '../ink/ink';"],
  ['src/engine/tensors.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/engine/allowed.ts', "import { membership } from '../models/alphabet';"],
  ['src/host/pad/vscode.ts', "import * as vscode from 'vscode';"],
  ['src/host/pad/allowed.ts', "import { Command } from '../shell/names';"],
  ['src/host/gallery/allowed.ts', "import { curves } from '../evaluation/curves';"],
  ['src/cli/allowed.ts', "import type { Ink } from '../ink/ink';"],
  ['src/ink/words.ts', "import { words } from '../base/words';"],
  ['webview/pad/allowed.ts', "import { padToHostSchema } from '../../src/protocol/pages/pad';"],
  ['webview/browse/allowed.ts', "import { grid } from '../samples/grid';"],
  ['webview/runs/allowed.ts', "import { swatch } from '../curves/swatch';"],
];

/** Files that need each other, the second pair for nothing but a type. */
const CIRCLES: readonly Case[] = [
  ['src/ink/hen.ts', "import { egg } from './egg'; export const hen = () => egg;"],
  ['src/ink/egg.ts', "import { hen } from './hen'; export const egg = () => hen;"],
  ['src/ink/day.ts', "import type { Night } from './night'; export interface Day { after: Night }"],
  ['src/ink/night.ts', "import type { Day } from './day'; export interface Night { after: Day }"],
];

/** Writes files and, empty, what they import. */
async function writeAll(folder: string, cases: readonly Case[]): Promise<void> {
  const write = async (file: string, text: string, flag: 'w' | 'a') => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag });
  };
  for (const [name, text] of cases) {
    const file = path.join(folder, name);
    const imported = /'(\.[^']+)'/.exec(text)?.[1];
    await write(file, `${text}\n`, 'w');
    if (imported) await write(path.resolve(path.dirname(file), `${imported}.ts`), '', 'a');
  }
}

describe('the rule of rooms', function () {
  this.timeout(120_000);
  let folder: string;
  let code: number;
  let said: string[];

  before(async () => {
    folder = await makeScratchFolder();
    await writeAll(folder, [...FORBIDDEN, ...ALLOWED, ...CIRCLES]);
    const stdio = ['ignore', 'ignore', 'pipe'] as const;
    const result = await finish(process.execPath, ['scripts/rooms.mjs', folder], { stdio: [...stdio] });
    code = result.code;
    said = result.output.trim().split('\n');
  });

  after(() => removeScratchFolder(folder));

  const saidOf = (file: string) => said.filter((sentence) => sentence.startsWith(`${file} imports `));

  it('fails where it is broken', () => {
    assert.equal(code, 1);
  });

  for (const [file, text] of FORBIDDEN) {
    it(`reports in ${file}: ${text}`, () => {
      assert.ok(saidOf(file).length > 0, said.join('\n'));
    });
  }

  for (const [file, text] of ALLOWED) {
    it(`accepts in ${file}: ${text}`, () => {
      assert.deepEqual(saidOf(file), []);
    });
  }

  it('reports circles, of types too', () => {
    assert.deepEqual(
      said.filter((sentence) => sentence.startsWith('A circle')),
      [
        'A circle: src/ink/day.ts > src/ink/night.ts > src/ink/day.ts.',
        'A circle: src/ink/egg.ts > src/ink/hen.ts > src/ink/egg.ts.',
      ],
    );
  });

  it('says what a room may import', () => {
    assert.deepEqual(saidOf('src/ink/snippet.ts'), [
      'src/ink/snippet.ts imports src/models/alphabet.ts: src/ink may import src/base.',
    ]);
    assert.deepEqual(saidOf('src/host/shell/snippet.ts'), [
      'src/host/shell/snippet.ts imports src/host/pad/pad.ts: src/host/shell may import nothing of src/host.',
    ]);
  });
});

/** What only shell, host/engine, webview/base and the entries of processes and threads may do. */
const BORDER_CALLS = [
  'void page.webview.postMessage({});',
  'page.webview.onDidReceiveMessage(receive);',
  'vscode.window.registerWebviewViewProvider(id, view);',
  'vscode.window.registerWebviewPanelSerializer(id, view);',
  'fork(script);',
  'child_process.fork(script);',
  'new Worker(script);',
  'new threads.Worker(script);',
  'void vscode.window.withProgress({}, work);',
  'new CancellationTokenSource();',
  'new vscode.CancellationTokenSource();',
];

const OUTSIDE = ['src/host/pad/snippet.ts', 'src/engine/training/snippet.ts', 'webview/pad/snippet.ts'];
const INSIDE = [
  'src/host/shell/snippet.ts',
  'src/host/engine/snippet.ts',
  'webview/base/snippet.ts',
  'src/engine/main.ts',
];

describe('the rule of borders', () => {
  // the files under test exist nowhere, so the compiler knows no types for them
  const eslint = new ESLint({
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-syntax',
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const reported = async (file: string, text: string) => {
    const [result] = await eslint.lintText(text, { filePath: path.resolve(file) });
    return result?.messages.length;
  };

  for (const call of BORDER_CALLS) {
    it(`keeps inside: ${call}`, async () => {
      for (const file of OUTSIDE) assert.equal(await reported(file, call), 1, file);
      for (const file of INSIDE) assert.equal(await reported(file, call), 0, file);
    });
  }
});
