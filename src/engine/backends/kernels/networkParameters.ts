import type { OptimizerName } from '../../../runs/runSettings';
import { roundedUp, type Arena } from './arena';
import type { ChainLayer } from './chain';
import { isProduct, readsLists, type Flow, type Step } from './flow';
import {
  channelOrder,
  kernelOrder,
  parameterIn,
  placeOrder,
  rowOrder,
  type Order,
  type Parameter,
} from './parameters';
import { FLOAT } from './values';

/** How many numbers the optimizers remember of each weight. */
const REMEMBERED: Readonly<Record<OptimizerName, number>> = {
  sgd: 0,
  momentum: 1,
  rmsprop: 1,
  adam: 2,
  adamw: 2,
};

/** Where a network's parameters lie, and what is made of them before a step. */
export class NetworkParameters {
  private readonly parameters = new Map<ChainLayer, readonly Parameter[]>();
  private readonly packed = new Map<ChainLayer, number>();
  private readonly zeros = new Map<ChainLayer, number>();

  constructor(arena: Arena, { steps }: Flow, optimizer: OptimizerName) {
    const remembered = REMEMBERED[optimizer];
    for (const step of steps) {
      const { layer, y } = step;
      const made = ordersOf(step).map(({ variable, order }) =>
        parameterIn(arena, variable, order, variable.trainable ? remembered : 0),
      );
      this.parameters.set(layer, made);
      const outs = roundedUp(y.geometry.lanes, 8);
      if (isProduct(layer) && !readsLists(step))
        this.packed.set(layer, arena.reserve(FLOAT * outs * inputsOf(step)));
      if (isProduct(layer) || layer.kind === 'depthwise') this.zeros.set(layer, arena.reserve(FLOAT * outs));
    }
  }

  of({ layer }: Step): readonly Parameter[] {
    return this.parameters.get(layer) ?? [];
  }

  /** The weights of a product in the order that it reads them in; 0 where that is their own. */
  packedOf({ layer }: Step): number {
    return this.packed.get(layer) ?? 0;
  }

  /** The bias of a product or depthwise convolution, zeros where it has none. */
  biasOf(step: Step): number {
    return this.of(step)[1]?.values ?? this.zeros.get(step.layer) ?? 0;
  }
}

/** Numbers that each output of a product is made of. */
export function inputsOf({ layer, x }: Step): number {
  const places = layer.kind === 'convolution' ? layer.window[0] * layer.window[1] : x.geometry.places;
  return places * x.geometry.lanes;
}

/** The variables of a step, and how they lie in memory. */
function ordersOf(step: Step): { variable: Parameter['variable']; order: Order }[] {
  const { layer, x, y } = step;
  const channels = channelOrder(y.geometry.channels);
  switch (layer.kind) {
    case 'convolution':
    case 'dense': {
      const places = layer.kind === 'convolution' ? layer.window[0] * layer.window[1] : x.geometry.places;
      const order = readsLists(step)
        ? rowOrder(places, x.geometry, y.geometry)
        : kernelOrder(places, x.geometry, layer.outs);
      return [
        { variable: layer.kernel, order },
        ...(layer.bias ? [{ variable: layer.bias, order: channels }] : []),
      ];
    }
    case 'depthwise':
      return [
        { variable: layer.kernel, order: placeOrder(layer.window[0] * layer.window[1], x.geometry) },
        ...(layer.bias ? [{ variable: layer.bias, order: channels }] : []),
      ];
    case 'prelu':
      return [{ variable: layer.slopes, order: placeOrder(x.geometry.places, x.geometry) }];
    case 'layerNormalization':
      return [layer.gamma, layer.beta].map((variable) => ({ variable, order: channels }));
    case 'normalization':
      return [layer.gamma, layer.beta, layer.movingMean, layer.movingVariance].map((variable) => ({
        variable,
        order: channels,
      }));
    default:
      return [];
  }
}
