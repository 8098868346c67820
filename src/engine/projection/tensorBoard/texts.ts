/** What TensorBoard's projector shows of a sample, a line of its metadata. */
export interface ProjectorSample {
  readonly label: string;
  readonly prediction: string;
  /** Of the prediction, 0 to 1. */
  readonly probability: number;
  readonly split: string;
  /** Place in the split. */
  readonly index: number;
}

const COLUMNS = ['label', 'prediction', 'probability', 'outcome', 'split', 'index'];

/** The metadata with their head: TensorBoard colors by any column, and searches in it. */
export function* metadataLines(samples: Iterable<ProjectorSample>): Generator<string> {
  yield `${COLUMNS.join('\t')}\n`;
  for (const { label, prediction, probability, split, index } of samples) {
    const outcome = label === prediction ? 'right' : 'wrong';
    const cells = [label, prediction, probability.toFixed(4), outcome, split, String(index)];
    yield `${cells.map(cell).join('\t')}\n`;
  }
}

/** A vector as a line; five digits hold more than half precision has. */
export function vectorLine(vector: Float32Array): string {
  return `${Array.from(vector, (value) => String(Number(value.toPrecision(5)))).join('\t')}\n`;
}

/** The configuration that TensorBoard looks for in its log folder; the files lie beside it. */
export function projectorConfig(name: string, picture: { height: number; width: number }): string {
  return `embeddings {
  tensor_name: ${quoted(name)}
  tensor_path: "vectors.tsv"
  metadata_path: "metadata.tsv"
  sprite {
    image_path: "sprite.png"
    single_image_dim: ${String(picture.width)}
    single_image_dim: ${String(picture.height)}
  }
}
`;
}

/** A tab or a new line would be another column or line. */
function cell(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}

/** A string of the text format of protocol buffers. */
function quoted(text: string): string {
  return `"${cell(text).replace(/[\\"]/g, '\\$&')}"`;
}
