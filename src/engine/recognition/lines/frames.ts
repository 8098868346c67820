/** What a line network says of ink, frame by frame. */
export interface Frames {
  readonly count: number;
  /** class i is `characters[i]`, one character each; the class behind them is CTC's blank */
  readonly characters: readonly string[];
  /** [count, characters.length + 1] natural logarithms of probabilities */
  readonly logProbabilities: Float32Array;
  /**
   * [count] how wide the white before each frame is against what is usual between the characters of the line, as a
   * logarithm (see `relativeGaps`). Without it spaces are left to the language.
   */
  readonly gaps?: Float32Array | undefined;
  /**
   * [count, characters.length] what besides the network speaks for each character at a frame, as a logarithm of a
   * likelihood: its height on the line, say.
   */
  readonly evidence?: Float32Array | undefined;
}
