import type { Pixels } from './straighten';

/** How bright the paper of each sheet becomes, so that none looks like something that lies around another. */
const PAPER = 245;

/**
 * Sheets one below the other on paper, the paper of each as bright; one alone as it is.
 *
 * @returns undefined where there is none
 */
export function stacked(sheets: readonly Pixels[]): Pixels | undefined {
  const [first, second] = sheets;
  if (!first || !second) return first;
  const { channels } = first;
  const width = Math.max(...sheets.map((sheet) => sheet.width));
  const height = sheets.reduce((sum, sheet) => sum + sheet.height, 0);
  const data = new Uint8Array(width * height * channels).fill(PAPER);
  let top = 0;
  for (const sheet of sheets) {
    const row = sheet.width * channels;
    const brightened = brightenedOf(sheet);
    for (let y = 0; y < sheet.height; y++) {
      data.set(brightened.subarray(y * row, (y + 1) * row), (top + y) * width * channels);
    }
    top += sheet.height;
  }
  return { width, height, channels, data };
}

/** Its pixels, each channel in proportion to its middle value, which is the paper's. */
function brightenedOf({ channels, data }: Pixels): Uint8Array {
  const counts = Array.from({ length: channels }, () => new Uint32Array(256));
  data.forEach((value, at) => {
    const count = counts[at % channels];
    if (count) count[value] = (count[value] ?? 0) + 1;
  });
  const middles = counts.map((count) => middleOf(count, data.length / channels));
  return data.map((value, at) => Math.min(255, (value * PAPER) / Math.max(1, middles[at % channels] ?? 1)));
}

function middleOf(counts: Uint32Array, all: number): number {
  let below = 0;
  return counts.findIndex((count) => (below += count) * 2 >= all);
}
