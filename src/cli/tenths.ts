/** Says at each tenth of some work how far it is and how fast. */
export function tenths(say: (line: string) => void): (done: number, total: number) => void {
  const started = performance.now();
  let said = 0;
  return (done, total) => {
    if (Math.floor((10 * done) / total) <= said) return;
    said = Math.floor((10 * done) / total);
    const rate = (1000 * done) / (performance.now() - started);
    say(`${String(10 * said)}%  ${rate.toFixed(0)} samples a second`);
  };
}
