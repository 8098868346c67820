import * as z from 'zod/mini';
import type { Failed } from './failed';
import { countSchema } from './number';

const placeSchema = /* @__PURE__ */ z.int().check(z.minimum(0), z.maximum(1000));
/** How many classes a network may tell apart. */
export const classesSchema = /* @__PURE__ */ z.int().check(z.minimum(1), z.maximum(65_536));
const nameSchema = /* @__PURE__ */ z.string().check(z.maxLength(50));

const valueSchema = z.union([
  z.number(),
  z.tuple([z.number(), z.number()]),
  z.string().check(z.maxLength(100)),
  z.boolean(),
]);
export type Value = z.infer<typeof valueSchema>;

/** One change of the network, in places from 0; a layer moves to the place that it has afterwards. */
const designerEditSchema = z.discriminatedUnion('type', [
  /** The layer as the palette has it. */
  z.object({ type: z.literal('insert'), at: placeSchema, layer: nameSchema }),
  z.object({ type: z.literal('move'), from: placeSchema, to: placeSchema }),
  z.object({ type: z.literal('duplicate'), at: placeSchema }),
  z.object({ type: z.literal('remove'), at: placeSchema }),
  /** Without a value the usual one holds. */
  z.object({
    type: z.literal('set'),
    at: placeSchema,
    parameter: nameSchema,
    value: z.optional(valueSchema),
  }),
  z.object({ type: z.literal('input'), input: z.tuple([z.number(), z.number(), z.number()]) }),
  z.object({ type: z.literal('rename'), name: z.string().check(z.maxLength(1000)) }),
]);
export type DesignerEdit = z.infer<typeof designerEditSchema>;

/** What the designer of networks asks of the host. */
export const designerToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the classes of before. */
  z.object({ type: z.literal('ready'), classes: z.optional(classesSchema) }),
  /** How many classes to count the last layer for. */
  z.object({ type: z.literal('classes'), classes: classesSchema }),
  /** A change of the network of that revision; answered by `edited`. */
  z.object({ type: z.literal('edit'), revision: countSchema, edit: designerEditSchema }),
  z.object({ type: z.literal('undo') }),
  z.object({ type: z.literal('redo') }),
  z.object({ type: z.literal('openAsText') }),
  z.object({ type: z.literal('train') }),
  /** The picture of the network, to be saved. */
  z.object({
    type: z.literal('picture'),
    svg: z.string().check(z.startsWith('<svg'), z.maxLength(4_000_000)),
  }),
]);
export type DesignerToHost = z.infer<typeof designerToHostSchema>;

export interface FieldRange {
  minimum?: number | undefined;
  maximum?: number | undefined;
  moreThan?: number | undefined;
  lessThan?: number | undefined;
}

export interface DesignerField {
  parameter: string;
  name: string;
  explanation: string;
  required: boolean;
  /** What holds where the file does not say, and in words where it is no fixed value. */
  usual?: Value;
  usualInWords?: string;
  values:
    | { kind: 'number'; whole: boolean; range: FieldRange }
    | { kind: 'size'; range: FieldRange }
    | { kind: 'choice'; choices: readonly string[] }
    | { kind: 'flag' };
}

/** A kind of layer, for the palette and for the form. */
export interface LayerKind {
  type: string;
  name: string;
  group: string;
  explanation: string;
  fields: DesignerField[];
}

export interface ShownLayer {
  type: string;
  parameters: Record<string, Value>;
  /** Its parameters in a few words. */
  summary: string;
  /** [height, width, channels] or [units], and weights; not behind a layer that cannot work. */
  output?: number[];
  /** May be beyond the whole numbers that are exact. */
  weights?: number;
}

export interface ShownNetwork {
  type: 'network';
  revision: number;
  name: string;
  input: [height: number, width: number, channels: number];
  layers: ShownLayer[];
  /** What training adds; missing where a layer cannot work. */
  last?: { flattens: boolean; classes: number; weights: number };
  total?: number;
  /** The first layer that cannot work, and why. */
  problem?: { layer: number; reason: string };
}

export interface Catalog {
  type: 'catalog';
  groups: string[];
  kinds: LayerKind[];
  /** Datasets that are here, with how many classes each has. */
  datasets: { name: string; classes: number }[];
}

/** What the host tells the designer of networks. */
export type HostToDesigner =
  | Catalog
  | ShownNetwork
  /** The file holds no network: why, in one sentence. */
  | { type: 'broken'; message: string }
  /** The edit asked for last is done; or refused, and why. */
  | { type: 'edited'; refused?: string }
  /** What was done, in words. */
  | { type: 'done'; message: string }
  | Failed
  /** Send the picture. */
  | { type: 'exportPicture' };
