import assert from 'node:assert/strict';
import { Curve, MOST_POINTS } from '../../../../src/host/training/curve';
import { curvesCsv } from '../../../../src/host/training/curvesCsv';
import { keptPoints } from '../../../../src/host/training/keptPoints';
import { Random } from '../../../../src/base/random';
import { Curve as PageCurve } from '../../../../webview/curves/curve';

const point = (epoch: number, loss = 1, accuracy = 0.5) => ({ epoch, loss, accuracy, learningRate: 0.1 });

describe('kept points', () => {
  const random = new Random(7);
  const x = Array.from({ length: 50_000 }, (_, at) => at / 1000);
  const lines = [0, 1].map(() => x.map(() => random.next()));

  it('are as few as asked for, in order, with both ends', () => {
    const kept = keptPoints(x, lines, 3000);
    assert.ok(kept.length <= 3000 && kept.length > 2000, String(kept.length));
    assert.ok(kept.every((index, at) => at === 0 || index > (kept[at - 1] ?? 0)));
    assert.deepEqual([kept[0], kept.at(-1)], [0, x.length - 1]);
  });

  it('reach as high and as low as all points in every part', () => {
    const kept = keptPoints(x, lines, 3000);
    for (const line of lines) {
      for (let part = 0; part < 10; part++) {
        const inPart = (index: number) => Math.floor(index / 5000) === part;
        const all = line.filter((_, index) => inPart(index));
        const left = kept.filter(inPart).map((index) => line[index] ?? 0);
        assert.equal(Math.max(...left), Math.max(...all));
        assert.equal(Math.min(...left), Math.min(...all));
      }
    }
  });

  it('are all of a short line, and one of a line that stands still', () => {
    assert.deepEqual(keptPoints([0, 1, 2], [[5, 1, 9]], 100), [0, 1, 2]);
    assert.deepEqual(keptPoints([3], [[1]], 100), [0]);
    assert.deepEqual(keptPoints([], [[]], 100), []);
  });
});

describe('a curve', () => {
  it('stays small however long a run is, and its means are of every point', () => {
    const random = new Random(3);
    const curve = new Curve();
    const losses: number[] = [];
    for (let at = 0; at < 100_000; at++) {
      const loss = random.next();
      losses.push(loss);
      curve.add(point(at / 1000, loss));
    }
    const columns = curve.toColumns();
    assert.ok(columns.epoch.length <= MOST_POINTS);
    assert.equal(columns.count.at(-1), losses.length);
    const sent = new PageCurve({ type: 'curve', run: 'x', columns, epochs: [] });
    const mean = sent.average('loss', 1e9).at(-1) ?? NaN;
    assert.ok(Math.abs(mean - losses.reduce((sum, loss) => sum + loss) / losses.length) < 1e-9);
  });

  it('has the mean of the last points, as many as there are', () => {
    const curve = new Curve();
    [4, 2, 6, 8].forEach((loss, at) => curve.add(point(at + 1, loss)));
    const sent = new PageCurve({ type: 'curve', run: 'x', columns: curve.toColumns(), epochs: [] });
    assert.deepEqual(sent.average('loss', 1), [4, 2, 6, 8]);
    assert.deepEqual(sent.average('loss', 2), [4, 3, 4, 7]);
    sent.add([point(5, 10)]);
    assert.deepEqual(sent.average('loss', 3), [4, 3, 4, 16 / 3, 8]);
  });

  it('replaces what is learned again after a run went on from its checkpoint', () => {
    const curve = new Curve();
    for (const epoch of [0.5, 1, 1.5, 2]) curve.add(point(epoch, epoch));
    for (const epoch of [1, 2]) curve.addEpoch({ epoch, loss: 1, accuracy: 1, learningRate: 1, seconds: 1 });
    curve.add(point(1.5, 9));
    curve.addEpoch({ epoch: 2, loss: 5, accuracy: 1, learningRate: 1, seconds: 1 });
    const { epoch, loss, lossSum } = curve.toColumns();
    assert.deepEqual([[...epoch], [...loss], lossSum.at(-1)], [[0.5, 1, 1.5], [0.5, 1, 9], 10.5]);
    assert.deepEqual(
      curve.epochs.map((each) => each.loss),
      [1, 5],
    );
  });
});

describe('the table of curves', () => {
  it('has a row for every point and epoch of each run', () => {
    const epoch = {
      type: 'epoch',
      epoch: 1,
      loss: 0.5,
      accuracy: 0.75,
      learningRate: 0.1,
      seconds: 2,
    } as const;
    const table = curvesCsv([
      {
        name: 'a "b", c',
        history: [
          { type: 'batch', ...point(0.5) },
          { ...epoch, validationLoss: 0.25 },
        ],
      },
      { name: '=1+1', history: [epoch] },
    ]);
    assert.deepEqual(table.split('\r\n'), [
      'run,type,epoch,loss,accuracy,validation loss,validation accuracy,learning rate,seconds',
      '"a ""b"", c",batch,0.5,1,0.5,,,0.1,',
      '"a ""b"", c",epoch,1,0.5,0.75,0.25,,0.1,2',
      "'=1+1,epoch,1,0.5,0.75,,,0.1,2",
      '',
    ]);
  });
});
