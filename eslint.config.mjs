import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = path.dirname(fileURLToPath(import.meta.url));

/** What only the shell, the host's engine, what a page stands on, and the entries of processes and threads may do. */
const BORDER = 'shell, host/engine, webview/base and the entry of a process or thread';
const BORDER_CALLS = [
  ['MemberExpression[property.name=/^(postMessage|onDidReceiveMessage)$/]', 'talk with pages and threads'],
  ['MemberExpression[property.name=/^registerWebview/]', 'register pages'],
  ['CallExpression[callee.name="fork"], CallExpression[callee.property.name="fork"]', 'start processes'],
  ['NewExpression[callee.name=/Worker$/], NewExpression[callee.property.name="Worker"]', 'start threads'],
  ['MemberExpression[property.name="withProgress"]', 'show progress'],
  [
    'NewExpression[callee.name="CancellationTokenSource"], NewExpression[callee.property.name="CancellationTokenSource"]',
    'cancel with tokens: others take an AbortSignal',
  ],
].map(([selector = '', what = '']) => ({ selector, message: `Only ${BORDER} ${what}.` }));

export default defineConfig(
  // AssemblyScript has types of its own
  globalIgnores(['dist', 'out', '.vscode-test', 'src/engine/backends/kernels/assembly']),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mjs'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true },
      ],
      // spreading a text into its characters is meant
      '@typescript-eslint/no-misused-spread': 'off',
      // the compiler knows better
      'no-undef': 'off',
      // void expressions as arrow bodies are how short callbacks read best
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    rules: {
      // plain JavaScript cannot state the type of parsed JSON where it is read
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts', 'tools/**/*.ts'],
    ignores: [
      'src/host/shell/**',
      'src/host/engine/**',
      'webview/base/**',
      'src/**/main.ts',
      // each starts the process or thread whose entry lies beside it
      'src/engine/backends/probe/probe.ts',
      'src/engine/training/batches/batchThreads.ts',
      'src/engine/backends/kernels/threads.ts',
      'src/engine/projection/reduceInThread.ts',
      'tools/lines/rounds.ts',
      'tools/lines/thread.ts',
      // what TensorFlow.js' WebAssembly takes for the browser's Worker
      'src/engine/backends/wasm/threads.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...BORDER_CALLS] },
  },
);
