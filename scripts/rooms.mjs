// Who may import whom: the table of the rooms, held with dependency-cruiser, imports of types included:
// `node scripts/rooms.mjs [CHECKOUT]` says what breaks it.
import { cruise } from 'dependency-cruiser';
import { existsSync } from 'node:fs';
import path from 'node:path';

const SUBJECTS = [
  'src/storage',
  'src/ink',
  'src/pictures',
  'src/datasets',
  'src/networks',
  'src/models',
  'src/runs',
  'src/evaluations',
  'src/language',
  'src/symbols',
  'src/metrics',
  'src/report',
];

/**
 * A feature of the extension host may import the subjects, what its page and the engine are told, and besides these
 * features.
 *
 * @param {string[]} features
 */
const feature = (...features) => [
  ...SUBJECTS,
  'src/protocol',
  ...['shell', 'engine', 'samples', ...features].map((name) => `src/host/${name}`),
];

/** What each room may import besides itself and src/base. The narrowest room that holds a file counts. */
const ROOMS = new Map([
  ['src/extension.ts', ['src/host']],
  ['src/base', []],
  ['src/storage', []],
  ['src/ink', []],
  ['src/pictures', ['src/ink']],
  ['src/datasets', ['src/ink', 'src/pictures', 'src/storage']],
  ['src/networks', []],
  ['src/models', ['src/networks', 'src/storage']],
  ['src/runs', ['src/models', 'src/networks', 'src/storage']],
  ['src/evaluations', ['src/models', 'src/networks', 'src/storage']],
  ['src/language', []],
  ['src/symbols', []],
  ['src/metrics', []],
  ['src/report', ['src/metrics']],
  ['src/protocol', SUBJECTS],
  ['src/engine', ['src/protocol', ...SUBJECTS]],
  ['src/importer', ['src/protocol', ...SUBJECTS]],
  [
    'src/host/shell',
    [
      'src/protocol/pages',
      'src/protocol/failures.ts',
      'src/storage/fileSystemError.ts',
      'src/symbols/forms.ts',
    ],
  ],
  ['src/host/engine', ['src/protocol', 'src/host/shell']],
  ['src/host/samples', feature()],
  ['src/host/datasets', feature()],
  ['src/host/datasetReport', feature('datasets')],
  ['src/host/browse', feature('datasets', 'pad')],
  ['src/host/models', feature('datasets')],
  ['src/host/networks', feature('datasets')],
  ['src/host/training', feature('datasets', 'models', 'networks')],
  ['src/host/symbols', feature()],
  ['src/host/pad', feature('models', 'symbols')],
  ['src/host/images', feature('models', 'pad')],
  ['src/host/personal', feature('models', 'pad')],
  ['src/host/evaluation', feature('datasets', 'models')],
  ['src/host/gallery', feature('datasets', 'models', 'pad', 'evaluation')],
  ['src/host/projector', feature('datasets', 'models', 'evaluation', 'gallery')],
  ['src/host/review', feature('datasets', 'models', 'evaluation')],
  ['src/host/backends', feature()],
  ['src/cli', ['src/protocol', 'src/engine', ...SUBJECTS]],
  ['webview/base', ['src/protocol']],
  ['webview/samples', ['src/protocol', 'webview/base']],
  ['webview/judged', ['src/protocol', 'webview/base', 'webview/samples']],
  ['webview/curves', ['src/protocol', 'webview/base']],
  ['webview', ['src/protocol', ...['base', 'samples', 'judged', 'curves'].map((name) => `webview/${name}`)]],
  ['tools', ['src/protocol', 'src/engine', 'src/importer', ...SUBJECTS]],
]);

/** @param {readonly string[]} rooms */
const within = (rooms) => `^(${rooms.map((room) => room.replaceAll('.', '[.]')).join('|')})(/|$)`;

