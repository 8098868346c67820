/** A 32-bit number that depends on a text only (FNV-1a). */
export function lineHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // the low bits of FNV-1a follow the last character closely
  return (hash ^ (hash >>> 15)) >>> 0;
}
