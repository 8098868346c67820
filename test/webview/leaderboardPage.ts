import type { Browser } from 'playwright-core';
import type { Place } from '../../src/protocol/pages/boardPlace';
import type {
  BoardColumn,
  BoardFigure,
  BoardModel,
  HostToLeaderboard,
  LeaderboardToHost,
} from '../../src/protocol/pages/leaderboard';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { openWebview } from './webviewPage';

export interface LeaderboardPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  models?: number;
  columns?: number;
}

interface Stub {
  models: BoardModel[];
  columns: BoardColumn[];
  figures: (Place & { figure: BoardFigure })[];
}

/** Models of characters and at last one of lines; of every cell but each fourth an evaluation is kept. */
function stubOf(count: number, width: number): Stub {
  const models = Array.from({ length: count }, (_, at): BoardModel => ({
    id: `/models/${at}`,
    name: at === count - 1 ? 'Lines' : `Model ${at}`,
    reads: at === count - 1 ? 'lines' : 'characters',
  }));
  const columns = Array.from({ length: width }, (_, at): BoardColumn => ({
    ...{ id: `data-${at} test`, dataset: `data-${at}`, name: `Dataset ${at}`, split: 'test' },
    ink: at === 1,
  }));
  const figures = models.flatMap(({ id: model, reads }, row) =>
    columns.flatMap(({ id: column, ink }, at) => {
      const isKept = (row + at) % 4 !== 3 && (reads === 'characters' || ink);
      const value = reads === 'lines' ? 0.064 : 0.9 + ((row * 3 + at) % 10) / 100;
      const interval = { low: value - 0.01, high: Math.min(1, value + 0.01) };
      const figure = { value, interval, samples: 10_000, created: '2026-11-28T10:00:00.000Z' };
      return isKept ? [{ model, column, figure }] : [];
    }),
  );
  return { models, columns, figures };
}

/** The built leaderboard in a real browser, before a stub of the host. */
export class LeaderboardTable extends StubbedPage<LeaderboardToHost, HostToLeaderboard> {
  static async open(browser: Browser, options: LeaderboardPageOptions = {}): Promise<LeaderboardTable> {
    const { width = 1100, height = 700, theme = 'dark', models = 5, columns = 3 } = options;
    const stub = stubOf(models, columns);
    const opened = new LeaderboardTable(
      await openWebview(browser, { name: 'leaderboard', width, height, ground: 'editor' }, stubHost, stub),
    );
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    return opened;
  }

  /** Names of the models from the top. */
  names(): Promise<string[]> {
    return this.page.locator('tbody th').allInnerTexts();
  }

  cell(name: RegExp | string) {
    return this.page.getByRole('grid').getByRole('button', { name });
  }
}

function stubHost({ models, columns, figures }: Stub): void {
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const kept = figures.map(({ model, column }) => ({ model, column }));
  const receive = (message: LeaderboardToHost) => {
    if (message.type === 'ready') {
      post({ type: 'board', models, columns, kept });
      for (const figure of figures) post({ type: 'figure', ...figure });
    }
    if (message.type === 'evaluate') {
      for (const place of message.places) post({ type: 'work', ...place, work: { state: 'waiting' } });
    }
  };
  Object.assign(window, { answer: receive });
}
