import { histogramOf, type Histogram, otsuOf } from '../otsu';
import type { Raster } from './raster';
import { darknessOfPen, hasDarkPenOnPage } from './paper';

/** What of a color picture is looked at. */
export type Channel = 'luminance' | 'red' | 'green' | 'blue';

/** Red, green and blue of each pixel (or gray alone), row by row. */
export interface Colors {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

const CHANNELS: readonly Exclude<Channel, 'luminance'>[] = ['red', 'green', 'blue'];
/** The channels are compared on a picture of about this many pixels a side. */
const SAMPLED_SIDE = 800;
/** One color must show the pen this many times more clearly than the luminance does, which has the least noise. */
const CLEARER = 1.15;

/**
 * The channel in which the pen stands out most from the paper around it: blue ink on yellow paper is darkest in red,
 * a pencil on white paper in the luminance.
 */
export function clearestChannel(colors: Colors): { channel: Channel; gray: Uint8Array } {
  if (colors.channels < 3) return { channel: 'luminance', gray: gray(colors, 'luminance', 1).pixels };
  const step = Math.max(1, Math.floor(Math.max(colors.width, colors.height) / SAMPLED_SIDE));
  let best: { channel: Channel; clearness: number } = {
    channel: 'luminance',
    clearness: CLEARER * clearness(gray(colors, 'luminance', step)),
  };
  for (const channel of CHANNELS) {
    const other = clearness(gray(colors, channel, step));
    if (other > best.clearness) best = { channel, clearness: other };
  }
  return { channel: best.channel, gray: gray(colors, best.channel, 1).pixels };
}

/** One channel of every so many-th pixel. */
function gray({ width, height, channels, data }: Colors, channel: Channel, step: number): Raster {
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const pixels = new Uint8Array(columns * rows);
  const offset = channels < 3 ? 0 : CHANNELS.indexOf(channel as (typeof CHANNELS)[number]);
  let to = 0;
  for (let row = 0; row < height; row += step) {
    for (let column = 0; column < width; column += step) {
      const at = (row * width + column) * channels;
      // the shares of the colors in brightness, ITU-R BT.601
      pixels[to++] =
        offset >= 0
          ? (data[at + offset] ?? 0)
          : 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    }
  }
  return { width: columns, height: rows, pixels };
}

/** How far the pen's strength lies above the paper's, in deviations of the paper. */
function clearness(picture: Raster): number {
  const pen = darknessOfPen(picture, hasDarkPenOnPage(picture));
  const all = histogramOf(pen.pixels);
  const { value, high, low } = otsuOf(all);
  return (high - low) / (deviationBelow(all, value, low) + 4);
}

function deviationBelow(histogram: Histogram, value: number, mean: number): number {
  let [sum, count] = [0, 0];
  for (let bin = 0; bin <= value; bin++) {
    sum += (histogram[bin] ?? 0) * (bin - mean) ** 2;
    count += histogram[bin] ?? 0;
  }
  return Math.sqrt(sum / Math.max(1, count));
}
