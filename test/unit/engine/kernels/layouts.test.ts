import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LAYOUTS } from '../../../../src/engine/backends/kernels/layouts';

const FOLDER = path.resolve('src', 'engine', 'backends', 'kernels', 'assembly');

describe("the layouts of the kernels' classes", () => {
  it('are those that AssemblyScript gives them: the same fields in the same order, four bytes each', async () => {
    const found: Record<string, string[]> = {};
    for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith('.ts'))) {
      const source = await readFile(path.join(FOLDER, file), 'utf8');
      for (const [, name = '', body = ''] of source.matchAll(
        /@unmanaged\nexport class (\w+) \{\n(.*?)\n\}/gs,
      )) {
        const fields = [...body.matchAll(/^ {2}(\w+): (\w+);$/gm)];
        for (const [, field, type = ''] of fields) assert.match(type, /^([iuf]32|usize|[A-Z]\w+)$/, field);
        found[name] = fields.map(([, field = '']) => field);
      }
    }
    assert.deepEqual(found, LAYOUTS);
  });
});
