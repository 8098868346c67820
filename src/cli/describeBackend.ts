import type { Device } from '../engine/backends/backend';

/** One line: what computes, and what to know of it. */
export function describeBackend({ name, device, driver, threads, note }: Device & { name: string }): string {
  const width = threads === undefined ? '' : ` on ${threads} thread${threads === 1 ? '' : 's'}`;
  const more = [driver, note].filter((part) => part !== undefined && part !== device);
  return `${name}${width}: ${[device, ...more].join(', ')}`;
}
