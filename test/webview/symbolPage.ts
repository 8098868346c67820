import type { Browser } from 'playwright-core';
import type { HostToSymbol, ShownSymbol, SymbolToHost } from '../../src/protocol/pages/symbol';
import { StubbedPage } from './stubbedPage';
import type { Theme } from './themes';
import { openWebview } from './webviewPage';

const SURFACE_INTEGRAL: ShownSymbol = {
  type: 'symbol',
  glyph: '∯',
  about: { command: '\\oiint', from: 'esint', more: ['surface integral', 'package esint, in formulas'] },
  drawings: [
    [
      [
        [0, 0],
        [63, 63],
      ],
    ],
    [[[31, 31]]],
  ],
};

export interface SymbolPageOptions {
  width?: number;
  theme?: Theme;
}

/** The built page of a symbol in a real browser, with a stub for the host. */
export class SymbolPage extends StubbedPage<SymbolToHost, HostToSymbol> {
  static async open(browser: Browser, options: SymbolPageOptions = {}): Promise<SymbolPage> {
    const { width = 500, theme = 'dark' } = options;
    const opened = new SymbolPage(
      await openWebview(browser, { name: 'symbol', width, height: 400, ground: 'editor' }),
    );
    await opened.setTheme(theme);
    await opened.sentOf('ready');
    await opened.tell(SURFACE_INTEGRAL);
    return opened;
  }
}
