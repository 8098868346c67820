import type { Browser } from 'playwright-core';
import type { HostToReport, ReportToHost } from '../../src/protocol/pages/datasetReport';
import { StubbedPage } from './stubbedPage';
import type { Theme } from './themes';
import { openWebview } from './webviewPage';

export interface ReportPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  /** What the host tells, instead of a report of letters. */
  told?: HostToReport[];
  classes?: number;
}

const SIDE = 28;

/** Letters in two splits, the last one without samples; the mean of each is a ring that grows. */
function lettersReport(count: number): HostToReport[] {
  const classes = Array.from({ length: count }, (_, at) =>
    at < 26 ? String.fromCharCode(97 + at) : `c${at}`,
  );
  const counts = (scale: number) =>
    classes.map((_, at) => (at === count - 1 ? 0 : scale * (100 + ((at * 37) % 60))));
  const pixels = new Uint8Array(count * SIDE * SIDE);
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE) % SIDE];
    const away = Math.hypot(x - SIDE / 2, y - SIDE / 2) - 4 - (Math.floor(at / SIDE ** 2) % 7);
    pixels[at] = Math.max(0, 255 - 60 * Math.abs(away));
  }
  const finding = (
    id: string,
    title: string,
    meaning: string,
    total: number,
    excluded = 0,
    shown = total,
  ) => ({
    ...{ id, title, meaning, total, excluded, shown },
  });
  return [
    {
      ...{ type: 'dataset', id: 'letters', name: 'EMNIST Letters', texts: false, classes },
      splits: [
        { split: 'train', counts: counts(20) },
        { split: 'test', counts: counts(4) },
      ],
    },
    {
      ...{ type: 'report', created: '2026-11-29T10:20:30.000Z' },
      findings: [
        finding(
          'leaks train test',
          'In Train and in Test',
          'Samples of Test whose picture is in Train, too: a model has learned them before it is measured on them.',
          12,
          3,
        ),
        finding(
          'doubles train',
          'Doubles within Train',
          'Samples whose picture stands before them already.',
          8123,
          0,
          5000,
        ),
        finding('blank', 'Blank', 'Pictures of one gray.', 1),
        finding(
          'far',
          'Far from their class',
          'At least four standard deviations further from the mean picture of their class than others.',
          214,
        ),
      ],
      means: { width: SIDE, height: SIDE, pixels },
    },
  ];
}

/** The built report of a dataset in a real browser, before a stub of the host. */
export class ReportPage extends StubbedPage<ReportToHost, HostToReport> {
  static async open(browser: Browser, options: ReportPageOptions = {}): Promise<ReportPage> {
    const {
      width = 1000,
      height = 760,
      theme = 'dark',
      classes = 26,
      told = lettersReport(classes),
    } = options;
    const view = { name: 'datasetReport', width, height, ground: 'editor' } as const;
    const opened = new ReportPage(await openWebview(browser, view));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    for (const message of told) await opened.tell(message);
    return opened;
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }
}
