import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { BackendChoice } from '../../base/backendChoice';
import { Turns } from '../../base/turns';
import { openDataset } from '../../datasets/open';
import type { Dataset } from '../../datasets/dataset';
import type { Card, CardEpoch, CardMetrics } from '../../models/card';
import { isLineCard, type LineCard } from '../../models/lineCard';
import {
  INTERRUPTED,
  type BatchPoint,
  type HistoryLine,
  type Membership,
  type RunFile,
  type RunState,
  type RunStateFile,
} from '../../runs/run';
import {
  appendHistory,
  checkpointFile,
  historyBytes,
  readRun,
  readState,
  truncateHistory,
  writeState,
} from '../../runs/runFolder';
import { ModelError } from '../../models/errors';
import { afterMember } from '../../runs/memberRuns';
import { Outliving } from '../../runs/outliving';
import { checkModelPlace, writeCard } from '../../models/modelFolder';
import { isLineNetwork } from '../../networks/lineNetwork';
import type { ModelStore } from '../../models/modelStore';
import { holdRun, RunStore } from '../../runs/runStore';
import type { TrainingProgress, TrainResult } from '../../protocol/engine/training';
import type { StartedBackend } from '../backends/backend';
import { BackendLostError } from '../backends/errors';
import { kernelGain } from '../backends/measure/kernelGain';
import { type ChosenBackend, startBackend } from '../backends/startBackend';
import type { LoadedModel } from '../models/loadedModel';
import { loadModel } from '../models/loadModel';
import { saveModel, type NetworkModel } from '../models/layersModel';
import { UserError } from '../../base/userError';
import { LineModel } from '../recognition/lineModel';
import { lineTestScores } from '../evaluation/lines';
import type { BatchThreadsOptions } from './batches/batchThreads';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import type { TrainingEvents } from './epochLoop';
import { trainLineNetwork, type LineRunResult } from './lines/trainLineNetwork';
import { ProgressReporter } from './progressReporter';
import { trainNetwork, type RunResult } from './trainNetwork';
import type { RunControl } from './runControl';
import { loadBase, loadLineBase } from './startModel';
import { EventsFile } from './tensorBoard/eventsFile';
import { testScores } from './testScores';

export interface TrainOptions {
  /** The run's folder. */
  readonly folder: string;
  readonly home: string;
  /** Where the model goes, and where one that the run starts from is found. */
  readonly models: ModelStore;
  readonly control: RunControl;
  /** What computes, where it is not what the run's settings say. */
  readonly backend?: BackendChoice | undefined;
  /** A folder for the model, where it is not to go to the others: a new one, or one of a model. */
  readonly out?: string | undefined;
  readonly onBackend?: (backend: StartedBackend) => void;
  /** Told what trains the network, and for pictures how many times as fast as the backend Scrawl's kernels were measured. */
  readonly onTrainer?: (computes: string, gain: number | undefined) => void;
  readonly onDataset?: (dataset: Dataset) => void;
  readonly onProgress?: (report: TrainingProgress) => void;
  readonly onEpoch?: (epoch: CardEpoch) => void;
  /** The scores on the test split, where the dataset has one. */
  readonly onScores?: (scores: CardMetrics) => void;
  readonly threads?: BatchThreadsOptions | undefined;
  /** Whether the run tells in its folder where it stands while it trains, for windows that come and go. */
  readonly outlives?: boolean;
  /** Milliseconds, of any origin. */
  readonly now?: () => number;
}

/** Milliseconds between two times that a run tells in its folder where it stands. */
const TELL_EVERY = 1000;

/**
 * Trains the run of a folder, from its checkpoint where it has one, and keeps the folder up to date. Nobody else can
 * train it meanwhile.
 *
 * @throws what ends the run, after the folder says so; it can be gone on with
 */
export async function trainRun(options: TrainOptions): Promise<TrainResult> {
  if (options.out !== undefined) await checkModelPlace(path.resolve(options.out));
  const held = await holdRun(options.folder);
  try {
    const outliving = new Outliving(options.folder);
    await (options.outlives ? outliving.begin() : outliving.end());
    return await new RunInFolder(options).train();
  } finally {
    await held.release();
  }
}

