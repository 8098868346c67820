import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandsOf, SymbolTable, textOf } from '../../../src/symbols/symbolTable';

const shipped = async () => SymbolTable.parse(await readFile(path.join('media', 'symbols.json'), 'utf8'));

describe('the table of symbols', () => {
  it('holds what looks alike as one class with several commands', async () => {
    const table = await shipped();
    assert.equal(table.of('\\Sigma'), table.of('\\sum'));
    assert.equal(table.of('\\mid'), table.of('|'));
    assert.notEqual(table.of('\\in'), table.of('\\epsilon'));
  });

  it('names each class after its first command, and no class twice', async () => {
    const { classes } = await shipped();
    const broken = classes.filter(
      ({ id, symbols }) => symbols[0]?.command !== id && symbols[0]?.label !== id,
    );
    assert.deepEqual(
      broken.map(({ id }) => id),
      [],
    );
    assert.equal(new Set(classes.map(({ id }) => id)).size, classes.length);
  });

  it('has every command in one class only', async () => {
    const all = (await shipped()).classes.flatMap(commandsOf);
    assert.deepEqual(
      all.filter((each, at) => all.indexOf(each) !== at),
      [],
    );
  });

  it('says what a symbol is in Unicode, or its command where it is none', async () => {
    const table = await shipped();
    const texts = ['\\alpha', "\\'e", '\\mathds{R}', '\\ataribox'].map((id) => {
      const found = table.get(id);
      return found && textOf(found);
    });
    assert.deepEqual(texts, ['α', 'é', 'ℝ', '\\ataribox']);
  });

  it('says what to do where it is broken', () => {
    assert.throws(() => SymbolTable.parse('{}'), /install Scrawl again/);
  });
});
