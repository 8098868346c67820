import * as z from 'zod';
import { RUN_SETTING_FIELDS } from '../../runs/runSettingFields';
import { runSettingsSchema, USUAL_LEARNING_RATE } from '../../runs/runSettings';
import { isLineNetwork } from '../../networks/lineNetwork';
import type { AnyNetwork } from '../../networks/parseAnyNetwork';
import { previewAugmentation, testRates } from '../../protocol/engine/training';
import {
  type Draft,
  draftSchema,
  type FormChoice,
  type FormField,
  type FormToHost,
  formToHostSchema,
  type HostToForm,
  PREVIEWED,
} from '../../protocol/pages/trainingForm';
import { choosePath } from '../shell/choosePath';
import { TRAIN_ON } from './pickData';
import { chooseNetworkFile } from './pickNetwork';
import type { DatasetLibrary } from '../datasets/library';
import type { Engine } from '../engine/engine';
import type { Page, PageContent } from '../shell/page';
import { settings } from '../shell/settings';
import type { Shell } from '../shell/shell';
import { Tabs } from '../shell/tabs';
import { ENSEMBLE_FIELDS, NO_ENSEMBLE } from './ensembleFields';
import { type NetworkChoice, presetChoices } from './networkChoices';
import { nestedSettings, type Plan, planOf } from './plan';
import { dataChoices } from './trainingData';
import type { TrainingRuns } from './trainingRuns';
import { networkFile, workspaceNetworks } from './workspaceNetworks';

export interface TrainingFormParts {
  /** Makes previews, beside the pad's. */
  readonly workEngine: Engine;
  readonly library: DatasetLibrary;
  readonly runs: TrainingRuns;
}

/** What a form is opened with. */
export interface FormStart {
  readonly draft: Draft;
  /** A network that is neither a preset nor a file, as of a model. */
  readonly network?: NetworkChoice | undefined;
  /** Names of the layers that can be frozen. */
  readonly layers?: readonly string[] | undefined;
}

export type TrainingForms = Tabs<FormToHost, HostToForm, FormStart>;

/** The editor tabs in which all of a run is chosen before it starts. */
export function trainingForms(shell: Shell, parts: TrainingFormParts): TrainingForms {
  return new Tabs<FormToHost, HostToForm, FormStart>(shell, {
    name: 'trainingForm',
    messages: formToHostSchema,
    title: ({ draft }) => (draft.from ? 'Continue Training' : 'Train Model'),
    restore(state) {
      const draft = z.object({ draft: draftSchema }).safeParse(state).data?.draft;
      // which layers a model has is not kept: its form is opened anew
      return draft && !draft.from ? { draft } : undefined;
    },
    open: (page, start) => new TrainingForm(page, start, parts),
  });
}

/** One form: answers what its page asks, and starts the run. */
class TrainingForm implements PageContent<FormToHost, HostToForm> {
  private preview: AbortController | undefined;
  private test: AbortController | undefined;
  private networks = new Map<string, NetworkChoice>();

  constructor(
    private readonly page: Page<FormToHost, HostToForm>,
    private readonly start: FormStart,
    private readonly parts: TrainingFormParts,
  ) {}

  closed(): void {
    this.preview?.abort();
    this.test?.abort();
  }

  async receive(message: FormToHost): Promise<HostToForm | undefined> {
    switch (message.type) {
      case 'ready':
        return this.form(message.draft ?? this.start.draft);
      case 'browse':
        return this.browse(message.what);
      case 'preview':
        return this.previewed(message.id, message.draft);
      case 'testRates':
        return this.rates(message.id, message.draft);
      case 'stopTest':
        this.test?.abort();
        return;
      case 'start':
        return this.begin(message.draft);
      case 'cancel':
        this.page.close();
        return;
    }
  }

  private async form(draft: Draft): Promise<HostToForm> {
    const datasets: FormChoice[] = await dataChoices(this.parts.library);
    const own = this.start.network ? [this.start.network] : [];
    for (const choice of [...own, ...presetChoices(), ...(await workspaceNetworks())]) {
      this.networks.set(choice.value, choice);
    }
    const known = datasets.some(({ value }) => value === draft.dataset) || draft.dataset === '';
    return {
      type: 'form',
      draft: {
        ...draft,
        network: this.networks.has(draft.network) ? draft.network : '',
        settings: { ...NO_ENSEMBLE, ...draft.settings },
      },
      fields: [...(RUN_SETTING_FIELDS as unknown as FormField[]), ...ENSEMBLE_FIELDS],
      datasets: known ? datasets : [...datasets, { value: draft.dataset, label: draft.dataset }],
      networks: [...this.networks.values()].map(({ value, label, detail }) => ({ value, label, detail })),
      ...(this.start.layers && { layers: [...this.start.layers] }),
      usualLearningRates: USUAL_LEARNING_RATE,
    };
  }

  private async browse(what: 'dataset' | 'network'): Promise<HostToForm | undefined> {
    if (what === 'dataset') {
      const location = await choosePath({ ...TRAIN_ON, placeHolder: 'Where the dataset lies' });
      return location === undefined
        ? undefined
        : { type: 'chosen', what, choice: { value: location, label: location } };
    }
    const file = await chooseNetworkFile();
    if (!file) return undefined;
    const choice = await networkFile(file);
    this.networks.set(choice.value, choice);
    const { value, label, detail } = choice;
    return { type: 'chosen', what, choice: { value, label, detail } };
  }

  /** Twelve varied samples; a newer request overtakes one that is under way. */
  private async previewed(id: number, draft: Draft): Promise<HostToForm> {
    this.preview?.abort();
    this.preview = new AbortController();
    const { signal } = this.preview;
    const { augmentation, seed } = runSettingsSchema.parse(nestedSettings(draft.settings));
    const { store } = this.parts.library;
    // a network that cannot be read yet is said so when the run starts
    const network = await this.networkOf(draft)?.catch(() => undefined);
    const side = network && !isLineNetwork(network) && { side: network.input[0] };
    const { pictures } = await this.parts.workEngine.call(
      previewAugmentation,
      { dataset: draft.dataset, home: store.home, augmentation, seed, count: PREVIEWED, ...side },
      { signal },
    );
    const gray = pictures.map((picture) => ({ ...picture, pixels: Uint8Array.from(picture.pixels) }));
    return { type: 'preview', id, pictures: gray };
  }

  /** The loss over learning rates, found in a process of its own: previews go on. */
  private async rates(id: number, draft: Draft): Promise<HostToForm> {
    this.test?.abort();
    this.test = new AbortController();
    const { signal } = this.test;
    const plan = await this.plan(draft);
    if (plan.problems) return { type: 'invalid', problems: [...plan.problems] };
    const { store } = this.parts.library;
    const params = { run: { ...plan.run }, home: store.home };
    return { type: 'rates', id, ...(await this.parts.workEngine.callApart(testRates, params, { signal })) };
  }

  private async plan(draft: Draft): Promise<Plan> {
    const network = await this.networkOf(draft);
    if (!network) return { problems: [{ field: 'network', message: 'Choose a network.' }] };
    return planOf(draft, network, new Date(), settings.trainingLogDir);
  }

  private async begin(draft: Draft): Promise<HostToForm | undefined> {
    const plan = await this.plan(draft);
    if (plan.problems) return { type: 'invalid', problems: [...plan.problems] };
    await this.parts.runs.start(plan.run);
    this.page.close();
    return undefined;
  }

  private networkOf({ network }: Draft): Promise<AnyNetwork> | undefined {
    return (this.start.draft.from ? this.start.network : this.networks.get(network))?.read();
  }
}
