import type { ShownNetwork, Value } from '../../src/protocol/pages/designer';
import type { Plan } from './edits';

/** The name of a layer's type. */
export type NameOf = (type: string) => string;

/** A layer behind the chosen one, or at a place; its form opens. */
export function toAdd(
  { layers }: ShownNetwork,
  type: string,
  place: number | undefined,
  chosen: number | undefined,
  nameOf: NameOf,
): Plan {
  const behind = chosen === undefined ? layers.length : Math.min(chosen + 1, layers.length);
  const at = place ?? behind;
  const say = `${nameOf(type)} added as layer ${at + 1}`;
  return { edit: { type: 'insert', at, layer: type }, chosen: at, focus: 'form', say };
}

/** A layer to the place that it has then; nothing where that is beyond the ends, or where it is already. */
export function toMove({ layers }: ShownNetwork, from: number, to: number, nameOf: NameOf): Plan | undefined {
  const layer = layers[from];
  if (!layer || to === from || to < 0 || to >= layers.length) return undefined;
  const say = `${nameOf(layer.type)} is layer ${to + 1} now`;
  return { edit: { type: 'move', from, to }, chosen: to, focus: 'head', say };
}

export function toDuplicate({ layers }: ShownNetwork, at: number, nameOf: NameOf): Plan | undefined {
  const layer = layers[at];
  if (!layer) return undefined;
  const say = `${nameOf(layer.type)} duplicated as layer ${at + 2}`;
  return { edit: { type: 'duplicate', at }, chosen: at + 1, focus: 'head', say };
}

/** The one that takes its place is chosen then, or the last. */
export function toRemove({ layers }: ShownNetwork, at: number, nameOf: NameOf): Plan | undefined {
  const layer = layers[at];
  if (!layer) return undefined;
  const chosen = Math.min(at, layers.length - 2);
  return { edit: { type: 'remove', at }, chosen, focus: 'head', say: `${nameOf(layer.type)} removed` };
}

export function toSet(at: number, parameter: string, value: Value | undefined): Plan {
  return { edit: { type: 'set', at, parameter, ...(value !== undefined && { value }) } };
}

/** One of height, width and channels. */
export function toResize({ input }: ShownNetwork, index: number, size: number): Plan {
  return { edit: { type: 'input', input: input.with(index, size) as [number, number, number] } };
}