/** One training of a run in its folder. */
class RunInFolder {
  private readonly now: () => number;
  private progress: ProgressReporter;
  private backend: ChosenBackend | undefined;
  /** What trains, where that is not all of the backend's work. */
  private computes: string | undefined;
  /** Whether that is to be Scrawl's kernels, and how many times as fast as the backend they were measured. */
  private kernels = false;
  private gain: number | undefined;
  private events: EventsFile | undefined;
  /** Lines of the history that are not written yet. */
  private lines: HistoryLine[] = [];
  /** What went wrong and did not end the run. */
  private readonly warnings: string[] = [];
  private samplesPerEpoch = 0;
  /** What it is doing, and when that was told in the folder. */
  private live: RunStateFile['live'];
  private told = -Infinity;
  /** What is written into the folder is so in order. */
  private readonly writes = new Turns();

  constructor(private readonly options: TrainOptions) {
    this.now = options.now ?? (() => performance.now());
    this.progress = this.reporter('', INTERRUPTED);
  }

  private reporter(backend: string, before: { done: number; total: number }): ProgressReporter {
    return new ProgressReporter(backend, before, (report) => this.tell(report), this.now);
  }

  private tell(report: TrainingProgress): void {
    this.options.onProgress?.(report);
    if (!this.options.outlives) return;
    const { phase, samplesPerSecond, secondsLeft } = report;
    const isNew = phase !== this.live?.phase;
    this.live = { phase, samplesPerSecond, ...(secondsLeft !== undefined && { secondsLeft }) };
    const now = this.now();
    if (!isNew && now - this.told < TELL_EVERY) return;
    this.told = now;
    void this.tellFolder();
  }

  /** A disk that takes no more ends the run where that matters: at its next epoch or checkpoint. */
  private async tellFolder(): Promise<void> {
    try {
      // both at once: how the run ends is written behind them
      await Promise.all([this.appendLines(), this.state('running')]);
    } catch (error) {
      console.warn(`where the run stands was not written: ${String(error)}`);
    }
  }

  async train(): Promise<TrainResult> {
    try {
      return await this.tryTrain();
    } catch (error) {
      await this.appendLines();
      const { aborted } = this.options.control.signal;
      await this.state(aborted ? 'interrupted' : 'failed', aborted ? {} : { message: sentenceOf(error) });
      throw error;
    }
  }

  private async tryTrain(): Promise<TrainResult> {
    const { folder, home, control } = this.options;
    const file = await readRun(folder);
    const before = await readState(folder).catch(() => INTERRUPTED);
    this.progress = this.reporter('', before);
    await this.state('running');
    try {
      this.backend = await startBackend(this.choiceFor(file), home, control.preparing);
      this.kernels = await this.takesKernels(file);
    } catch (error) {
      if (control.ending !== 'pause' || control.signal.aborted) throw error;
      return await this.paused({ epochs: 0 });
    }
    this.options.onBackend?.(this.backend);
    this.progress = this.reporter(this.backend.name, before);
    this.progress.phase('preparing');
    const dataset = await openDataset(file.dataset, home);
    control.signal.throwIfAborted();
    this.options.onDataset?.(dataset);
    const result = await this.learn(file, dataset);
    await this.appendLines();
    const accuracy = result.best?.validationAccuracy ?? result.best?.accuracy;
    const told = { epochs: result.history.length, ...(accuracy === undefined ? {} : { accuracy }) };
    if (result.outcome === 'paused' || !result.model) return this.paused(told);
    const model = await this.finish(file, dataset, result.model);
    const after = await this.goOn(file, dataset, model);
    const warning = this.warnings.length > 0 ? { warning: this.warnings.join(' ') } : {};
    const { ensemble } = after;
    await this.state(result.outcome, {
      ...{ model, ...warning },
      ...(accuracy !== undefined && { accuracy }),
      ...(ensemble && { ensemble }),
    });
    await rm(checkpointFile(folder), { force: true });
    return { outcome: result.outcome, model, ...told, ...after, ...warning };
  }

  private async paused(told: Pick<TrainResult, 'epochs' | 'accuracy'>): Promise<TrainResult> {
    await this.state(this.options.control.leaving ? 'interrupted' : 'paused');
    return { outcome: 'paused', ...told };
  }

