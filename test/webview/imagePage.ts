import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import type { recognizeImage } from '../../src/protocol/engine/image';
import type { Character, Line } from '../../src/protocol/pageText';
import type { HostToImage, ImageToHost } from '../../src/protocol/pages/image';
import type { Result } from '../../src/protocol/rpc';
import { StubbedPage } from './stubbedPage';
import type { Theme } from './themes';
import { openWebview } from './webviewPage';

/** Of the picture. */
export const [WIDTH, HEIGHT] = [400, 200];

/** A character whose candidates begin with a text. */
function character(text: string, left: number, top: number, space = false): Character {
  const others = ['x', 'y', 'z'].filter((each) => each !== text);
  return {
    box: { left, top, right: left + 30, bottom: top + 40 },
    candidates: [text, ...others].map((each, at) => ({ text: each, probability: [0.7, 0.2, 0.1][at] ?? 0 })),
    picture: Buffer.alloc(28 * 28, 120).toString('base64'),
    space,
  };
}

const line = (top: number, text: string): Line => ({
  ruling: { baseline: top + 40, capitalHeight: 40, slope: 0 },
  characters: [...text.replaceAll(' ', '')].map((each, at) => character(each, 20 + 50 * at, top, at === 2)),
});

/** What the engine would say of a picture with two lines. */
async function answer(): Promise<Result<typeof recognizeImage>> {
  const lines = [line(30, 'ab cd'), line(120, 'ef')];
  const bars = lines
    .flatMap(({ characters }) => characters)
    .map(({ box }) => `<path d="M${box.left + 15} ${box.top}v40" stroke="#223" stroke-width="6"/>`);
  const svg = `<svg width="${WIDTH}" height="${HEIGHT}"><rect width="400" height="200" fill="#eed"/>${bars.join('')}</svg>`;
  const file = (await sharp(Buffer.from(svg)).png().toBuffer()).toString('base64');
  const steps = { color: file, gray: file, pen: file, threshold: file };
  return { width: WIDTH, height: HEIGHT, lines, steps, milliseconds: 10 };
}

export interface ImagePageOptions {
  width?: number;
  theme?: Theme;
  empty?: boolean;
}

/** The built page of a picture in a real browser, before a stub of the host. */
export class ImagePage extends StubbedPage<ImageToHost, HostToImage> {
  static async open(browser: Browser, options: ImagePageOptions = {}): Promise<ImagePage> {
    const { width = 900, theme = 'dark', empty = false } = options;
    const stub = { result: await answer(), empty };
    const opened = new ImagePage(
      await openWebview(browser, { name: 'image', width, height: 760, ground: 'editor' }, stubHost, stub),
    );
    await opened.setTheme(theme);
    await opened.page.getByText(empty ? 'Paste a picture' : '6 characters on 2 lines').waitFor();
    return opened;
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that has one picture, and reads every box as digits. */
function stubHost({ result, empty }: { result: Result<typeof recognizeImage>; empty: boolean }): void {
  const post = (message: object) => window.postMessage(message, '*');
  let options: object = { pen: 'auto', threshold: 'otsu' };
  const receive = (message: ImageToHost) => {
    if (message.type === 'options') options = message.options;
    if ((message.type === 'ready' || message.type === 'options') && !empty) {
      post({ type: 'reading', name: 'notes.png' });
      post({ type: 'read', uri: 'file:///notes.png', name: 'notes.png', options, result });
    }
    if (message.type === 'keep') {
      const { corrections } = message;
      post({ type: 'kept', corrections, message: `Kept ${corrections.length} samples.` });
    }
    if (message.type !== 'box') return;
    const read = (text: string) => ({
      ...result.lines[0]?.characters[0],
      box: message.box,
      candidates: [{ text, probability: 1 }],
    });
    post({ type: 'box', id: message.id, characters: message.split ? [read('1'), read('2')] : [read('0')] });
  };
  Object.assign(window, { answer: receive });
}
