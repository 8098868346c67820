import * as z from 'zod';

const countSchema = z.number().int().min(0);
const placeSchema = z.number().int().min(0).max(1000);

export const valueSchema = z.union([
  z.number(),
  z.tuple([z.number(), z.number()]),
  z.string().max(100),
  z.boolean(),
]);
export type Value = z.infer<typeof valueSchema>;

const parametersSchema = z.record(z.string().max(50), valueSchema);

/** One change of the network, in places from 0; a layer moves to the place that it has afterwards. */
export const designerEditSchema = z.discriminatedUnion('type', [
  /** The layer as the palette has it. */
  z.object({ type: z.literal('insert'), at: placeSchema, layer: z.string().max(50) }),
  z.object({ type: z.literal('move'), from: placeSchema, to: placeSchema }),
  z.object({ type: z.literal('duplicate'), at: placeSchema }),
  z.object({ type: z.literal('remove'), at: placeSchema }),
  /** Without a value the usual one holds. */
  z.object({
    type: z.literal('set'),
    at: placeSchema,
    parameter: z.string().max(50),
    value: valueSchema.optional(),
  }),
  z.object({ type: z.literal('input'), input: z.tuple([z.number(), z.number(), z.number()]) }),
  z.object({ type: z.literal('rename'), name: z.string().max(1000) }),
]);
export type DesignerEdit = z.infer<typeof designerEditSchema>;

/** What the designer of networks asks of the host. */
export const designerToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the classes of before. */
  z.object({ type: z.literal('ready'), classes: z.number().int().min(1).max(65_536).optional() }),
  /** How many classes to count the last layer for. */
  z.object({ type: z.literal('classes'), classes: z.number().int().min(1).max(65_536) }),
  /** A change of the network of that revision; answered by `edited`. */
  z.object({ type: z.literal('edit'), revision: countSchema, edit: designerEditSchema }),
  z.object({ type: z.literal('undo') }),
  z.object({ type: z.literal('redo') }),
  z.object({ type: z.literal('openAsText') }),
  z.object({ type: z.literal('train') }),
  /** The picture of the network, to be saved. */
  z.object({ type: z.literal('picture'), svg: z.string().startsWith('<svg').max(4_000_000) }),
]);
export type DesignerToHost = z.infer<typeof designerToHostSchema>;

const rangeSchema = z.object({
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  moreThan: z.number().optional(),
  lessThan: z.number().optional(),
});
export type FieldRange = z.infer<typeof rangeSchema>;

export const fieldSchema = z.object({
  parameter: z.string(),
  name: z.string(),
  explanation: z.string(),
  required: z.boolean(),
  /** What holds where the file does not say, and in words where it is no fixed value. */
  usual: valueSchema.optional(),
  usualInWords: z.string().optional(),
  values: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('number'), whole: z.boolean(), range: rangeSchema }),
    z.object({ kind: z.literal('size'), range: rangeSchema }),
    z.object({ kind: z.literal('choice'), choices: z.array(z.string()).readonly() }),
    z.object({ kind: z.literal('flag') }),
  ]),
});
export type DesignerField = z.infer<typeof fieldSchema>;

/** A kind of layer, for the palette and for the form. */
export const layerKindSchema = z.object({
  type: z.string(),
  name: z.string(),
  group: z.string(),
  explanation: z.string(),
  fields: z.array(fieldSchema),
});
export type LayerKind = z.infer<typeof layerKindSchema>;

const shapeSchema = z.array(z.number());
/** May be beyond the whole numbers that are exact. */
const weightsSchema = z.number().min(0);

const shownLayerSchema = z.object({
  type: z.string(),
  parameters: parametersSchema,
  /** Its parameters in a few words. */
  summary: z.string(),
  /** [height, width, channels] or [units], and weights; not behind a layer that cannot work. */
  output: shapeSchema.optional(),
  weights: weightsSchema.optional(),
});
export type ShownLayer = z.infer<typeof shownLayerSchema>;

export const shownNetworkSchema = z.object({
  type: z.literal('network'),
  revision: countSchema,
  name: z.string(),
  input: z.tuple([z.number(), z.number(), z.number()]),
  layers: z.array(shownLayerSchema),
  /** What training adds; missing where a layer cannot work. */
  last: z.object({ flattens: z.boolean(), classes: countSchema, weights: weightsSchema }).optional(),
  total: weightsSchema.optional(),
  /** The first layer that cannot work, and why. */
  problem: z.object({ layer: countSchema, reason: z.string() }).optional(),
});
export type ShownNetwork = z.infer<typeof shownNetworkSchema>;

/** What the host tells the designer of networks. */
export const hostToDesignerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('catalogue'),
    groups: z.array(z.string()),
    kinds: z.array(layerKindSchema),
    /** Datasets that are here, with how many classes each has. */
    datasets: z.array(z.object({ name: z.string(), classes: countSchema })),
  }),
  shownNetworkSchema,
  /** The file holds no network: why, in one sentence. */
  z.object({ type: z.literal('broken'), message: z.string() }),
  /** The edit asked for last is done; or refused, and why. */
  z.object({ type: z.literal('edited'), refused: z.string().optional() }),
  z.object({ type: z.literal('notice'), message: z.string(), failed: z.boolean() }),
  /** Send the picture. */
  z.object({ type: z.literal('exportPicture') }),
]);
export type HostToDesigner = z.infer<typeof hostToDesignerSchema>;
export type Catalogue = Extract<HostToDesigner, { type: 'catalogue' }>;
