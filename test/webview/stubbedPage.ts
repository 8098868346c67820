import type { BrowserContext, Page } from 'playwright-core';
import { until } from '../harness/until';
import type { Theme } from './themes';
import { type OpenedWebview, setTheme, settled } from './webviewPage';

/** A built page in a real browser, before a stub of the host that keeps what it is told in `window.sent`. */
export class StubbedPage<ToHost extends { type: string }, FromHost> {
  readonly page: Page;
  /** What the page may not do, and did. */
  readonly complaints: string[];
  protected readonly context: BrowserContext;

  protected constructor({ page, context, complaints }: OpenedWebview) {
    this.page = page;
    this.context = context;
    this.complaints = complaints;
  }

  close(): Promise<void> {
    return this.context.close();
  }

  setTheme(theme: Theme): Promise<void> {
    return setTheme(this.page, theme);
  }

  settled(): Promise<void> {
    return settled(this.page);
  }

  async tell(message: FromHost): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
    await this.settled();
  }

  sent(): Promise<ToHost[]> {
    return this.page.evaluate(() => (window as unknown as { sent: ToHost[] }).sent);
  }

  /** Waits until the page has sent messages of this type, and gives all of them. */
  sentOf<T extends ToHost['type']>(type: T, count = 1): Promise<Extract<ToHost, { type: T }>[]> {
    type Sent = Extract<ToHost, { type: T }>;
    return until(`${count} messages '${type}'`, async () => {
      const found = (await this.sent()).filter((message): message is Sent => message.type === type);
      return found.length >= count && found;
    });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.settled();
  }
}
