/** Most characters that an id takes over from a name. */
const LONGEST = 60;
/** Windows takes no file or folder of these names. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A name as the name of a folder on every file system; `otherwise` where nothing of it is left, or it is reserved. */
export function slug(name: string, otherwise: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  if (plain === '') return otherwise;
  return RESERVED.test(plain) ? `${otherwise}-${plain}` : plain;
}
