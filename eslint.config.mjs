import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { folderRule } from './scripts/folderRule.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));

const noTensorFlow = { group: ['@tensorflow/*'], message: 'Only src/engine imports TensorFlow.js.' };
const noVSCode = { group: ['vscode'], message: "Only src/host and src/extension.ts import 'vscode'." };

/**
 * @param {...{ group: string[], message: string }} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const closed = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default defineConfig(
  globalIgnores(['dist', 'out', '.vscode-test']),
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
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    plugins: { scrawl: { rules: { folders: folderRule(root) } } },
    rules: { 'scrawl/folders': 'error', ...closed(noTensorFlow, noVSCode) },
  },
  { files: ['src/engine/**'], rules: closed(noVSCode) },
  { files: ['src/host/**', 'src/extension.ts'], rules: closed(noTensorFlow) },
);
