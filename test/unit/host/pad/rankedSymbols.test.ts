import assert from 'node:assert/strict';
import { rankedSymbols } from '../../../../src/host/pad/rankedSymbols';
import type { LatexSymbol } from '../../../../src/symbols/symbolTable';

const symbol = (command: string, from?: string): LatexSymbol => ({
  command,
  mode: 'math',
  ...(from !== undefined && { package: from }),
});
const [alpha, sum, sigma, oiint, iint] = [
  symbol('\\alpha'),
  symbol('\\sum'),
  symbol('\\Sigma'),
  symbol('\\oiint', 'esint'),
  symbol('\\iint', 'amsmath'),
] as const;
const all = [oiint, iint, alpha, sum, sigma];

/** The commands of the list with their sections. */
function list(likely: Parameters<typeof rankedSymbols>[0]['likely'], uses: Record<string, number>) {
  return rankedSymbols({ likely, all, usesOf: ({ command }) => uses[command] ?? 0 }).map(
    ({ item, section }) => [item.command, section],
  );
}

describe('the symbols to find', () => {
  it('are those used most first, then those that most documents have', () => {
    assert.deepEqual(list([], { '\\sum': 1, '\\oiint': 3 }), [
      ['\\oiint', 'used most'],
      ['\\sum', 'used most'],
      ['\\alpha', 'symbols'],
      ['\\Sigma', 'symbols'],
      ['\\iint', 'symbols'],
    ]);
  });

  it('are by likelihood where there is a drawing, look-alikes by use', () => {
    const likely = [
      { id: '\\sum', symbols: [sum, sigma] },
      { id: '\\alpha', symbols: [alpha] },
    ];
    assert.deepEqual(list(likely, { '\\Sigma': 1 }), [
      ['\\Sigma', 'likely'],
      ['\\sum', 'likely'],
      ['\\alpha', 'likely'],
      ['\\iint', 'symbols'],
      ['\\oiint', 'symbols'],
    ]);
  });
});
