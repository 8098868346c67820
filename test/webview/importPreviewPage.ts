import type { Browser } from 'playwright-core';
import type { HostToPreview, PreviewToHost } from '../../src/protocol/pages/importPreview';
import { StubbedPage } from './stubbedPage';
import type { Theme } from './themes';
import { openWebview } from './webviewPage';

export interface ImportPreviewPageOptions {
  width?: number;
  theme?: Theme;
}

/** The built preview of an import in a real browser, before a stub of the host that knows three pictures. */
export class ImportPreviewPage extends StubbedPage<PreviewToHost, HostToPreview> {
  static async open(browser: Browser, options: ImportPreviewPageOptions = {}): Promise<ImportPreviewPage> {
    const { width = 700, theme = 'dark' } = options;
    const view = { name: 'importPreview', width, height: 500, ground: 'editor' } as const;
    const opened = new ImportPreviewPage(await openWebview(browser, view, stubHost));
    await opened.setTheme(theme);
    await opened.page.getByText('3 of 1,200 pictures').waitFor();
    return opened;
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that knows three pictures. */
function stubHost(): void {
  const gray = (width: number, light: (x: number, y: number) => number) => ({
    width,
    height: width,
    pixels: Uint8Array.from({ length: width * width }, (_, at) => light(at % width, Math.floor(at / width))),
  });
  const original = gray(48, (x, y) => (Math.abs(x - y) < 4 ? 40 : 200 - x));
  const result = gray(28, (x, y) => (Math.abs(x - y) < 2 ? 255 : 0));
  const pictures = [
    { name: 'a/1.png', label: 'a', original, result },
    { name: 'b/1.png', label: 'b', original, result },
    { name: 'b/2.png', label: 'b', original, problem: 'shows no character' },
  ];
  const problems = ['12 pictures in the folder "misc", whose name is no class'];
  const receive = (message: PreviewToHost) => {
    if (message.type !== 'ready' && message.type !== 'options') return;
    const usual = { pen: 'auto', threshold: 'otsu', size: 'normalized', classes: 'auto', text: '' };
    const options = message.type === 'options' ? message.options : usual;
    if (options.classes === 'expression' && options.text === '') {
      window.postMessage(
        { type: 'unreadable', name: 'Scans', options, message: 'The pattern has no group.' },
        '*',
      );
      return;
    }
    window.postMessage({ type: 'preview', name: 'Scans', options, total: 1200, pictures, problems }, '*');
  };
  Object.assign(window, { answer: receive });
}
