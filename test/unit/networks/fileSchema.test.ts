import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import manifest from '../../../package.json';
import { networkFileSchema } from '../../../src/networks/fileSchema';
import { fieldsOf, type JsonSchema } from '../../../src/networks/layerFields';
import { LAYER_GROUPS, LAYERS, type LayerType } from '../../../src/networks/layerWords';
import { LINE_LAYERS } from '../../../src/networks/lineLayerWords';
import { lineLayerSchema } from '../../../src/networks/lineNetwork';
import { layerSchema, NetworkError, networkSchema } from '../../../src/networks/network';
import { parseAnyNetwork } from '../../../src/networks/parseAnyNetwork';
import { PRESETS } from '../../../src/networks/presets';
import { PRESET_SOURCES } from '../../../src/networks/presetSources';
import { LINE_PRESETS, SCRAWL_LINE } from '../../../src/networks/scrawlLine';

const TYPES = Object.keys(LAYERS) as LayerType[];
const schema = networkFileSchema() as Rule;
/** What a layer may be in a network of pictures, and in one of lines. */
const KINDS = [
  { item: itemOf(schema.else), types: TYPES, takes: layerSchema },
  { item: itemOf(schema.then), types: Object.keys(LINE_LAYERS), takes: lineLayerSchema },
];

function itemOf(kind: Rule | undefined): JsonSchema {
  return kind?.properties?.['layers']?.items as JsonSchema;
}

describe('the schema of network files', () => {
  it('is the file that package.json gives VS Code', async () => {
    const [validation] = manifest.contributes.jsonValidation;
    assert.equal(validation?.fileMatch, '*.scrawlnet.json');
    const file = await readFile(validation.url, 'utf8');
    assert.equal(file, `${JSON.stringify(schema, null, 2)}\n`, 'run npm run build:schema');
  });

  it('explains every layer and parameter', () => {
    for (const { item, types } of KINDS) {
      const layers = item.oneOf ?? [];
      assert.deepEqual(layers.map(({ properties }) => properties?.['type']?.const).sort(), [...types].sort());
      for (const { properties = {}, description } of layers) {
        assert.match(description ?? '', /\.$/);
        for (const [name, property] of Object.entries(properties))
          assert.match(property.description ?? '', /\.$/, name);
      }
    }
  });

  it('offers a layer of each type that the network takes', () => {
    for (const { item, types, takes } of KINDS) {
      const snippets = item.defaultSnippets ?? [];
      assert.equal(snippets.length, types.length);
      for (const { body } of snippets) assert.ok(takes.safeParse(body).success, JSON.stringify(body));
    }
  });

  it('takes every preset', () => {
    for (const network of [...Object.values(PRESETS), ...Object.values(LINE_PRESETS)])
      assert.deepEqual(complaints(schema, network), [], network.name);
  });

  it('refuses what the code refuses', () => {
    const good = PRESETS['lenet-5'];
    assert.ok(good);
    const wrong: unknown[] = [
      { ...good, layers: [{ type: 'lstm', units: 5 }] },
      { ...good, layers: [{ type: 'dense' }] },
      { ...good, layers: [{ type: 'dense', units: 2.5 }] },
      { ...good, layers: [{ type: 'dense', units: 5, unit: 5 }] },
      { ...good, layers: [{ type: 'dropout', rate: 1 }] },
      { ...good, layers: [{ type: 'conv2d', filters: 3, kernelSize: [3, 3, 3] }] },
      { ...good, layers: [{ type: 'batchNormalization', epsilon: 0 }] },
      { ...good, input: [28, 28] },
      { ...good, input: [28, 28, 5] },
      { ...good, name: '' },
      { ...good, weights: [] },
      [],
    ];
    for (const each of wrong) {
      assert.ok(!networkSchema.safeParse(each).success, JSON.stringify(each));
      assert.notDeepEqual(complaints(schema, each), [], JSON.stringify(each));
    }
  });
});

describe('the schema of networks of lines', () => {
  it('refuses what the code refuses', () => {
    const conv1d = { type: 'conv1d', filters: 8, kernelSize: 3 };
    const wrong: unknown[] = [
      { ...SCRAWL_LINE, layers: [{ type: 'conv2d', filters: 8, kernelSize: 3 }] },
      { ...SCRAWL_LINE, layers: [{ ...conv1d, kernelSize: [3, 3] }] },
      { ...SCRAWL_LINE, layers: [{ type: 'residual', layers: [{ type: 'residual', layers: [conv1d] }] }] },
      { ...SCRAWL_LINE, layers: [{ type: 'residual', layers: [] }] },
      { ...SCRAWL_LINE, input: [28, 12] },
      { ...SCRAWL_LINE, input: [null, 0] },
      { ...PRESETS['lenet-5'], layers: [conv1d] },
    ];
    for (const each of wrong) {
      assert.throws(() => parseAnyNetwork(JSON.stringify(each)), NetworkError);
      assert.notDeepEqual(complaints(schema, each), [], JSON.stringify(each));
    }
    const tiny = { name: 'tiny', input: [null, 12], layers: [{ type: 'residual', layers: [conv1d] }] };
    assert.deepEqual(complaints(schema, tiny), []);
  });
});

