import assert from 'node:assert/strict';
import type { RunRow } from '../../../../src/protocol/pages/runs';
import { arranged, itemsOf, usualValues } from '../../../../webview/runs/arrange';
import { columnsOf } from '../../../../webview/runs/columns';

const COLUMNS = columnsOf([
  { name: 'optimizer', label: 'Optimizer' },
  { name: 'learningRate', label: 'Learning rate' },
]);

const run = (name: string, more: Partial<RunRow> = {}): RunRow => ({
  ...{ id: name, name, dataset: 'mnist', network: 'lenet-5', state: 'finished', where: 'nowhere' },
  ...{ done: 1, total: 1, epochs: 1, seconds: 1, hasModel: true, created: '', epochsDone: 1 },
  settings: { optimizer: 'adam', learningRate: 0.001 },
  ...more,
});

const ROWS = [
  run('b 10', { accuracy: 0.5 }),
  run('b 9', { settings: { optimizer: 'sgd', learningRate: 0.1 } }),
  run('a', { accuracy: 0.75, dataset: 'emnist' }),
];
const plain = { filter: '', sort: '', descending: false, group: '' };
const names = (rows: readonly RunRow[]) => rows.map(({ name }) => name);

describe('the rows of the table of runs', () => {
  it('are ordered by numbers as numbers, by texts as people count, and without a value last both ways', () => {
    const sorted = (sort: string, descending = false) =>
      names(arranged(ROWS, COLUMNS, { ...plain, sort, descending }));
    assert.deepEqual(sorted('accuracy'), ['b 10', 'a', 'b 9']);
    assert.deepEqual(sorted('accuracy', true), ['a', 'b 10', 'b 9']);
    assert.deepEqual(sorted('name'), ['a', 'b 9', 'b 10']);
    assert.deepEqual(sorted('nothing'), ['b 10', 'b 9', 'a']);
  });

  it('are those that have every word of the filter', () => {
    const found = (filter: string) => names(arranged(ROWS, COLUMNS, { ...plain, filter }));
    assert.deepEqual(found('ADAM  mnist'), ['b 10', 'a']);
    assert.deepEqual(found('dataset=mnist optimizer=adam'), ['b 10']);
    assert.deepEqual(found('learningrate=0.1'), ['b 9']);
    assert.deepEqual(found('rmsprop'), []);
  });

  it('are put together in the order in which their groups come', () => {
    const dataset = COLUMNS.find(({ key }) => key === 'dataset');
    const lines = (folded: string[]) =>
      itemsOf(ROWS, dataset, new Set(folded)).map((item) =>
        item.kind === 'run' ? item.row.name : item.name,
      );
    assert.deepEqual(lines([]), ['mnist', 'b 10', 'b 9', 'emnist', 'a']);
    assert.deepEqual(lines(['mnist']), ['mnist', 'emnist', 'a']);
  });

  it('have what most of them have in the settings in which they differ', () => {
    assert.deepEqual(
      [...usualValues(ROWS, COLUMNS)],
      [
        ['dataset', 'mnist'],
        ['optimizer', 'adam'],
        ['learningRate', 0.001],
      ],
    );
    assert.equal(usualValues([ROWS[0] ?? assert.fail()], COLUMNS).size, 0);
  });
});
