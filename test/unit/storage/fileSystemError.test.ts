import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../src/base/userError';
import { asUserError } from '../../../src/storage/fileSystemError';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

/** An error as Node makes it. */
const failure = (code: string, more: { path?: string; dest?: string; syscall?: string } = {}) =>
  Object.assign(new Error(`${code}: a detail`), { code, syscall: 'open', path: '/a/b.json', ...more });

const sentenceOf = (error: unknown) => {
  const told = asUserError(error);
  assert.ok(told instanceof UserError, String(told));
  assert.equal(told.cause, error);
  return told.message;
};

describe('failures of the file system', () => {
  for (const [code, sentence] of [
    ['ENOSPC', 'The disk of /a/b.json is full: free some space.'],
    ['EDQUOT', 'The disk of /a/b.json is full: free some space.'],
    ['EACCES', 'Scrawl may not use /a/b.json: change its permissions, or choose another place.'],
    ['EPERM', 'Scrawl may not use /a/b.json: change its permissions, or choose another place.'],
    ['EROFS', 'The disk of /a/b.json cannot be written to: choose another place.'],
    ['ENAMETOOLONG', 'The name b.json is too long: choose a shorter one.'],
    ['EMFILE', 'Too many files are open: close other programs, then try again.'],
    ['ENFILE', 'Too many files are open: close other programs, then try again.'],
    ['ENOENT', 'There is nothing at /a/b.json: check where it is.'],
    ['ENOTDIR', 'A part of /a/b.json is a file, not a folder: choose another place.'],
    ['EISDIR', '/a/b.json is a folder, not a file: choose a file.'],
    ['EEXIST', '/a/b.json is there already: choose another name.'],
    ['EBUSY', 'Another program uses /a/b.json: close it, then try again.'],
    ['EIO', 'The disk of /a/b.json fails: check it.'],
  ] as const) {
    it(`says in a sentence what ${code} means`, () => assert.equal(sentenceOf(failure(code)), sentence));
  }

  it('names what was to be written, and nothing where the system names nothing', () => {
    const renamed = { syscall: 'rename', dest: '/c/d' };
    assert.match(sentenceOf(failure('EACCES', renamed)), / \/c\/d:/);
    assert.match(sentenceOf(failure('ENOENT', renamed)), / \/a\/b\.json:/);
    const told = asUserError(failure('EACCES'), '/a folder');
    assert.match(String(told), / \/a folder:/);
    const written = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    assert.equal(sentenceOf(written), 'The disk is full: free some space.');
  });

  it('shortens a name that is too long', () => {
    const long = failure('ENAMETOOLONG', { path: `/a/${'x'.repeat(300)}` });
    assert.equal(sentenceOf(long), `The name ${'x'.repeat(40)}… is too long: choose a shorter one.`);
  });

  it('knows what the system itself says', async () => {
    const folder = await makeScratchFolder();
    try {
      const file = path.join(folder, 'f');
      await writeFile(file, '');
      const caught = (work: Promise<unknown>) => work.then(() => undefined, sentenceOf);
      assert.match((await caught(readFile(path.join(folder, 'none')))) ?? '', /^There is nothing at /);
      assert.match((await caught(readFile(folder))) ?? '', /is a folder, not a file/);
      assert.match((await caught(mkdir(path.join(file, 'x')))) ?? '', /is a file, not a folder/);
      assert.match((await caught(mkdir(file))) ?? '', /is there already/);
      assert.match((await caught(mkdir(path.join(folder, 'n'.repeat(300))))) ?? '', /too long/);
    } finally {
      await removeScratchFolder(folder);
    }
  });

  it('leaves every other error as it is', () => {
    for (const error of [
      new UserError('Draw something first.'),
      new TypeError('a flaw'),
      failure('ECONNREFUSED', { syscall: 'connect' }),
      failure('EACCES', { syscall: 'connect' }),
      failure('ENOENT', { syscall: 'spawn npm' }),
      failure('EXDEV', { syscall: 'rename' }),
      'a text',
      undefined,
    ]) {
      assert.equal(asUserError(error), error);
    }
  });
});
