import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { writeNetwork } from '../../src/networks/networkText';
import { PRESETS } from '../../src/networks/presets';
import { launchChromium } from '../harness/chromium';
import { seriousFindings } from './axe';
import { BrowsePage } from './browsePage';
import { DesignerPage } from './designerPage';
import { EvaluationPage } from './evaluationPage';
import { GalleryPage } from './galleryPage';
import { ImagePage } from './imagePage';
import { ImportPreviewPage } from './importPreviewPage';
import { LeaderboardTable } from './leaderboardPage';
import { LineEvaluationPage } from './lineEvaluationPage';
import { LETTER_A, PadPage } from './padPage';
import { ProjectorPage } from './projectorPage';
import { ReviewPage } from './reviewPage';
import { RunsTablePage } from './runsPage';
import { SweepTab } from './sweepPage';
import { SymbolPage } from './symbolPage';
import type { Theme } from './themes';
import { TrainingFormPage } from './trainingFormPage';
import { TrainingPage } from './trainingPage';

interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  setTheme(theme: Theme): Promise<void>;
  close(): Promise<void>;
}

interface Size {
  width: number;
}

const WIDTHS = [300, 1100];
const KINDS: readonly Theme[] = ['dark', 'light', 'high-contrast'];

const LENET = writeNetwork(PRESETS['lenet-5'] ?? assert.fail());

/** Every page with what it shows when it is used, by its name in words. */
const PAGES: Record<string, (browser: Browser, size: Size) => Promise<OpenPage>> = {
  'the pad': async (browser, size) => {
    const pad = await PadPage.open(browser, size);
    await pad.draw(LETTER_A);
    await pad.answer();
    return pad;
  },
  'the view of runs': async (browser, size) => {
    const view = await TrainingPage.open(browser, size);
    await view.compare('digits keras-mnist');
    return view;
  },
  'the view of evaluations': (browser, size) =>
    EvaluationPage.open(browser, { ...size, listed: 40, classes: 36 }),
  'a comparison': (browser, size) => EvaluationPage.open(browser, { ...size, comparison: true, classes: 36 }),
  'an evaluation of lines': (browser, size) =>
    LineEvaluationPage.open(browser, { ...size, lines: 10, compared: (text) => text.slice(1) }),
  'the browser of datasets': (browser, size) => BrowsePage.open(browser, size),
  'the network designer': async (browser, size) => {
    const designer = await DesignerPage.open(browser, { ...size, text: LENET });
    await designer.layer(2).click();
    return designer;
  },
  'the gallery': (browser, size) => GalleryPage.open(browser, size),
  'a sample of the gallery': async (browser, size) => {
    const gallery = await GalleryPage.open(browser, { ...size, ink: true });
    await gallery.look();
    return gallery;
  },
  'the projector': (browser, size) => ProjectorPage.open(browser, { ...size, samples: 2000 }),
  'the review of labels': (browser, size) => ReviewPage.open(browser, { ...size, labels: 20 }),
  'the table of runs': async (browser, size) => {
    const view = await RunsTablePage.open(browser, size);
    await view.page.getByLabel('Compare digits 1', { exact: true }).check();
    return view;
  },
  'the leaderboard': (browser, size) => LeaderboardTable.open(browser, size),
  'a sweep': async (browser, size) => {
    const tab = await SweepTab.open(browser, size);
    await tab.row(6).click();
    return tab;
  },
  'the form of a run': (browser, size) => TrainingFormPage.open(browser, size),
  'a symbol': (browser, size) => SymbolPage.open(browser, size),
  'a picture': (browser, size) => ImagePage.open(browser, size),
  'the preview of an import': (browser, size) => ImportPreviewPage.open(browser, size),
};

describe('accessibility, as axe-core judges it', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchChromium();
  });

  after(() => browser.close());

  for (const [name, open] of Object.entries(PAGES)) {
    for (const width of WIDTHS) {
      it(`has nothing serious to say of ${name} at ${width} px`, async () => {
        const opened = await open(browser, { width });
        const findings: string[] = [];
        for (const [at, theme] of KINDS.entries()) {
          await opened.setTheme(theme);
          const found = await seriousFindings(opened.page, at === 0 ? 'everything' : 'colors');
          findings.push(...found.map((each) => `${name}, ${theme}: ${each}`));
        }
        const { complaints } = opened;
        await opened.close();
        assert.deepEqual(findings, []);
        assert.deepEqual(complaints, [], 'the page broke its own policy, or failed');
      });
    }
  }
});
