import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { catalog, editText, readNetwork, shownNetwork } from '../../src/host/networks/designerState';
import type { Network } from '../../src/networks/network';
import type { DesignerToHost, HostToDesigner } from '../../src/protocol/pages/designer';
import { until } from '../harness/until';
import type { Theme } from './themes';
import { openWebview, setTheme, settled } from './webviewPage';

export interface DesignerPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  density?: number;
  /** The file; an empty one where it is not given. */
  text?: string;
}

/** The built designer in a real browser, before a host that keeps the file in a variable and else is the real one. */
export class DesignerPage {
  readonly sent: DesignerToHost[] = [];
  private readonly undone: string[] = [];
  private revision = 1;
  private classes = 62;
  private refusal: string | undefined;

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    readonly complaints: string[],
    private text: string,
  ) {}

  static async open(browser: Browser, options: DesignerPageOptions = {}): Promise<DesignerPage> {
    const { width = 900, height = 700, theme = 'dark', density = 1, text = '' } = options;
    const view = { name: 'designer', width, height, density, ground: 'editor' } as const;
    const { page, context, complaints } = await openWebview(browser, view, stubHost);
    const opened = new DesignerPage(page, context, complaints, text);
    await setTheme(page, theme);
    await page.exposeFunction('tellHost', (message: DesignerToHost) => opened.receive(message));
    await page.evaluate(() => (window as unknown as { flush(): void }).flush());
    await page.locator('scrawl-designer > *').first().waitFor();
    await opened.untilShown();
    return opened;
  }

  close(): Promise<void> {
    return this.context.close();
  }

  get network(): Network {
    return readNetwork(this.text, 'test.scrawlnet.json');
  }

  /** Refuses every change from now on. */
  refuse(reason: string): void {
    this.refusal = reason;
  }

  /** Changes the file as another editor would. */
  async write(text: string): Promise<void> {
    this.text = text;
    this.revision += 1;
    await this.show();
    await this.settled();
  }

  settled(): Promise<void> {
    return settled(this.page);
  }

  setTheme(theme: Theme): Promise<void> {
    return setTheme(this.page, theme);
  }

  layer(index: number): Locator {
    return this.page.locator('scrawl-layer').nth(index);
  }

  entry(name: string): Locator {
    return this.page.locator('.entry', { has: this.page.getByText(name, { exact: true }) });
  }

  /** The box of a parameter in the form that is open. */
  box(name: string): Locator {
    return this.page.locator('.form').getByLabel(name, { exact: true });
  }

  async untilTypes(...types: string[]): Promise<void> {
    const now = () => this.network.layers.map(({ type }) => type);
    await until(`${types.join(', ')}; there are ${now().join(', ')}`, () => now().join() === types.join());
    await this.untilShown();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.settled();
  }

  /** What the keyboard is on, as a screen reader says it. */
  focused(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  }

  async announcement(): Promise<string> {
    await this.settled();
    return (await this.page.locator('scrawl-designer > .hidden').textContent())?.trim() ?? '';
  }

  async tell(message: HostToDesigner): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  /** Waits until the page shows the file as it is now. */
  private async untilShown(): Promise<void> {
    await until('the page to show the file', () =>
      this.page.evaluate((revision) => {
        const designer = document.querySelector('scrawl-designer') as unknown as {
          network?: { revision: number };
          broken?: string;
        };
        return designer.broken !== undefined || designer.network?.revision === revision;
      }, this.revision),
    );
    await this.settled();
  }

  private async receive(message: DesignerToHost): Promise<void> {
    this.sent.push(message);
    switch (message.type) {
      case 'ready':
        await this.tell(catalog([{ name: 'MNIST', classes: 10 }]));
        return this.show();
      case 'classes':
        this.classes = message.classes;
        return this.show();
      case 'edit':
        return this.edit(message);
      case 'undo':
        return this.write(this.undone.pop() ?? this.text);
    }
  }

  private async edit({ revision, edit }: Extract<DesignerToHost, { type: 'edit' }>): Promise<void> {
    try {
      if (this.refusal !== undefined) throw new Error(this.refusal);
      if (revision !== this.revision) throw new Error('The file changed meanwhile: try again.');
      const text = editText(this.text, 'test.scrawlnet.json', edit);
      this.undone.push(this.text);
      this.text = text;
      this.revision += 1;
      await this.show();
      await this.tell({ type: 'edited' });
    } catch (error) {
      await this.tell({ type: 'edited', refused: (error as Error).message });
    }
  }

  private async show(): Promise<void> {
    try {
      await this.tell(
        shownNetwork(readNetwork(this.text, 'test.scrawlnet.json'), this.revision, this.classes),
      );
    } catch (error) {
      await this.tell({ type: 'broken', message: (error as Error).message });
    }
  }
}

/** Runs in the page: what VS Code gives a webview; what the page says waits until somebody listens. */
function stubHost(): void {
  const waiting: unknown[] = [];
  const outside = window as unknown as { tellHost?: (message: unknown) => Promise<void> };
  const send = (message: unknown) => {
    if (outside.tellHost) void outside.tellHost(message);
    else waiting.push(message);
  };
  Object.assign(window, {
    flush: () => waiting.splice(0).forEach(send),
    answer: send,
  });
}
