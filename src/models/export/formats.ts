/**
 * The forms in which models are exported: TensorFlow.js folders of full precision, `keras` with the names that Keras
 * gives to layers and weights; a `.keras` file; and an ONNX file.
 */
export const MODEL_EXPORT_FORMATS = ['tfjs', 'keras', 'keras-file', 'onnx'] as const;
export type ModelExportFormat = (typeof MODEL_EXPORT_FORMATS)[number];

/** How the file of a format that is one file ends. */
export const ENDINGS: Readonly<Partial<Record<ModelExportFormat, string>>> = {
  'keras-file': '.keras',
  onnx: '.onnx',
};

/** What an export is called: a folder, or for the network of one file that file. */
export function exportName(name: string, format: ModelExportFormat, isEnsemble: boolean): string {
  const ending = ENDINGS[format];
  return ending === undefined || isEnsemble ? `${name}-${format}` : name + ending;
}

/** The format that a request means: of Keras' two, the file where what is to be written is called so. */
export function formatFor(format: ModelExportFormat | undefined, out: string): ModelExportFormat | undefined {
  const ending = /\.\w+$/.exec(out)?.[0].toLowerCase();
  if (format === 'keras' && ending === ENDINGS['keras-file']) return 'keras-file';
  return format ?? MODEL_EXPORT_FORMATS.find((each) => ending !== undefined && ENDINGS[each] === ending);
}
