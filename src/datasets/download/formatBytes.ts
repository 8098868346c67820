const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A size as people write it: 999 bytes, 12.3 MB, 562 MB. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${UNITS[power] ?? ''}`;
}
