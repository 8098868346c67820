/** The reference of the model of characters that ships with Scrawl. */
export const BUNDLED = 'bundled';

/** That of the model of lines. */
export const BUNDLED_LINES = 'lines';

/** That of the model of symbols. */
export const BUNDLED_SYMBOLS = 'symbols';
