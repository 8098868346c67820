import type { LayerStack } from './layerStack';
import type { LayerValue, Operator } from './node';

/** Adds the layers that compute what an operator does. @throws ModelError where none can */
export type Translate = (operator: Operator, stack: LayerStack) => LayerValue;
