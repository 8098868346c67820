import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

/** Where numbers of processes mean the same: a start of a machine and, in Linux, a namespace of it. */
const HERE = read();

/**
 * What processes have in common that see each other by their numbers, as those in a container and those outside of it do
 * not, though both may give the machine the same name.
 *
 * @returns undefined where the system does not say
 */
export function processPlace(): string | undefined {
  return HERE;
}

function read(): string | undefined {
  if (process.platform !== 'linux') return os.hostname();
  try {
    const started = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${started} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}
