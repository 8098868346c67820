import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Dataset } from '../../../datasets/dataset';
import { FEATURES } from '../../../ink/lines/features';
import { STEP } from '../../../ink/lines/resample';
import type { CardEpoch } from '../../../models/card';
import type { LineCard } from '../../../models/lineCard';
import type { RunFile } from '../../../runs/run';
import { verifyLineNetwork, type LineNetwork, type PlainLineLayer } from '../../../networks/lineNetwork';
import { NetworkError } from '../../../networks/network';
import { LineModel } from '../../recognition/lineModel';
import { learnedFrom, nameOf, settingsOf } from '../cardParts';
import type { RunCheckpoint } from '../checkpoint';
import { EpochLoop, type Guard, type Outcome, type TrainingEvents } from '../epochLoop';
import { buildLineModel } from './buildLineModel';
import { chooseLineTrainer } from './chooseLineTrainer';
import { continueLinesFrom } from './continueLines';
import { LineCourse } from './lineCourse';
import { loadLineData, type LineData } from './lineData';
import { FRAME_STRIDE } from './lineLearner';

/** The gradient of all weights together is no longer than this. */
const CLIP_NORM = 2;

/** What is to be learned. */
export interface LineRunJob {
  readonly dataset: Dataset;
  readonly run: Pick<RunFile, 'name' | 'settings' | 'from'> & { readonly network: LineNetwork };
  /** The model that `run.from` names; it is used up. */
  readonly base?: LineModel | undefined;
  /** What TensorFlow.js computes on, for the card. */
  readonly backend: string;
  /** Whether Scrawl's own kernels train the network, where they have it. */
  readonly kernels?: boolean | undefined;
  /** Told what trains, and in a sentence why it is not what was asked for. */
  readonly onTrainer?: ((computes: string, note: string | undefined) => void) | undefined;
  readonly guard?: Guard | undefined;
}

export interface LineRunResult {
  readonly outcome: Outcome;
  /** Of the best weights so far; none of a paused run. */
  readonly model?: LineModel | undefined;
  readonly history: readonly CardEpoch[];
  readonly best?: CardEpoch | undefined;
}

/**
 * Trains a network that reads lines on a dataset of ink. What counts as right is a line that is read without an error.
 *
 * One that goes on from a model keeps all the characters of that.
 *
 * @param checkpoint of the same run, to go on from: what comes of it is the same bit for bit
 * @throws NetworkError where the network cannot work; DatasetError where the dataset cannot be read, or is not that of
 *   the checkpoint; ModelError where the loss is no number any more; the signal's reason when it is aborted
 */
export async function trainLineNetwork(
  job: LineRunJob,
  events: TrainingEvents = {},
  checkpoint?: RunCheckpoint,
): Promise<LineRunResult> {
  const { base } = job;
  const { settings } = job.run;
  const data = await loadLineData(job.dataset, settings, base?.card.classes);
  const layers = await startOf(job, data);
  events.signal?.throwIfAborted();
  const options = { weightDecay: settings.weightDecay, averageDecay: 0, clipNorm: CLIP_NORM };
  const { trainer, computes, note } = await chooseLineTrainer(layers, settings.seed, options, job);
  job.onTrainer?.(computes, note);
  const loop = new EpochLoop(new LineCourse(trainer, data, settings), settings, events, job.guard);
  try {
    if (checkpoint) await loop.restore(checkpoint);
    const outcome = await loop.learn();
    const { history } = loop;
    if (outcome === 'paused') {
      layers.dispose();
      return { outcome, history };
    }
    const best = await loop.takeBest();
    trainer.finish();
    const card = cardOf({ ...job, backend: computes }, data, layers.countParams(), history, best);
    return { outcome, model: new LineModel(card, layers), history, best };
  } catch (error) {
    layers.dispose();
    throw error;
  } finally {
    await trainer.dispose();
  }
}

/** The network as it begins: with the weights of the model that it goes on from, else random ones. */
async function startOf({ base, run }: LineRunJob, { characters }: LineData): Promise<LayersModel> {
  const { network, settings, from } = run;
  check(network, characters.length + 1);
  if (!base) return buildLineModel(network, characters.length + 1, settings.seed);
  try {
    return await continueLinesFrom(base, characters, from?.frozen ?? [], settings.seed);
  } finally {
    base.dispose();
  }
}

function check(network: LineNetwork, classes: number): void {
  const { problem, stride } = verifyLineNetwork(network, classes);
  if (problem !== undefined) throw new NetworkError(`${network.name} cannot work. ${problem}`);
  if (network.input[1] !== FEATURES || stride !== FRAME_STRIDE) {
    throw new NetworkError(
      `${network.name} takes ${network.input[1]} numbers a point and makes a frame of ${stride} points: ` +
        `make its input [null, ${FEATURES}], and its strides together ${FRAME_STRIDE}.`,
    );
  }
  const inner = network.layers.flatMap((layer) => (layer.type === 'residual' ? layer.layers : [layer]));
  if (inner.some(losesFrames)) {
    throw new NetworkError(
      `${network.name} loses frames at the ends of a line: give its windows the padding "same".`,
    );
  }
}

/** Whether a layer makes fewer frames than its stride says: CTC counts on them. */
function losesFrames(layer: PlainLineLayer): boolean {
  if (layer.type === 'conv1d') return layer.padding !== 'same' && layer.kernelSize > (layer.strides ?? 1);
  if (layer.type !== 'maxPooling1d' && layer.type !== 'averagePooling1d') return false;
  const size = layer.poolSize ?? 2;
  return layer.padding !== 'same' && size > (layer.strides ?? size);
}

function cardOf(
  { dataset, run: { name, network, settings, from }, base, backend }: LineRunJob,
  data: LineData,
  parameters: number,
  history: readonly CardEpoch[],
  best: CardEpoch | undefined,
): LineCard {
  const start = from ? `, from ${base?.card.name ?? from.model}` : '';
  const choice = best ? ` Its weights are those of epoch ${best.epoch} of ${history.length}.` : '';
  return {
    name,
    kind: 'lines',
    description: `${network.name} trained on ${nameOf(dataset)}${start}.${choice}`,
    classes: [...data.characters],
    preprocessing: { kind: 'points', step: STEP, features: FEATURES, stride: FRAME_STRIDE },
    network,
    parameters,
    data: [...(base?.card.data ?? []), learnedFrom(dataset, data)],
    training: {
      settings: settingsOf(settings),
      history: [...history],
    },
    metrics: [],
    backend,
  };
}
