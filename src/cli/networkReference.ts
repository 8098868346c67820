import { readFile } from 'node:fs/promises';
import { NetworkError } from '../networks/network';
import { parseAnyNetwork, type AnyNetwork } from '../networks/parseAnyNetwork';
import { PRESETS } from '../networks/presets';
import { LINE_PRESETS } from '../networks/scrawlLine';

/** The networks that have a name. */
export const NETWORK_NAMES = [...Object.keys(PRESETS), ...Object.keys(LINE_PRESETS)];
export const USUAL_NETWORK = 'emnist-cnn';

/**
 * The network of a preset's name, or in a file.
 *
 * @throws NetworkError where there is neither, or the file is wrong
 */
export async function readNetwork(reference: string): Promise<AnyNetwork> {
  const presets = { ...PRESETS, ...LINE_PRESETS };
  const preset = Object.hasOwn(presets, reference) ? presets[reference] : undefined;
  if (preset) return preset;
  const text = await readFile(reference, 'utf8').catch((cause: unknown) => {
    const names = NETWORK_NAMES.join(', ');
    throw new NetworkError(`There is no network "${reference}": give a file, or one of ${names}.`, { cause });
  });
  return parseAnyNetwork(text);
}
