import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type Drawing,
  drawingText,
  LARGEST,
  parseDrawing,
  parseDrawings,
} from '../../../src/symbols/drawings';

describe('drawings of symbols', () => {
  it('are read as they were written', () => {
    const drawing: Drawing = [
      [
        [0, 0],
        [LARGEST, 12],
      ],
      [[31, 62]],
    ];
    assert.deepEqual(parseDrawing(drawingText(drawing)), drawing);
  });

  it('ship of most symbols that Detexify has, in little room', () => {
    const text = readFileSync(path.resolve('media', 'symbolDrawings.tsv'), 'utf8');
    const drawings = parseDrawings(text);
    assert.ok(drawings.size > 1000);
    assert.ok((drawings.get('\\alpha')?.length ?? 0) >= 3);
    assert.ok(Buffer.byteLength(text) < 300_000);
    assert.ok([...drawings.values()].flat(3).every(([x, y]) => x >= 0 && y >= 0));
  });
});
