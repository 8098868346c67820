/** The key of an ONNX file's metadata under which Scrawl writes the names of the classes, as a list in JSON. */
export const ONNX_CLASSES = 'classes';