  private async learn(file: RunFile, dataset: Dataset): Promise<RunResult | LineRunResult> {
    const { folder, models } = this.options;
    const checkpoint = await readCheckpoint(checkpointFile(folder));
    await truncateHistory(folder, checkpoint?.historyBytes ?? 0);
    if (file.logDir !== undefined) await this.openEvents(path.join(file.logDir, path.basename(folder)));
    const job = {
      dataset,
      backend: this.backend?.name ?? '',
      kernels: this.kernels,
      onTrainer: (computes: string, note: string | undefined) => {
        this.computes = computes;
        this.progress.computedBy(computes);
        this.options.onTrainer?.(computes, this.gain);
        // `auto` promised nobody the kernels
        if (note !== undefined && this.choiceFor(file) === 'kernels') this.warnings.push(note);
      },
      guard: <T>(work: () => Promise<T>) => this.guard(work),
    };
    const events = this.trainingEvents(file);
    const { network } = file;
    if (isLineNetwork(network)) {
      const base = file.from && (await loadLineBase(models, file.from.model));
      return trainLineNetwork({ ...job, run: { ...file, network }, base }, events, checkpoint);
    }
    const base = file.from && (await loadBase(models, file.from.model));
    const { threads } = this.options;
    const run = { ...file, network };
    return trainNetwork({ ...job, run, base, threads }, events, checkpoint);
  }

  private choiceFor({ settings }: RunFile): BackendChoice {
    return this.options.backend ?? settings.backend;
  }

  /** Whether Scrawl's kernels are asked for, or `auto` takes them since they are faster. */
  private async takesKernels(file: RunFile): Promise<boolean> {
    const choice = this.choiceFor(file);
    if (choice !== 'auto' || !this.backend?.among) return choice === 'kernels';
    const { home, control } = this.options;
    const { name, among } = this.backend;
    const lines = isLineNetwork(file.network);
    // measured on pictures, which of lines says which is faster on one processor, and not how much
    if (lines && name !== 'wasm') return false;
    const gain = await kernelGain(name, among, home, control.preparing);
    if (!lines) this.gain = gain;
    return gain > 1;
  }

  private trainingEvents(file: RunFile): TrainingEvents {
    const { folder, control } = this.options;
    return {
      signal: control.signal,
      ending: () => control.ending,
      now: this.now,
      onPhase: (phase) => this.progress.phase(phase),
      onProgress: (done, total) => {
        this.samplesPerEpoch = total / file.settings.epochs;
        this.progress.progress(done, total);
      },
      onPoint: (point) => this.addPoint(point),
      onEpoch: (epoch) => this.addEpoch(epoch),
      onCheckpoint: async (saved) => {
        await this.appendLines();
        await writeCheckpoint(checkpointFile(folder), {
          ...saved,
          historyBytes: await historyBytes(folder),
        });
        await this.state('running');
      },
    };
  }

  private addPoint(point: BatchPoint): void {
    this.lines.push({ type: 'batch', ...point });
    this.progress.point(point);
  }

  private async addEpoch(epoch: CardEpoch): Promise<void> {
    this.lines.push({ type: 'epoch', ...epoch });
    await this.appendLines();
    this.progress.flush();
    this.options.onEpoch?.(epoch);
  }

  private appendLines(): Promise<void> {
    return this.writes.run(() => this.appendNextLines());
  }

  private async appendNextLines(): Promise<void> {
    const lines = this.lines.splice(0);
    try {
      await appendHistory(this.options.folder, lines);
    } catch (error) {
      this.lines.unshift(...lines);
      throw error;
    }
    try {
      // everything is drawn over the samples that were learned from
      for (const line of lines) {
        await this.events?.write(Math.round(line.epoch * this.samplesPerEpoch), scalarsOf(line));
      }
    } catch (error) {
      this.loseEvents(error);
    }
  }

  private async openEvents(folder: string): Promise<void> {
    try {
      this.events = await EventsFile.create(folder);
    } catch (error) {
      this.loseEvents(error);
    }
  }

  /** TensorBoard is a second reader of the curves: the run goes on without it. */
  private loseEvents(error: unknown): void {
    this.events = undefined;
    const what = 'The curves for TensorBoard could not be written to their end.';
    const remedy = 'Check the folder of scrawl.training.logDir or --log-dir, and its disk.';
    this.warn(what, new ModelError(remedy, { cause: error }));
  }

  /** Measures the model on what it has never seen, and saves it though that fails. */
  private async finish(file: RunFile, dataset: Dataset, model: NetworkModel | LineModel): Promise<string> {
    if (model instanceof LineModel) return this.finishLines(file, dataset, model);
    try {
      const scores = await this.scores(dataset, model, false);
      if (scores) this.options.onScores?.(scores);
      this.progress.phase('saving');
      return await this.save(file, scores ? { ...model.card, metrics: [scores] } : model.card, model);
    } finally {
      model.dispose();
    }
  }

  /** As `finish`, for a model that reads lines. */
  private async finishLines(file: RunFile, dataset: Dataset, model: LineModel): Promise<string> {
    try {
      this.progress.phase('validating');
      const metrics = await this.guard(() => lineTestScores(model, dataset));
      this.progress.phase('saving');
      return await this.save(file, { ...model.card, metrics }, model);
    } finally {
      model.dispose();
    }
  }

