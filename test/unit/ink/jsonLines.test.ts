import assert from 'node:assert/strict';
import { InkError } from '../../../src/ink/errors';
import { readJsonInk, readJsonLines } from '../../../src/ink/jsonLines';

const one = (value: unknown) => readJsonLines(JSON.stringify(value))[0];

describe('JSON of ink as people have it', () => {
  const INK = [
    [
      [1, 2],
      [3, 4],
    ],
    [[5, 6]],
  ];

  it('has labels that are numbers, and none', () => {
    assert.equal(one({ label: 7, strokes: INK })?.label, '7');
    assert.equal(one({ label: true, strokes: INK })?.label, 'true');
    assert.equal(one({ label: null, strokes: INK })?.label, undefined);
    assert.equal(one({ label: ' \\ é', strokes: INK })?.label, ' \\ é');
    assert.throws(() => one({ label: ['7'], strokes: INK }), /Line 1 has a label that is no text/);
  });

  it("has QuickDraw's drawings, simplified and raw", () => {
    const simplified = {
      word: 'cat',
      key_id: '5',
      drawing: [
        [
          [1, 3],
          [2, 4],
        ],
        [[5], [6]],
      ],
    };
    assert.deepEqual(one(simplified), {
      id: '5',
      label: 'cat',
      writer: undefined,
      penWidth: undefined,
      ink: INK,
    });
    const raw = {
      word: 'cat',
      drawing: [
        [
          [1, 3.5],
          [2, 4],
          [0, 16],
        ],
      ],
    };
    assert.deepEqual(one(raw)?.ink, [
      [
        [1, 2, 0, undefined],
        [3.5, 4, 16, undefined],
      ],
    ]);
  });

  it('has points as objects, and strokes of several forms', () => {
    const points = [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ];
    const forms = [
      { strokes: [points, [{ x: 5, y: 6 }]] },
      { strokes: [{ points }, { points: [{ x: 5, y: 6 }] }] },
      {
        strokes: [
          { x: [1, 3], y: [2, 4] },
          { x: [5], y: [6] },
        ],
      },
      {
        ink: [
          [
            [1, 3],
            [2, 4],
          ],
          [[5], [6]],
        ],
      },
    ];
    for (const form of forms) assert.deepEqual(one(form)?.ink, INK, JSON.stringify(form));
    assert.deepEqual(one({ strokes: [[{ x: 1, y: 2, time: 5, force: 0.5 }]] })?.ink, [[[1, 2, 5, 0.5]]]);
    assert.deepEqual(one({ points })?.ink, [INK[0]]);
    const long = Array.from({ length: 9 }, (_, at) => at);
    assert.equal(one({ strokes: [[long, long]] })?.ink[0]?.length, 9);
  });

  it('names what is wrong', () => {
    for (const strokes of ['x', [1], [[[1]]], [[['1', 2]]], [[{ x: 1 }]], [[[1, 2, 'x']]], [[[null, 1]]]]) {
      assert.throws(
        () => one({ strokes }),
        (error) => error instanceof InkError && /^Line 1 is not ink/.test(error.message),
      );
    }
    assert.throws(() => readJsonLines('7'), /Line 1 is not ink/);
  });

  it('may be one list, one object, or lines in a file of any name', () => {
    const text = JSON.stringify({ label: 'a', strokes: INK });
    assert.equal(readJsonInk(text)?.length, 1);
    assert.equal(readJsonInk(`[${text},${text}]`)?.length, 2);
    assert.equal(readJsonInk(`${text}\n${text}\n`)?.length, 2);
    assert.equal(readJsonInk('{"A":[[[[1,2]]]]}'), undefined);
    assert.equal(readJsonInk('no json'), undefined);
  });
});
