import { isLineNetwork, lineNetworkSchema, type LineNetwork } from './lineNetwork';
import { NetworkError, parseNetwork, type Network } from './network';

/** A network of characters or of lines. */
export type AnyNetwork = Network | LineNetwork;

/**
 * Reads the text of a network file, of characters or of lines.
 *
 * @throws NetworkError that names the first layer and parameter which is wrong
 */
export function parseAnyNetwork(text: string): AnyNetwork {
  const value = inputOf(text);
  if (!value || !isLineNetwork(value)) return parseNetwork(text);
  const parsed = lineNetworkSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  throw new NetworkError(`The network file is wrong at "${where}": ${issue?.message ?? 'unknown'}.`);
}

/** The file, where it says what the network takes. */
function inputOf(text: string): { input: unknown[] } | undefined {
  try {
    const value = JSON.parse(text) as { input?: unknown } | null;
    return Array.isArray(value?.input) ? (value as { input: unknown[] }) : undefined;
  } catch {
    return undefined;
  }
}
