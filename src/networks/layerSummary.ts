import { LAYERS, type ParameterValue } from './layerWords';
import type { Layer } from './network';

/** A layer's parameters in a few words, such as `6 filters, 5x5, same, tanh`; empty where all are as usual. */
export function summaryOf(layer: Layer): string {
  const { type, ...parameters } = layer;
  const { parameters: words } = LAYERS[type];
  return Object.keys(words)
    .map((parameter) => inWords(parameter, (parameters as Record<string, ParameterValue>)[parameter]))
    .filter((text) => text !== '')
    .join(', ');
}

function inWords(parameter: string, value: ParameterValue | undefined): string {
  if (value === undefined) return '';
  switch (parameter) {
    case 'filters':
    case 'units':
      return `${String(value)} ${value === 1 ? parameter.slice(0, -1) : parameter}`;
    case 'kernelSize':
    case 'poolSize':
      return pairInWords(value);
    case 'strides':
      return `stride ${pairInWords(value, true)}`;
    case 'useBias':
      return value === true ? '' : 'no bias';
    case 'activation':
      return value === 'linear' ? '' : String(value);
    case 'padding':
      return value === 'valid' ? '' : typeof value === 'string' ? value : pairInWords(value, true);
    case 'depthMultiplier':
      return `${String(value)} a channel`;
    case 'rate':
      return String(value);
    default:
      return `${parameter} ${String(value)}`;
  }
}

/** Height and width with a cross between them; one number alone where both are it and `short` is asked for. */
function pairInWords(value: ParameterValue, short = false): string {
  const [height, width] = Array.isArray(value) ? value : [value, value];
  return short && height === width ? String(height) : `${String(height)}x${String(width)}`;
}