/** @returns {import('dependency-cruiser').IForbiddenRuleType[]} */
function table() {
  const rooms = [...ROOMS.keys()];
  return [...ROOMS].map(([room, allowed]) => {
    const narrower = rooms.filter((other) => other.startsWith(`${room}/`));
    // a page is a room of its own
    const own = room === 'webview' ? '^webview/$1/' : within([room]);
    return {
      name: room,
      severity: 'error',
      from: {
        path: room === 'webview' ? '^webview/([^/]+)/' : within([room]),
        ...(narrower.length > 0 && { pathNot: within(narrower) }),
      },
      to: {
        path: within(['src', 'webview', 'tools', 'test', 'scripts']),
        pathNot: [own, within([...allowed, 'src/base'])],
      },
    };
  });
}

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const RULES = [
  ...table(),
  {
    name: 'no room',
    comment: 'every folder stands in the table of scripts/rooms.mjs',
    severity: 'error',
    from: { path: within(['src', 'webview', 'tools']), pathNot: within([...ROOMS.keys()]) },
    to: {},
  },
  {
    name: 'circle',
    comment: 'no file may need one that needs it',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'types only',
    comment: 'src/protocol imports only types of the subjects',
    severity: 'error',
    from: { path: within(['src/protocol']) },
    to: { path: within(SUBJECTS), dependencyTypesNot: ['type-only', 'type-import'] },
  },
  {
    name: 'no Node',
    comment: 'a page runs in a browser, and so may src/base and src/protocol',
    severity: 'error',
    from: { path: within(['src/base', 'src/protocol', 'webview']) },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'vscode',
    comment: "only src/host and src/extension.ts import 'vscode'",
    severity: 'error',
    from: { pathNot: within(['src/host', 'src/extension.ts']) },
    to: { path: '(^|/)vscode(/|$)' },
  },
  {
    name: 'TensorFlow.js',
    comment: 'only src/engine imports TensorFlow.js',
    severity: 'error',
    from: { pathNot: within(['src/engine', 'tools']) },
    to: { path: '(^|/)@tensorflow/' },
  },
];

/**
 * What breaks the rules in a checkout, a sentence each.
 *
 * @param {string} checkout
 * @returns {Promise<string[]>}
 */
async function broken(checkout) {
  const folders = ['src', 'webview', 'tools'].filter((folder) => existsSync(path.join(checkout, folder)));
  const { output } = await cruise(folders, {
    baseDir: checkout,
    ruleSet: { forbidden: RULES },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^test/', '^scripts/'] },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.d.ts'] },
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser gave no result.');
  return [...new Set(output.summary.violations.map(inWords))].sort();
}

/** @param {import('dependency-cruiser').IViolation} violation */
function inWords({ rule: { name }, from, to, cycle }) {
  if (cycle) return `A circle: ${circle(cycle.map((file) => file.name))}.`;
  const allowed = ROOMS.get(name);
  const rule = RULES.find((each) => each.name === name);
  return `${from} imports ${to}: ${allowed ? mayImport(name, allowed, to) : rule?.comment}.`;
}

/**
 * What a room may import of where it imported what it may not.
 *
 * @param {string} room
 * @param {readonly string[]} allowed
 * @param {string} imported
 */
function mayImport(room, allowed, imported) {
  const there = imported.startsWith('src/host/') ? 'src/host' : '';
  const names = ['src/base', ...allowed].filter((name) => name.startsWith(there));
  return `${room} may import ${names.join(', ') || 'nothing'}${there && ` of ${there}`}`;
}

/**
 * The files of a circle, from the first of the alphabet on, so that each circle is told once.
 *
 * @param {readonly string[]} files
 */
function circle(files) {
  const first = files.reduce((least, file, at) => (file < (files[least] ?? '') ? at : least), 0);
  return [...files.slice(first), ...files.slice(0, first + 1)].join(' > ');
}

const sentences = await broken(path.resolve(process.argv[2] ?? '.'));
for (const sentence of sentences) console.error(sentence);
process.exitCode = sentences.length > 0 ? 1 : 0;
