import assert from 'node:assert/strict';
import { InkError } from '../../../src/ink/errors';
import { readInkml } from '../../../src/ink/inkml';

const ink = (inside: string) => `<ink xmlns="http://www.w3.org/2003/InkML">${inside}</ink>`;
const xy = (text: string) => readInkml(text).strokes.map((stroke) => stroke.map(([x, y]) => [x, y]));
const truth = (label: string) => `<annotation type="truth">${label}</annotation>`;

describe('InkML as the W3C writes it', () => {
  it('has every trace of the document, in its order, wherever it stands, but not those of definitions', () => {
    const text = ink(
      '<definitions><trace xml:id="d">9 9</trace></definitions><traceGroup><trace>1 1</trace><traceGroup><trace>2 2</trace></traceGroup></traceGroup><trace>3 3</trace><trace xml:id="x">4 4</trace><trace xml:id="x">5 5</trace>',
    );
    assert.deepEqual(xy(text), [[[1, 1]], [[2, 2]], [[3, 3]], [[4, 4]], [[5, 5]]]);
    const view = '<traceView traceDataRef="#d"/>';
    assert.deepEqual(
      readInkml(text.replace('</ink>', `<traceGroup>${truth('d')}${view}</traceGroup></ink>`)).groups[0]?.ink,
      [[[9, 9]]],
    );
  });

  it("adds up differences, whether blanks stand between or not, as in the standard's own example", () => {
    const format =
      '<traceFormat><channel name="X"/><channel name="Y"/><intermittentChannels><channel name="B1" type="boolean"/><channel name="B2" type="boolean"/></intermittentChannels></traceFormat>';
    const trace = `1125 18432,'23'43,"7"-8,3-5,7 -3,6 2,6 8,3 6:T,2 4:*T,3 6,3-6:FF`;
    assert.deepEqual(xy(ink(`${format}<trace>${trace}</trace>`))[0], [
      [1125, 18432],
      [1148, 18475],
      [1178, 18510],
      [1211, 18540],
      [1251, 18567],
      [1297, 18596],
      [1349, 18633],
      [1404, 18676],
      [1461, 18723],
      [1521, 18776],
      [1584, 18823],
    ]);
  });

  it('has points one a line where there are no commas', () => {
    const { strokes } = readInkml('<ink><trace>1 2\n3 4\r\n 5 6\n</trace><trace>7\n8</trace></ink>');
    assert.deepEqual(strokes, [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [[7, 8]],
    ]);
  });

  it('has numbers of every form', () => {
    assert.deepEqual(
      xy(ink('<trace>10-5,-10+5,.5-.5,1e2 2E-1,#ff -#1A,5 * , +7.,</trace>').replace(', +7.,', ','))[0],
      [
        [10, -5],
        [-10, 5],
        [0.5, -0.5],
        [100, 0.2],
        [255, -26],
        [5, -26],
      ],
    );
    assert.throws(() => readInkml(ink('<trace>1 2,3</trace>')), InkError);
    assert.throws(() => readInkml(ink('<trace>1 ?</trace>')), InkError);
  });

  it('has the channels that its context names: by reference, in any order, inherited, changed on the way', () => {
    const channels = (...names: string[]) =>
      names.map((name) => `<channel name="${name}" type="decimal"/>`).join('');
    const text = ink(
      `<definitions>
         <traceFormat xml:id="f">${channels('T', 'Y', 'X')}</traceFormat>
         <inkSource xml:id="s"><traceFormat>${channels('F', 'X', 'Y')}</traceFormat></inkSource>
         <context xml:id="a" traceFormatRef="#f"/><context xml:id="b" contextRef="#a"/>
         <context xml:id="c" inkSourceRef="#s"/>
       </definitions>
       <trace contextRef="#a">1 2 3</trace>
       <traceGroup contextRef="#b"><trace>4 5 6</trace></traceGroup>
       <trace>7 8</trace>
       <context contextRef="#c"/>
       <trace>0.5 1 2</trace>`,
    );
    assert.deepEqual(readInkml(text).strokes, [[[3, 2, 1]], [[6, 5, 4]], [[7, 8]], [[1, 2, undefined, 0.5]]]);
  });

  it('has X and Y of one unit, Y down, time in milliseconds and a force of 0 to 1', () => {
    const format = (x: string, y: string, more = '') =>
      `<traceFormat><channel name="X" ${x}/><channel name="Y" ${y}/>${more}</traceFormat>`;
    const first = (text: string) => readInkml(ink(`${text}<trace>10 20 2 50</trace>`)).strokes[0]?.[0];
    assert.deepEqual(first(format('units="cm"', 'units="mm"')), [10, 2]);
    assert.deepEqual(first(format('', 'orientation="-ve"')), [10, -20]);
    assert.deepEqual(
      first(format('', '', '<channel name="T" units="s"/><channel name="F" max="100"/>')),
      [10, 20, 2000, 0.5],
    );
    const source = `<definitions><context xml:id="c"><inkSource>${format('', '')}<channelProperties>
      <channelProperty channel="X" name="resolution" value="400" units="1/in"/>
      <channelProperty channel="Y" name="resolution" value="200" units="1/in"/>
      </channelProperties></inkSource></context></definitions><context contextRef="#c"/>`;
    assert.deepEqual(first(source), [10, 40]);
  });

  it('leaves out where the pen was up, and joins what goes on', () => {
    const tip =
      '<traceFormat><channel name="X"/><channel name="Y"/><channel name="S" type="boolean"/></traceFormat>';
    assert.deepEqual(
      xy(ink(`${tip}<trace>1 1 T,2 2 T,3 3 F,4 4 T</trace><trace type="penUp">5 5 T</trace>`)),
      [
        [
          [1, 1],
          [2, 2],
        ],
        [[4, 4]],
      ],
    );
    assert.deepEqual(
      xy(
        ink(
          '<trace xml:id="a" continuation="begin">1 1</trace><trace continuation="end" priorRef="#a">2 2</trace>',
        ),
      ),
      [
        [
          [1, 1],
          [2, 2],
        ],
      ],
    );
  });

  it('has views of parts of traces and of groups', () => {
    const traces =
      '<traceGroup xml:id="g"><trace xml:id="a">1 1,2 2,3 3</trace><trace>4 4,5 5</trace><trace>6 6</trace></traceGroup>';
    const views = [
      ['#a', '2', '3'],
      ['#g', '1:3', '2:1'],
      ['#g', '2', ''],
    ].map(
      ([of, from, to], at) =>
        `<traceView>${truth(String(at))}<traceView traceDataRef="${of}" from="${from}"${to === '' ? '' : ` to="${to}"`}/></traceView>`,
    );
    assert.deepEqual(
      readInkml(ink(traces + views.join(''))).groups.map((group) => group.ink.map((s) => s.map(([x]) => x))),
      [[[2, 3]], [[3], [4]], [[4, 5], [6]]],
    );
  });

  it("has labels as CROHME, MathWriting and Python's ElementTree write them", () => {
    const groups = ['\\rho', '&#955;', '&#x1F44D;', '&lt;', 'a &amp;amp; b', '<![CDATA[<x>]]>'];
    const text = ink(
      groups.map((each) => `<traceGroup>${truth(each)}<trace>1 1</trace></traceGroup>`).join(''),
    );
    assert.deepEqual(
      readInkml(text).groups.map(({ label }) => label),
      ['\\rho', 'λ', '👍', '<', 'a &amp; b', '<x>'],
    );
    const labels =
      '<annotation type="normalizedLabel">x</annotation><annotation type="label">\\frac{a}{b}</annotation>';
    assert.equal(readInkml(ink(`${labels}<trace>1 1</trace>`)).truth, '\\frac{a}{b}');
  });

  it('counts labeled groups without ink', () => {
    const group = `<traceGroup>${truth('a')}<traceView traceDataRef="#gone"/></traceGroup>`;
    assert.equal(readInkml(ink(`<trace>1 1</trace>${group}${group}`)).empty, 2);
  });

  it('takes no more time and memory than it has ink, however often that is referred to', () => {
    const trace = `<trace xml:id="t">${'1 1,'.repeat(10_000)}1 1</trace>`;
    const views = (of: string, count: number) => `<traceView traceDataRef="#${of}"/>`.repeat(count);
    const refused = (inside: string, sentence: RegExp) => {
      assert.throws(
        () => readInkml(ink(inside)),
        (error) => error instanceof InkError && sentence.test(error.message),
      );
    };
    refused(
      `${trace}<traceGroup>${truth('a')}${views('t', 100)}</traceGroup>`,
      /the same ink in too many groups/,
    );
    const doubling = Array.from(
      { length: 60 },
      (_, at) => `<traceView xml:id="v${String(at + 1)}">${views(`v${String(at)}`, 2)}</traceView>`,
    ).join('');
    const end = `<traceGroup>${truth('a')}${views('v60', 1)}</traceGroup>`;
    refused(`<trace xml:id="v0">1 1</trace>${doubling}${end}`, /too many groups/);
    refused(`<traceGroup xml:id="v0"></traceGroup>${doubling}${end}`, /too many groups/);
    refused(`<traceGroup xml:id="g">${truth('a')}${views('g', 1)}</traceGroup>`, /a view of itself/);
    const chain = Array.from(
      { length: 20_000 },
      (_, at) => `<traceView xml:id="c${String(at)}" traceDataRef="#c${String(at + 1)}"/>`,
    ).join('');
    refused(`${chain}<traceGroup>${truth('a')}${views('c0', 1)}</traceGroup>`, /a view of itself/);
    const blanks = ' '.repeat(500_000);
    assert.deepEqual(xy(ink(`<trace>${blanks}1${blanks}2${blanks}</trace>`)), [[[1, 2]]]);
    refused(`<trace>${'9'.repeat(1_000_000)} 1</trace>`, /not a list of X Y/);
  });
});
