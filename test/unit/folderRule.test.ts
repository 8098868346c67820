import { ESLint } from 'eslint';
import assert from 'node:assert/strict';
import path from 'node:path';

const FOLDER_RULES = /^(scrawl\/folders|no-restricted-imports)$/;

/** Violations of the folder rule that lint reports for a text, were it in this file. */
async function violations(file: string, text: string): Promise<string[]> {
  const eslint = new ESLint({
    ruleFilter: ({ ruleId }) => FOLDER_RULES.test(ruleId),
    // the files under test exist nowhere, so the compiler knows no types for them
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const [result] = await eslint.lintText(text, { filePath: path.resolve(file) });
  return (result?.messages ?? []).map(({ message }) => message);
}

const FORBIDDEN: [file: string, importing: string][] = [
  ['src/ink/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['src/networks/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/metrics/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/models/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/storage/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/datasets/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['src/protocol/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['src/protocol/snippet.ts', "import type { Command } from '../host/names';"],
  ['src/engine/snippet.ts', "import { Command } from '../host/names';"],
  ['src/engine/snippet.ts', "import * as vscode from 'vscode';"],
  ['src/host/snippet.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/ink/snippet.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/ink/snippet.ts', "import * as vscode from 'vscode';"],
  ['src/cli/snippet.ts', "import { Command } from '../host/names';"],
  ['src/cli/snippet.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/extension.ts', "import { membership } from './models/alphabet';"],
  ['webview/pad/snippet.ts', "import { membership } from '../../src/models/alphabet';"],
  ['webview/pad/snippet.ts', "import * as vscode from 'vscode';"],
];

const ALLOWED: [file: string, importing: string][] = [
  ['src/datasets/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/protocol/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/engine/snippet.ts', "import * as tf from '@tensorflow/tfjs-core';"],
  ['src/engine/snippet.ts', "import { membership } from '../models/alphabet';"],
  ['src/host/snippet.ts', "import * as vscode from 'vscode';"],
  ['src/cli/snippet.ts', "import type { Ink } from '../ink/ink';"],
  ['src/extension.ts', "import * as vscode from 'vscode';"],
  ['webview/pad/snippet.ts', "import { padToHostSchema } from '../../src/protocol/pad';"],
];

describe('the folder rule', () => {
  for (const [file, importing] of FORBIDDEN) {
    it(`reports in ${file}: ${importing}`, async () => {
      assert.equal((await violations(file, importing)).length, 1);
    });
  }

  for (const [file, importing] of ALLOWED) {
    it(`accepts in ${file}: ${importing}`, async () => {
      assert.deepEqual(await violations(file, importing), []);
    });
  }
});
