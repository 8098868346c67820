import * as z from 'zod';
import { LAYERS, type LayerType, type ParameterValue, type ParameterWords } from './layerWords';
import { layerSchema } from './network';

/** The values that a parameter takes. */
export type FieldKind =
  | { readonly kind: 'number'; readonly whole: boolean; readonly range: Range }
  /** One whole number for both directions, or a pair of them. */
  | { readonly kind: 'size'; readonly range: Range }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'flag' };

/** Bounds of a number; those named after `than` are not in it. */
export interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly moreThan?: number;
  readonly lessThan?: number;
}

/** A parameter of a layer as a form shows it. */
export interface Field extends ParameterWords {
  readonly parameter: string;
  readonly required: boolean;
  readonly values: FieldKind;
}

/** As much of JSON Schema as the schema of a layer uses. */
export interface JsonSchema {
  type?: string;
  const?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema | JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  description?: string;
  default?: ParameterValue;
  defaultSnippets?: { label: string; description: string; body: unknown }[];
}

const layers = (z.toJSONSchema(layerSchema, { target: 'draft-7' }) as unknown as JsonSchema).oneOf ?? [];
const schemas = new Map(layers.map((schema) => [schema.properties?.['type']?.const, schema]));

/** The parameters of a layer in the order of the network's schema, with their words and ranges. */
export function fieldsOf(type: LayerType): Field[] {
  const { properties = {}, required = [] } = schemas.get(type) ?? {};
  const words = LAYERS[type].parameters as Record<string, ParameterWords>;
  return Object.entries(words).map(([parameter, each]) => ({
    ...each,
    parameter,
    required: required.includes(parameter),
    values: kindOf(properties[parameter] ?? {}),
  }));
}

function kindOf(schema: JsonSchema): FieldKind {
  if (schema.enum) return { kind: 'choice', choices: schema.enum };
  if (schema.type === 'boolean') return { kind: 'flag' };
  const [single] = schema.anyOf ?? [];
  if (single) return { kind: 'size', range: rangeOf(single) };
  return { kind: 'number', whole: schema.type === 'integer', range: rangeOf(schema) };
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): Range {
  return {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(exclusiveMinimum !== undefined && { moreThan: exclusiveMinimum }),
    ...(exclusiveMaximum !== undefined && { lessThan: exclusiveMaximum }),
  };
}
