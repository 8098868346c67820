import assert from 'node:assert/strict';
import { DatasetError, Disconnected } from '../../../src/datasets/errors';
import { UnfinishedDownloads } from '../../../src/host/datasets/unfinished';

describe('the downloads that a window goes on with when it opens again', () => {
  const stored = new Map<string, unknown>();
  const memory = {
    get: <T>(key: string, otherwise?: T) => (stored.get(key) ?? otherwise) as T,
    update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
  };
  const left = () => new UnfinishedDownloads(memory).left;
  let downloads: UnfinishedDownloads;
  beforeEach(() => {
    stored.clear();
    downloads = new UnfinishedDownloads(memory);
    downloads.begin('mnist');
    downloads.begin('emnist-letters');
  });

  it('are those that ran when it closed, however they end then', () => {
    downloads.end('mnist');
    downloads.close();
    downloads.end('emnist-letters', new Error('closed'));
    assert.deepEqual(left(), ['emnist-letters']);
  });

  it('are those that the network broke off, until they are begun anew and come to their end', () => {
    downloads.end('mnist', new Disconnected('The network is away: go on later.'));
    downloads.end('emnist-letters', new DatasetError('The file is damaged: fetch it again.'));
    assert.deepEqual(left(), ['mnist']);
    downloads.begin('mnist');
    downloads.end('mnist');
    assert.deepEqual(left(), []);
  });

  it('are not those that the user paused or removed', () => {
    downloads.end('mnist', new Disconnected('The network is away: go on later.'));
    downloads.forget('mnist');
    downloads.end('emnist-letters', new DOMException('paused', 'AbortError'));
    assert.deepEqual(left(), []);
  });
});
