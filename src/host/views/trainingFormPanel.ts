import * as vscode from 'vscode';
import * as z from 'zod';
import { RUN_SETTING_FIELDS } from '../../models/runSettingFields';
import { runSettingsSchema, USUAL_LEARNING_RATE } from '../../models/runSettings';
import type { Network } from '../../networks/network';
import { augmentPreviewRequest, augmentPreviewResultSchema } from '../../protocol/training';
import {
  type Draft,
  draftSchema,
  type FormChoice,
  type FormField,
  type FormToHost,
  formToHostSchema,
  type HostToForm,
  PREVIEWED,
} from '../../protocol/trainingForm';
import { chooseDataPath } from '../commands/training/pickData';
import { chooseNetworkFile } from '../commands/training/pickNetwork';
import type { DatasetLibrary } from '../datasets/library';
import { EngineClient } from '../engineClient';
import { View } from '../names';
import { sentenceFor } from '../report';
import { settings } from '../settings';
import { ENSEMBLE_FIELDS, NO_ENSEMBLE } from '../training/ensembleFields';
import { type NetworkChoice, presetChoices } from '../training/networkChoices';
import { nestedSettings, planOf } from '../training/plan';
import { dataChoices } from '../training/trainingData';
import type { TrainingRuns } from '../training/trainingRuns';
import { networkFile, workspaceNetworks } from '../training/workspaceNetworks';
import { showPage } from './webviewPage';

export interface TrainingFormParts {
  extensionUri: vscode.Uri;
  /** The engine's script: previews are made beside the pad's engine. */
  script: string;
  library: DatasetLibrary;
  runs: TrainingRuns;
  log: vscode.LogOutputChannel;
}

/** What a form is opened with. */
export interface FormStart {
  readonly draft: Draft;
  /** A network that is neither a preset nor a file, as of a model. */
  readonly network?: NetworkChoice | undefined;
  /** Names of the layers that can be frozen. */
  readonly layers?: readonly string[] | undefined;
}

/** The editor tabs in which all of a run is chosen before it starts. */
export class TrainingForms implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Set<TrainingFormPanel>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: TrainingFormParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(View.trainingForm, this);
  }

  show(start: FormStart): void {
    const title = start.draft.from ? 'Continue Training' : 'Train Model';
    this.take(vscode.window.createWebviewPanel(View.trainingForm, title, vscode.ViewColumn.Active), start);
  }

  /** After a reload of the window VS Code brings the tabs back, and what was filled in. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = z.object({ draft: draftSchema }).safeParse(state);
    // which layers a model has is not kept: its form is opened anew
    if (saved.success && !saved.data.draft.from) this.take(panel, { draft: saved.data.draft });
    else panel.dispose();
    await Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    for (const form of this.open) form.dispose();
  }

  private take(panel: vscode.WebviewPanel, start: FormStart): void {
    const form = new TrainingFormPanel(panel, start, this.parts);
    this.open.add(form);
    panel.onDidDispose(() => this.open.delete(form));
  }
}

/** One form: answers what its page asks, and starts the run. */
class TrainingFormPanel implements vscode.Disposable {
  private readonly engine: EngineClient;
  private preview: vscode.CancellationTokenSource | undefined;
  private networks = new Map<string, NetworkChoice>();

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly start: FormStart,
    private readonly parts: TrainingFormParts,
  ) {
    this.engine = new EngineClient({ script: parts.script, log: parts.log });
    const { webview } = panel;
    webview.onDidReceiveMessage((message) => void this.receive(message));
    panel.onDidDispose(() => {
      this.preview?.cancel();
      this.engine.dispose();
    });
    showPage(webview, parts.extensionUri, 'trainingForm');
  }

  dispose(): void {
    this.panel.dispose();
  }

  private post(message: HostToForm): void {
    void this.panel.webview.postMessage(message);
  }

  private async receive(data: unknown): Promise<void> {
    const message = formToHostSchema.safeParse(data);
    if (!message.success) {
      this.parts.log.error(`the form of a run sent what it may not: ${message.error.message}`);
      return;
    }
    try {
      await this.handle(message.data);
    } catch (error) {
      this.post({ type: 'failed', message: sentenceFor(error, this.parts.log) });
    }
  }

  private async handle(message: FormToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.sendForm(message.draft ?? this.start.draft);
        return;
      case 'browse':
        await this.browse(message.what);
        return;
      case 'preview':
        await this.sendPreview(message.id, message.draft);
        return;
      case 'start':
        await this.begin(message.draft);
        return;
      case 'cancel':
        this.panel.dispose();
    }
  }

  private async sendForm(draft: Draft): Promise<void> {
    const datasets: FormChoice[] = await dataChoices(this.parts.library);
    const own = this.start.network ? [this.start.network] : [];
    for (const choice of [...own, ...presetChoices(), ...(await workspaceNetworks())]) {
      this.networks.set(choice.value, choice);
    }
    const known = datasets.some(({ value }) => value === draft.dataset) || draft.dataset === '';
    this.post({
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
    });
  }

  private async browse(what: 'dataset' | 'network'): Promise<void> {
    if (what === 'dataset') {
      const location = await chooseDataPath();
      if (location !== undefined)
        this.post({ type: 'chosen', what, choice: { value: location, label: location } });
      return;
    }
    const file = await chooseNetworkFile();
    if (!file) return;
    const choice = await networkFile(file);
    this.networks.set(choice.value, choice);
    const { value, label, detail } = choice;
    this.post({ type: 'chosen', what, choice: { value, label, detail } });
  }

  /** Twelve varied samples; a newer request overtakes one that is under way. */
  private async sendPreview(id: number, draft: Draft): Promise<void> {
    this.preview?.cancel();
    const request = new vscode.CancellationTokenSource();
    this.preview = request;
    try {
      const { augmentation, seed } = runSettingsSchema.parse(nestedSettings(draft.settings));
      const { store } = this.parts.library;
      // a network that cannot be read yet is said so when the run starts
      const network = await this.networkOf(draft)?.catch(() => undefined);
      const side = network && { side: network.input[0] };
      const { pictures } = await this.engine.request(
        augmentPreviewRequest,
        { dataset: draft.dataset, home: store.home, augmentation, seed, count: PREVIEWED, ...side },
        augmentPreviewResultSchema,
        request.token,
      );
      const grey = pictures.map((picture) => ({ ...picture, pixels: Uint8Array.from(picture.pixels) }));
      this.post({ type: 'preview', id, pictures: grey });
    } catch (error) {
      if (!request.token.isCancellationRequested) {
        this.post({ type: 'previewFailed', id, message: sentenceFor(error, this.parts.log) });
      }
    } finally {
      request.dispose();
    }
  }

  private async begin(draft: Draft): Promise<void> {
    const network = await this.networkOf(draft);
    if (!network) {
      this.post({ type: 'invalid', problems: [{ field: 'network', message: 'Choose a network.' }] });
      return;
    }
    const plan = planOf(draft, network, new Date(), settings.trainingLogDir);
    if (plan.problems) {
      this.post({ type: 'invalid', problems: [...plan.problems] });
      return;
    }
    await this.parts.runs.start(plan.run);
    this.panel.dispose();
  }

  private networkOf({ network }: Draft): Promise<Network> | undefined {
    return (this.start.draft.from ? this.start.network : this.networks.get(network))?.read();
  }
}
