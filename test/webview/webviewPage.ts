import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { elementOf } from '../../src/base/elementOf';
import { pageHtml } from '../../src/host/shell/pageHtml';
import { type Theme, THEMES } from './themes';

const ORIGIN = 'https://webview.test';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export interface WebviewOptions {
  /** The page's bundle, and its element without `scrawl-`. */
  name: string;
  width: number;
  height: number;
  density?: number;
  /** Where it stands; in the sidebar unless given. */
  ground?: 'editor' | 'sideBar';
}

export interface OpenedWebview {
  page: Page;
  context: BrowserContext;
  /** What the page may not do, and did. */
  complaints: string[];
}

/**
 * Opens a built page in a real browser as VS Code does. What the page says is kept in `window.sent`.
 *
 * @param stubHost runs in the page first, and stands in for the host: what it puts at `window.answer` hears the page
 */
export async function openWebview<T>(
  browser: Browser,
  { name, width, height, density = 1, ground = 'sideBar' }: WebviewOptions,
  stubHost?: (argument: T) => void,
  argument?: T,
): Promise<OpenedWebview> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: density,
    hasTouch: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html(name) });
    const body = await readFile(path.resolve('dist/webview', pathname.slice(1)));
    return route.fulfill({ contentType: TYPES[path.extname(pathname)] ?? 'text/plain', body });
  });
  await page.addInitScript(stubVsCode);
  if (stubHost) await page.addInitScript(stubHost as (argument: unknown) => void, argument);
  await page.goto(`${ORIGIN}/`);
  await page.evaluate((name) => {
    document.documentElement.style.background = `var(--vscode-${name}-background)`;
  }, ground);
  return { page, context, complaints };
}

/** Runs in the page: what VS Code gives a webview. */
function stubVsCode(): void {
  const page = Object.assign(window as { answer?: (message: unknown) => void }, { sent: [] as unknown[] });
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => {
        page.sent.push(message);
        page.answer?.(message);
      },
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    }),
  });
}

/** Names that VS Code gives the body of its webviews, by the kind of theme. */
const KINDS: Record<Theme, string> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** Changes the colors as VS Code does: as properties of the root, with the theme's kind in the body's classes. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(
    ({ colors, kind }) => {
      const { style } = document.documentElement;
      for (const name of [...style]) if (name.startsWith('--vscode-')) style.removeProperty(name);
      for (const [name, value] of Object.entries(colors)) style.setProperty(`--vscode-${name}`, value);
      document.body.className = kind;
    },
    { colors: THEMES[theme], kind: KINDS[theme] },
  );
  await settled(page);
}

/** Everything that was asked of the page is on the screen. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

function html(name: string): string {
  const local = (file: string) => `${ORIGIN}/${file}`;
  return pageHtml({
    element: elementOf(name),
    cspSource: ORIGIN,
    nonce: 'test',
    script: local(`${name}.js`),
    style: local(`${name}.css`),
    codicons: local('codicon.css'),
  });
}
