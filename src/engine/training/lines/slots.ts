import type { OptimizerSlot } from '../optimizer';
import type { AdamWState } from './adamW';

/** The state of AdamW in the form that checkpoints keep the states of all optimizers in. */
export function toSlots({ steps, moments }: AdamWState): OptimizerSlot[] {
  const slot = (name: string, values: Float32Array) => ({ name, shape: [values.length], values });
  return [
    slot('steps', Float32Array.of(steps)),
    ...moments.flatMap(({ mean, square }, index) => [
      slot(`mean/${index}`, mean),
      slot(`square/${index}`, square),
    ]),
  ];
}

/** What `toSlots` was given. */
export function fromSlots([steps, ...slots]: readonly Pick<OptimizerSlot, 'values'>[]): AdamWState {
  const values = (index: number) => slots[index]?.values ?? new Float32Array();
  return {
    steps: steps?.values[0] ?? 0,
    moments: Array.from({ length: slots.length / 2 }, (_, index) => ({
      mean: values(2 * index),
      square: values(2 * index + 1),
    })),
  };
}