describe('the words of layers', () => {
  it('put each layer into a group, in the order of the groups', () => {
    const groups = TYPES.map((type) => LAYER_GROUPS.indexOf(LAYERS[type].group));
    assert.ok(groups.every((group) => group >= 0));
    assert.deepEqual(
      groups,
      [...groups].sort((a, b) => a - b),
    );
  });

  it('have a field with a range for every parameter, and usual values within it', () => {
    for (const type of TYPES) {
      for (const { parameter, usual, usualInWords, required, values } of fieldsOf(type)) {
        const where = `${type}.${parameter}`;
        if (values.kind === 'choice') assert.ok(values.choices.length > 1, where);
        if ('range' in values) assert.ok(Object.keys(values.range).length > 0, where);
        assert.equal(required, usual === undefined && usualInWords === undefined, where);
        if (usual === undefined) continue;
        assert.ok(layerSchema.safeParse({ ...LAYERS[type].example, [parameter]: usual }).success, where);
      }
    }
  });

  it('say of every preset what it is and where it comes from', () => {
    assert.deepEqual(Object.keys(PRESET_SOURCES).sort(), Object.keys(PRESETS).sort());
    for (const { description } of Object.values(PRESET_SOURCES)) assert.match(description, /\.$/);
  });
});

interface Rule extends JsonSchema {
  if?: Rule;
  then?: Rule;
  else?: Rule;
  additionalProperties?: boolean;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
}

/** What the schema's `if` says. */
function isOfLines(value: unknown): boolean {
  const { if: condition } = schema;
  assert.deepEqual(condition, {
    properties: { input: { type: 'array', maxItems: 2 } },
    required: ['input'],
  });
  const input: unknown = (value as { input?: unknown }).input;
  return Array.isArray(input) && input.length <= 2;
}

/** What is wrong by a JSON Schema, as far as ours goes; the words of a validator do not matter. */
function complaints(rule: Rule, value: unknown): string[] {
  if (rule.then && rule.else) return complaints(isOfLines(value) ? rule.then : rule.else, value);
  if (rule.oneOf ?? rule.anyOf) {
    const fitting = (rule.oneOf ?? rule.anyOf ?? []).filter((each) => complaints(each, value).length === 0);
    return fitting.length === 1 ? [] : [`${fitting.length} alternatives fit`];
  }
  const wrong = (is: boolean, what: string) => (is ? [what] : []);
  switch (rule.type) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['no object'];
      const { properties = {}, required = [] } = rule;
      assert.equal(rule.additionalProperties, false);
      return [
        ...required.filter((name) => !(name in value)).map((name) => `no ${name}`),
        ...Object.entries(value).flatMap(([name, each]) =>
          properties[name] ? complaints(properties[name], each) : [`unknown ${name}`],
        ),
      ];
    }
    case 'array': {
      if (!Array.isArray(value)) return ['no list'];
      const { items } = rule;
      const each = (index: number) => (Array.isArray(items) ? items[index] : items) ?? {};
      const { minItems = 0, maxItems = Infinity } = rule;
      return [
        ...wrong(value.length < minItems || value.length > maxItems, 'length'),
        ...value.flatMap((item, index) => complaints(each(index), item)),
      ];
    }
    case 'string': {
      if (typeof value !== 'string') return ['no text'];
      const { minLength = 0, maxLength = Infinity } = rule;
      return [
        ...wrong(rule.const !== undefined && rule.const !== value, 'another text'),
        ...wrong(rule.enum !== undefined && !rule.enum.includes(value), 'no choice'),
        ...wrong(value.length < minLength || value.length > maxLength, 'length'),
      ];
    }
    case 'null':
      return wrong(value !== null, 'not null');
    case 'boolean':
      return wrong(typeof value !== 'boolean', 'no truth');
    case 'integer':
    case 'number': {
      if (typeof value !== 'number') return ['no number'];
      const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum } = rule;
      return [
        ...wrong(rule.type === 'integer' && !Number.isInteger(value), 'a fraction'),
        ...wrong(value < minimum || value > maximum, 'out of range'),
        ...wrong(exclusiveMinimum !== undefined && value <= exclusiveMinimum, 'too small'),
        ...wrong(exclusiveMaximum !== undefined && value >= exclusiveMaximum, 'too large'),
      ];
    }
    default:
      return [];
  }
}
