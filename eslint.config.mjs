import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { importX } from 'eslint-plugin-import-x';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = path.dirname(fileURLToPath(import.meta.url));
const domain = ['ink', 'datasets', 'networks', 'models', 'metrics'];

/** What each folder of src may import besides itself: the table of the design. */
const MAY_IMPORT = {
  ink: [],
  datasets: ['ink'],
  networks: [],
  models: ['networks'],
  metrics: [],
  protocol: domain,
  engine: ['protocol', ...domain],
  host: ['protocol', ...domain],
  cli: ['protocol', 'engine', ...domain],
};

/** Of src, only the folder itself and what it may import is open to it. */
const folderZones = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [folder, ...allowed].map((name) => `./${name}`),
  message: `src/${folder} may import ${allowed.map((name) => `src/${name}`).join(', ') || 'no other folder'}.`,
}));

const zones = [
  ...folderZones,
  {
    target: './src/extension.ts',
    from: './src',
    except: ['./host'],
    message: 'src/extension.ts may import src/host.',
  },
  {
    target: './webview',
    from: './src',
    except: ['./protocol'],
    message: 'Webviews may import src/protocol.',
  },
  { target: './src', from: ['./webview', './test', './scripts'], message: 'src may import src only.' },
  { target: './webview', from: ['./test', './scripts'], message: 'Webviews may import src/protocol.' },
];

const noTensorFlow = { group: ['@tensorflow/*'], message: 'Only src/engine imports TensorFlow.js.' };
const noVSCode = { group: ['vscode'], message: "Only src/host and src/extension.ts import 'vscode'." };

/**
 * @param {...{ group: string[], message: string }} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const closed = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default defineConfig(
  globalIgnores(['dist', 'out', '**/*.vsix']),
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
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: root, zones }],
      'import-x/no-cycle': 'error',
      ...closed(noTensorFlow, noVSCode),
    },
  },
  {
    files: ['src/protocol/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^\\.\\./', allowTypeImports: true, message: 'src/protocol imports types only.' },
          ],
        },
      ],
    },
  },
  { files: ['src/engine/**'], rules: closed(noVSCode) },
  { files: ['src/host/**', 'src/extension.ts'], rules: closed(noTensorFlow) },
);
