import type { Browser } from 'playwright-core';
import { ENSEMBLE_FIELDS, NO_ENSEMBLE } from '../../src/host/training/ensembleFields';
import { toValues } from '../../src/host/training/trainingDefaults';
import type { FormToHost, HostToForm } from '../../src/protocol/pages/trainingForm';
import { RUN_SETTING_FIELDS } from '../../src/runs/runSettingFields';
import { runSettingsSchema, USUAL_LEARNING_RATE } from '../../src/runs/runSettings';
import { StubbedPage } from './stubbedPage';
import type { Theme } from './themes';
import { openWebview } from './webviewPage';

export const FORM = {
  type: 'form',
  draft: {
    name: 'mnist keras-mnist',
    dataset: 'mnist',
    network: 'keras-mnist',
    settings: { ...toValues(runSettingsSchema.parse({})), ...NO_ENSEMBLE },
  },
  fields: [...RUN_SETTING_FIELDS, ...ENSEMBLE_FIELDS],
  datasets: [
    { value: 'mnist', label: 'MNIST', detail: '70,000 samples' },
    { value: 'my-handwriting', label: 'My Handwriting', detail: '41 samples' },
  ],
  networks: [
    { value: 'keras-mnist', label: 'keras-mnist', detail: '1,198,592 parameters' },
    { value: 'lenet-5', label: 'lenet-5', detail: '60,856 parameters' },
  ],
  usualLearningRates: USUAL_LEARNING_RATE,
} as const;

export interface TrainingFormPageOptions {
  width?: number;
  theme?: Theme;
  form?: object;
}

/** The built form of a run in a real browser, before a stub of the host. */
export class TrainingFormPage extends StubbedPage<FormToHost, HostToForm> {
  static async open(browser: Browser, options: TrainingFormPageOptions = {}): Promise<TrainingFormPage> {
    const { width = 720, theme = 'dark', form = FORM } = options;
    const view = { name: 'trainingForm', width, height: 900, ground: 'editor' } as const;
    const opened = new TrainingFormPage(await openWebview(browser, view, stubHost, form));
    await opened.setTheme(theme);
    await opened.page.getByRole('button', { name: 'Start Training' }).waitFor();
    return opened;
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that sends one form and draws bars. */
function stubHost(form: object): void {
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const bar = (number: number) => {
    const pixels = new Uint8Array(784);
    for (let row = 4; row < 24; row++) {
      const middle = 14 + Math.round(((row - 14) * (number - 6)) / 12);
      pixels.fill(255, row * 28 + middle - 2, row * 28 + middle + 2);
    }
    return { width: 28, height: 28, pixels };
  };
  const receive = (message: FormToHost) => {
    if (message.type === 'ready') post({ ...form, ...(message.draft && { draft: message.draft }) });
    if (message.type === 'preview') {
      post({ type: 'preview', id: message.id, pictures: Array.from({ length: 12 }, (_, at) => bar(at)) });
    }
  };
  Object.assign(window, { answer: receive });
}
