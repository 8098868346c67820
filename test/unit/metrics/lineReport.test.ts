import assert from 'node:assert/strict';
import { compareLines } from '../../../src/metrics/compareLines';
import { scoreLines } from '../../../src/metrics/lineScores';
import type { WrittenLine } from '../../../src/metrics/writers';
import { lineEvaluationJson } from '../../../src/report/lineEvaluationJson';
import { lineReport, type LineReportContent } from '../../../src/report/lineReport';

const LINES: readonly WrittenLine[] = [
  { text: 'if (a < b)', answer: 'if (a c b)', writer: 'Ann' },
  { text: '</script>', answer: '</script>', writer: 'Bob' },
  { text: 'a & b', answer: 'a8 b' },
];

function content(): LineReportContent {
  const twice = LINES.map(({ text, answer }) => ({ text, first: answer, second: text }));
  return {
    ...{ model: 'M & <i>N</i>', dataset: '"data"', split: 'test', decoding: 'greedy', backend: 'wasm' },
    ...{ linesPerSecond: 30, created: '2026-01-02T03:04:05.000Z', excluded: 1 },
    scores: { ignored: scoreLines(LINES), counted: scoreLines(LINES, 'counted') },
    lines: LINES,
    worst: [{ ...(LINES[0] as WrittenLine), place: 7, ink: [[0, 0, 10, 5]], other: '<b>' }],
    comparison: {
      model: 'Other',
      decoding: 'decoded, c',
      results: { ignored: compareLines(twice, 'ignored'), counted: compareLines(twice, 'counted') },
    },
  };
}

describe('the report of a model of lines', () => {
  it('names nothing that it would have to fetch, and takes all for text', () => {
    const text = lineReport(content());
    assert.doesNotMatch(text, /(src|href)="|https?:|url\(|@import/);
    assert.match(text, /<h1>M &amp; &lt;i&gt;N&lt;\/i&gt; on &quot;data&quot;<\/h1>/);
    assert.match(text, /reads <code>&lt;b&gt;<\/code>/);
    assert.equal(text.match(/<\/script>/g)?.length, 2);
  });

  it('says the figures with blanks and without them, and draws the ink', () => {
    const text = lineReport(content());
    assert.match(text, /<dt>CER<\/dt>\s*<dd>10\.53%<\/dd>/);
    assert.match(text, /<dt>CER with blanks<\/dt>\s*<dd>12\.50%<\/dd>/);
    assert.match(text, /1 lines excluded/);
    assert.match(text, /d="M0 0L10 5"/);
  });

  it('gives differences the sign of what is shown less what it is compared with', () => {
    const text = lineReport(content());
    assert.match(text, /<h2>Compared with Other<\/h2>/);
    assert.match(text, /CER, blanks ignored<\/td>[^]*?\+10\.5 \(/);
    assert.match(text, /Exact, blanks ignored<\/td>[^]*?−66\.7 \(/);
    const json = lineEvaluationJson(content()) as {
      comparison: { cer: { difference: number }; withoutBlanks: { exact: { difference: number } } };
    };
    assert.equal(json.comparison.cer.difference, 3 / 24);
    assert.equal(json.comparison.withoutBlanks.exact.difference, -2 / 3);
  });

  it('is JSON of every figure', () => {
    const json = lineEvaluationJson(content()) as Record<string, unknown>;
    assert.deepEqual(
      [json['model'], json['dataset'], json['lines'], json['cer'], json['exact']],
      ['M & <i>N</i>', '"data"', 3, 3 / 24, 1 / 3],
    );
    const without = json['withoutBlanks'] as { cer: number; writers: { writer: string; cer: number }[] };
    assert.equal(without.cer, 2 / 19);
    assert.deepEqual(
      without.writers.map(({ writer, cer }) => [writer, cer]),
      [
        ['Ann', 1 / 7],
        ['Bob', 0],
      ],
    );
    assert.deepEqual((json['writers'] as object[])[1], {
      ...{ writer: 'Bob', lines: 1, cer: 0 },
      interval: { low: 0, high: 0 },
    });
    const { classes, confusion } = json as { classes: string[]; confusion: number[][] };
    assert.equal(confusion[classes.indexOf('<')]?.[classes.indexOf('c')], 1);
    assert.equal(confusion[classes.indexOf(' ')]?.[classes.indexOf('(nothing)')], 1);
  });
});
