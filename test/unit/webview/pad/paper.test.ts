import assert from 'node:assert/strict';
import type { Ink } from '../../../../src/protocol/ink';
import { changeOf, partsOf } from '../../../../webview/pad/difference';
import { lettersOf, spread } from '../../../../webview/pad/letters';
import { Paper, paperSchema } from '../../../../webview/pad/paper';
import { behindSpace } from '../../../../webview/pad/repair/drawnSpaces';
import { rule } from '../../../../webview/pad/ruling';
import { composed } from '../../../harness/composed';

const NARROW = { width: 184, height: 340 };
const WIDE = { width: 700, height: 150 };

/** Ink moved. */
function at(ink: Ink, x: number, y: number): Ink {
  return ink.map((stroke) => stroke.map(([px, py]) => [px + x, py + y]));
}

function paperWith(ink: Ink, frame: { width: number; height: number }): Paper {
  const paper = new Paper();
  for (const stroke of ink) paper.draw(stroke, frame);
  return paper;
}

describe('paper of the pad', () => {
  it('has rows of lines that fit the room', () => {
    const narrow = rule(NARROW);
    assert.ok(narrow.wraps && NARROW.width / narrow.xHeight >= 6 && NARROW.height / narrow.pitch >= 2);
    const wide = rule(WIDE);
    assert.ok(!wide.wraps && wide.pitch <= WIDE.height && wide.baseline < WIDE.height);
    const low = rule({ width: 300, height: 60 });
    assert.ok(low.xHeight >= 12);
  });

  it('keeps spaces that were drawn when it is hidden', () => {
    const { baseline, xHeight } = rule(WIDE);
    const bar = (x: number): Ink[number] => [
      [x, baseline - xHeight],
      [x, baseline],
    ];
    const paper = paperWith([bar(20), behindSpace(bar(20 + 2 * xHeight))], WIDE);
    assert.deepEqual(paper.spaces, [1]);
    const again = new Paper();
    again.restore(paperSchema.parse(JSON.parse(JSON.stringify(paper.toState()))));
    assert.deepEqual(again.spaces, [1]);
    const older = new Paper();
    older.restore({
      ...again.toState(),
      history: paperWith([bar(20)], WIDE).history.toState(),
      spaces: undefined,
    });
    assert.deepEqual(older.spaces, []);
  });

  it('tells the first line that was written on, and none of ink across them', () => {
    const { baseline, pitch, xHeight } = rule(NARROW);
    const small: Ink = [
      [
        [20, baseline + pitch - xHeight],
        [40, baseline + pitch],
      ],
    ];
    assert.deepEqual(paperWith(small, NARROW).guide(small), { baseline: baseline + pitch, xHeight, pitch });
    const large: Ink = [
      [
        [20, 10],
        [90, 300],
      ],
    ];
    assert.equal(paperWith(large, NARROW).guide(large), undefined);
  });

  it('gives the lines with what is kept, but not where they are hidden', () => {
    const { baseline, pitch, xHeight } = rule(WIDE);
    const ink: Ink = [
      [
        [20, baseline - xHeight],
        [40, baseline],
      ],
    ];
    const paper = paperWith(ink, WIDE);
    assert.deepEqual(paper.drawn?.guide, { baseline, xHeight, pitch });
    paper.showsLines = false;
    assert.deepEqual(paper.drawn, { ink, penWidth: paper.penWidth(ink) });
    assert.equal(paper.guide(ink), undefined);
  });

  it('reads a row below a full one as if it went on, and other rows as rows', () => {
    const { baseline, pitch, xHeight } = rule(NARROW);
    const dash = (x: number, y: number): Ink[number] => [
      [x, y - xHeight],
      [x + 20, y],
    ];
    const ink = [
      dash(10, baseline),
      dash(NARROW.width - 25, baseline),
      dash(10, baseline + pitch),
      dash(10, baseline + 2 * pitch),
    ];
    const read = paperWith(ink, NARROW).content();
    assert.ok(Array.isArray(read));
    const [goesOn, newLine] = [read[2]?.[1], read[3]?.[1]];
    assert.ok(goesOn && Math.hypot(goesOn[0] - NARROW.width - 30, goesOn[1] - baseline) < 1e-6);
    assert.ok(
      newLine && Math.hypot(newLine[0] - 30, newLine[1] - baseline - pitch) < 1e-6,
      'moves up with it',
    );
  });

  it('moves on at the right edge of a wide paper, and to the next row of a narrow one', () => {
    const wide = paperWith(at(composed('const').ink, 0, 0), WIDE);
    assert.equal(wide.moveOn(), false, 'there is room');
    for (const stroke of at(composed('x2 = a').ink, 420, 0)) wide.draw(stroke, WIDE);
    assert.equal(wide.moveOn(), true);
    assert.ok(wide.offset.x > 100 && wide.offset.y === 0);
    const { baseline, pitch } = rule(NARROW);
    const rows = Math.floor(NARROW.height / pitch);
    const last: Ink = [
      [
        [170, baseline + (rows - 1) * pitch - 10],
        [180, baseline + (rows - 1) * pitch],
      ],
    ];
    const narrow = paperWith(last, NARROW);
    assert.equal(narrow.moveOn(), true);
    assert.ok(narrow.offset.x === 0 && narrow.offset.y > pitch / 2);
    narrow.clear();
    assert.deepEqual(narrow.offset, { x: 0, y: 0 });
  });

  it('undoes a repair as one step', () => {
    const { ink } = composed('foot');
    const paper = paperWith(ink, WIDE);
    paper.replace(ink.slice(0, 2));
    assert.equal(paper.ink.length, 2);
    paper.undo();
    assert.deepEqual(paper.ink, ink);
    paper.redo();
    assert.equal(paper.ink.length, 2);
  });

  it('says how wide the pen is by what was written', () => {
    const { xHeight } = rule(WIDE);
    const { ink } = composed('a');
    const small = paperWith(ink, WIDE).penWidth(ink);
    assert.ok(small > 0.1 * xHeight && small < 0.25 * xHeight, String(small));
  });
});

describe('reading under the ink', () => {
  it('stands below its own strokes, and spaces between them', () => {
    const { ink, reading } = composed('x = 2');
    const letters = lettersOf(ink, reading, rule(WIDE));
    assert.deepEqual(
      letters.map(({ text }) => text),
      ['x', ' ', '=', ' ', '2'],
    );
    const xs = letters.map(({ x }) => x);
    assert.deepEqual(
      xs,
      xs.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(letters.map(({ y }) => y)).size, 1);
  });

  it('moves characters apart that would stand upon each other', () => {
    const letters = [10, 12, 40].map((x, place) => ({ at: place, text: 'i', x, y: 0 }));
    assert.deepEqual(
      spread(letters, 9).map(({ x }) => x),
      [10, 19, 40],
    );
  });

  it('tells what a character becomes in another text', () => {
    assert.equal(changeOf('x2 = o', 'xz = o', 1), 'z');
    assert.equal(changeOf('foo', 'fo', 1), '');
    assert.equal(changeOf('rn', 'rrn', 0), 'rr');
    assert.deepEqual(partsOf('x2 = o', 'xz = o'), ['x', 'z', ' = o']);
    assert.deepEqual(partsOf('a', 'a'), ['a', '', '']);
  });
});
