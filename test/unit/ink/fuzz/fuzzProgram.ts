import { checkInk } from './check';

/** Goes on for so many seconds, from a seed on: `npm run fuzz -- [SECONDS [SEED]]`. */
function main([seconds = '60', first = String(Date.now() % 2 ** 31)]: readonly string[]): void {
  const end = performance.now() + 1000 * Number(seconds);
  let seed = Number(first);
  console.log(`from seed ${first} on`);
  for (; performance.now() < end; seed++) checkInk(seed);
  console.log(`${String(seed - Number(first))} documents of each grammar are read as they are meant`);
}

main(process.argv.slice(2));