  /** @param saved whether the model is; the weights of one that is not are lost with a device */
  private async scores(
    dataset: Dataset,
    model: LoadedModel,
    saved: boolean,
  ): Promise<CardMetrics | undefined> {
    const { signal } = this.options.control;
    this.progress.phase('validating');
    try {
      return await this.guard(() => testScores(model, dataset, signal));
    } catch (error) {
      const deviceLost = error instanceof BackendLostError && error.loss === 'device';
      if (signal.aborted || (deviceLost && !saved)) throw error;
      this.warn(`${model.card.name} could not be measured on the test split.`, error);
      return undefined;
    }
  }

  /** Readies the next member of an ensemble, or makes it of all once they are trained. */
  private async goOn(file: RunFile, dataset: Dataset, model: string): Promise<Partial<TrainResult>> {
    const { ensemble } = file;
    if (!ensemble) return {};
    const { folder, home } = this.options;
    const run = { id: path.basename(folder), run: { ...file, ensemble } };
    try {
      const after = await afterMember(new RunStore(home), run, model, new Date());
      if (!after) return {};
      return 'next' in after ? after : { ensemble: await this.makeEnsemble(ensemble, after.models, dataset) };
    } catch (error) {
      if (this.options.control.signal.aborted) throw error;
      this.warn(`The ensemble ${ensemble.name} could not be made.`, error);
      return {};
    }
  }

  /** Makes an ensemble of the models that are still there, and measures it as its members were. */
  private async makeEnsemble(
    { name, combine }: Membership,
    folders: readonly string[],
    dataset: Dataset,
  ): Promise<TrainResult['ensemble']> {
    const { models } = this.options;
    const found = await Promise.all(folders.map(async (folder) => models.find(folder)));
    const there = found.flatMap((each) => (each && each.problem === undefined ? each.folder : []));
    const { folder, card } = await models.addEnsemble(name, there, combine);
    const made = { model: folder, name: card.name, members: there.length };
    const model = await loadModel(folder);
    try {
      const scores = await this.scores(dataset, model, true);
      if (!scores) return made;
      await writeCard(folder, { ...card, metrics: [scores] });
      return { ...made, accuracy: scores.accuracy };
    } finally {
      model.dispose();
    }
  }

  /** Notes for the user what went wrong and did not end the run. */
  private warn(what: string, error: unknown): void {
    if (!(error instanceof UserError)) console.error(error);
    this.warnings.push(`${what} ${error instanceof UserError ? error.message : 'See the log.'}`);
  }

  private async save(
    file: RunFile,
    card: Card | LineCard,
    { layers }: NetworkModel | LineModel,
  ): Promise<string> {
    const { out, models } = this.options;
    if (out === undefined) {
      const write = (folder: string, free: string) =>
        this.guard(() => saveModel(folder, { card: { ...card, name: free }, layers }));
      const added = isLineCard(card) ? models.addLines(file.name, write) : models.add(file.name, write);
      return (await added).folder;
    }
    const folder = path.resolve(out);
    await this.guard(() => saveModel(folder, { card, layers }));
    return folder;
  }

  /** Does work on the backend, and ends it when the backend is lost. */
  private guard<T>(work: () => Promise<T>): Promise<T> {
    return this.backend ? this.backend.loss.guard(work) : work();
  }

  private state(state: RunState, more: Partial<RunStateFile> = {}): Promise<void> {
    const { done, total } = this.progress;
    const backend = this.computes ?? this.backend?.name;
    const live = state === 'running' ? this.live : undefined;
    return this.writes.run(() =>
      writeState(this.options.folder, {
        ...{ state, done, total },
        ...(backend && { backend }),
        ...(live && { live }),
        ...more,
      }),
    );
  }
}

function scalarsOf(line: HistoryLine): Record<string, number> {
  if (line.type === 'batch') {
    const { loss, accuracy, learningRate } = line;
    return { 'loss/batch': loss, 'accuracy/batch': accuracy, 'learning_rate/batch': learningRate };
  }
  const { validationLoss, validationAccuracy } = line;
  return {
    'loss/training': line.loss,
    'accuracy/training': line.accuracy,
    ...(validationLoss === undefined ? {} : { 'loss/validation': validationLoss }),
    ...(validationAccuracy === undefined ? {} : { 'accuracy/validation': validationAccuracy }),
  };
}

function sentenceOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return 'The training ended unexpectedly: see the log, then resume it from its last checkpoint.';
}
