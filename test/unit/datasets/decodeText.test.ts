import assert from 'node:assert/strict';
import { decodeOldText, decodeText } from '../../../src/datasets/formats/decodeText';
import { DatasetError } from '../../../src/datasets/errors';

describe('text of files', () => {
  it('is read as its mark says', () => {
    const mark = '\ufeff';
    assert.equal(decodeText(Buffer.from('λ,1'), 'a.csv'), 'λ,1');
    assert.equal(decodeText(Buffer.from(`${mark}λ,1`, 'utf16le'), 'a.csv'), 'λ,1');
    assert.equal(decodeText(Buffer.from(`${mark}λ,1`, 'utf16le').swap16(), 'a.csv'), 'λ,1');
  });

  it('is Latin-1 in old formats where it is no UTF-8', () => {
    assert.equal(decodeOldText(Buffer.from('é'), 'a.upn', 9), 'é');
    assert.equal(decodeOldText(Buffer.from('é', 'latin1'), 'a.upn', 9), 'é');
    assert.throws(() => decodeOldText(Buffer.alloc(10), 'a.upn', 9), DatasetError);
  });

  it('is refused where there is too much of it, with what to do', () => {
    assert.throws(
      () => decodeText(Buffer.alloc(2 ** 20 + 1), 'big.json', 2 ** 20),
      (error) =>
        error instanceof DatasetError &&
        error.message === 'big.json holds more than 1 MiB of text: split it into several files.',
    );
  });
});
