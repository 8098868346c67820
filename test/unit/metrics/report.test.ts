import assert from 'node:assert/strict';
import { figuresOf } from '../../../src/metrics/figures';
import { answersOf } from '../../../src/metrics/answers';
import { judge } from '../../../src/metrics/judgment';
import { mcNemar } from '../../../src/metrics/mcNemar';
import { confusionCsv, confusionJson } from '../../../src/report/confusionTable';
import { evaluationJson } from '../../../src/report/evaluationJson';
import { ACCURACY, writersCsv } from '../../../src/report/writersTable';
import { evaluationReport, type ReportContent } from '../../../src/report/evaluationReport';

/** Figures of a model that takes every class for the next one, now and then. */
function figures(classes: string[]) {
  const count = 3 * classes.length;
  const answers = answersOf(
    classes,
    classes.map(() => true),
    { classes, covers: classes },
  );
  const labels = Array.from({ length: count }, (_, row) => row % classes.length);
  return figuresOf(
    judge(
      {
        count,
        width: classes.length,
        read: (row, into) => {
          into.fill(0.1 / classes.length);
          into[(row + (row < classes.length ? 1 : 0)) % classes.length] = 0.9;
        },
      },
      labels,
      answers,
    ),
  );
}

function content(classes: string[]): ReportContent {
  return {
    model: 'M & <i>N</i>',
    dataset: '"data"',
    split: 'test',
    alphabet: 'all',
    merged: false,
    backend: 'wasm',
    samplesPerSecond: 1000,
    created: '2026-01-02T03:04:05.000Z',
    figures: figures(classes),
    writers: [
      { writer: '<i>Ann</i>', samples: 3, value: 1 / 3, interval: { low: 0.06, high: 0.79 } },
      { writer: '=Bob', samples: 1200, value: 0.9, interval: { low: 0.88, high: 0.92 } },
    ],
    worst: [
      { picture: 'data:image/png;base64,AA==', truth: '<', predicted: '&', probability: 0.9, place: 7 },
    ],
  };
}

describe('the report of an evaluation', () => {
  it('names nothing that it would have to fetch', () => {
    const text = evaluationReport(content(['a', 'b']));
    assert.doesNotMatch(text, /(src|href)="(?!data:)/);
    assert.doesNotMatch(text, /https?:|url\(|@import/);
    assert.match(text, /default-src 'none'/);
  });

  it('takes names for text, whatever is in them', () => {
    const text = evaluationReport(content(['<', '&', '"', "'", '</script><script>alert(1)</script>']));
    assert.match(text, /<h1>M &amp; &lt;i&gt;N&lt;\/i&gt; on &quot;data&quot;<\/h1>/);
    assert.match(text, /<td class="class">&lt;<\/td>/);
    assert.doesNotMatch(text, /<script>alert/);
    assert.equal(text.match(/<\/script>/g)?.length, 2);
  });

  it('says the figures, and shows a wrong sample', () => {
    const text = evaluationReport(content(['a', 'b', 'c']));
    assert.match(text, /<dt>Accuracy<\/dt>\s*<dd>66\.67%<\/dd>/);
    assert.match(text, /<img\s+src="data:image\/png;base64,AA=="/);
  });

  it('gives the difference to another model the sign of what is shown less the other', () => {
    const perClass = [
      { name: 'a', support: 4, first: 0.75, second: 0.5 },
      { name: 'b', support: 4, first: 0.25, second: 0.5 },
    ];
    const test = mcNemar(1, 1);
    const result = { samples: 8, first: 0.5, second: 0.5, test, perClass, onlyFirst: [0], onlySecond: [1] };
    const compared = { ...content(['a', 'b']), comparison: { model: 'Other', result } };
    const text = evaluationReport(compared);
    assert.match(text, /class="good" data-value="0\.25">\+25\.00</);
    assert.match(text, /class="bad" data-value="-0\.25">−25\.00</);
    const json = evaluationJson(compared) as { comparison: { perClass: { difference: number }[] } };
    assert.deepEqual(
      json.comparison.perClass.map(({ difference }) => difference),
      [0.25, -0.25],
    );
  });

  it('is JSON of every figure', () => {
    const json = evaluationJson(content(['a', 'b', 'c'])) as Record<string, unknown>;
    const { figures: all } = content(['a', 'b', 'c']);
    for (const name of Object.keys(all)) assert.ok(name in json, name);
    assert.deepEqual([json['model'], json['dataset'], json['accuracy']], ['M & <i>N</i>', '"data"', 2 / 3]);
  });

  it('has each writer, as a table, as JSON and as CSV', () => {
    const all = content(['a', 'b', 'c']);
    const text = evaluationReport(all);
    assert.match(text, /<td>&lt;i&gt;Ann&lt;\/i&gt;<\/td>[^]*>33\.33%<[^]*>6\.00% to 79\.00%<[^]*>=Bob</);
    assert.doesNotMatch(evaluationReport({ ...all, writers: [] }), /Writers/);
    const { writers } = evaluationJson(all) as { writers: object[] };
    assert.deepEqual(writers[1], {
      ...{ writer: '=Bob', samples: 1200, accuracy: 0.9 },
      interval: { low: 0.88, high: 0.92 },
    });
    assert.equal(
      writersCsv(all.writers.slice(1), ACCURACY),
      "writer,samples,accuracy,low,high\r\n'=Bob,1200,0.9,0.88,0.92\r\n",
    );
  });

  it('stays small with 94 classes', () => {
    const classes = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
    const text = evaluationReport(content(classes));
    assert.ok(text.length < 150_000, String(text.length));
    for (const name of ['&lt;', '&amp;', '&quot;', '~']) assert.ok(text.includes(`>${name}</text`), name);
  });
});

describe('the confusion matrix as a table', () => {
  it('is CSV that quotes what must be', () => {
    const text = confusionCsv(
      ['"', ',', 'c'],
      [
        [1, 0, 0],
        [0, 2, 0],
        [0, 3, 4],
      ],
    );
    assert.equal(text, 'truth,"""",",",c\r\n"""",1,0,0\r\n",",0,2,0\r\nc,0,3,4\r\n');
  });

  it('is CSV in which no class is a formula', () => {
    assert.equal(
      confusionCsv(
        ['=1+1', '+'],
        [
          [1, 0],
          [0, -2],
        ],
      ),
      "truth,'=1+1,+\r\n'=1+1,1,0\r\n+,0,-2\r\n",
    );
  });

  it('is JSON with its classes', () => {
    const text = confusionJson(
      ['a', 'b'],
      [
        [1, 2],
        [0, 3],
      ],
    );
    assert.deepEqual(JSON.parse(text), {
      classes: ['a', 'b'],
      confusion: [
        [1, 2],
        [0, 3],
      ],
    });
  });
});
