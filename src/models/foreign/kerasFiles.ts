/** What a `.keras` file has in it. */
export const KERAS_CONFIG = 'config.json';
export const KERAS_METADATA = 'metadata.json';
export const KERAS_WEIGHTS = 'model.weights.h5';
/** What Scrawl adds to it: the names of the classes, as a list in JSON. */
export const KERAS_CLASSES = 'classes.json';
