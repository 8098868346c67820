/** Whether a file is a web page: what servers give in place of a file, under the file's name. */
export function isWebPage(bytes: {
  readonly toString: (encoding: 'latin1', from: number, to: number) => string;
}): boolean {
  return /^\W{0,3}\s*(<!--[\s\S]*?-->\s*)?<(!doctype\s+html|html)[\s>]/i.test(
    bytes.toString('latin1', 0, 1000),
  );
}
