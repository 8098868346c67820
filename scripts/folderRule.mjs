// The lint rule that holds the design's table of who may import whom.
import path from 'node:path';

const DOMAIN = ['src/storage', 'src/ink', 'src/datasets', 'src/networks', 'src/models', 'src/metrics'];

/** What each part of the project may import of the others. */
const MAY_IMPORT = new Map([
  // locks between processes, of which the data on disk need some
  ['src/storage', []],
  ['src/ink', []],
  ['src/datasets', ['src/ink', 'src/storage']],
  ['src/networks', []],
  ['src/models', ['src/networks', 'src/storage']],
  ['src/metrics', []],
  ['src/protocol', DOMAIN],
  ['src/engine', ['src/protocol', ...DOMAIN]],
  ['src/host', ['src/protocol', ...DOMAIN]],
  ['src/cli', ['src/protocol', 'src/engine', ...DOMAIN]],
  ['src/extension.ts', ['src/host']],
  ['webview', ['src/protocol']],
]);

/** Only the types of what they may import are open to these. */
const TYPES_ONLY = ['src/protocol'];

/**
 * @param {string} root the checkout
 * @returns {import('eslint').Rule.RuleModule}
 */
export function folderRule(root) {
  return {
    create(context) {
      const importer = partOf(root, context.filename);
      const allowed = MAY_IMPORT.get(importer);
      if (!allowed) return {};
      /** @param {any} node an import, or an export from elsewhere */
      const check = (node) => {
        const from = node.source?.value;
        if (typeof from !== 'string' || !from.startsWith('.')) return;
        const imported = partOf(root, path.resolve(path.dirname(context.filename), from));
        if (imported === importer) return;
        const type = node.importKind === 'type' || node.exportKind === 'type';
        if (!allowed.includes(imported)) {
          context.report({
            node,
            message: `${importer} may import ${allowed.join(', ') || 'no other folder'}, not ${imported}.`,
          });
        } else if (TYPES_ONLY.includes(importer) && !type) {
          context.report({ node, message: `${importer} imports types only.` });
        }
      };
      return {
        ImportDeclaration: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
        ImportExpression: check,
      };
    },
  };
}

/**
 * The part of the project that a file belongs to: a folder of src or of the root, or a file of src itself.
 *
 * @param {string} root
 * @param {string} file
 */
function partOf(root, file) {
  const [first = '', second] = path.relative(root, file).split(path.sep);
  return first === 'src' ? `src/${second}` : first;
}
