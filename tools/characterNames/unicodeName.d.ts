declare module 'unicode-name' {
  /** The name in Unicode, where the character has one. */
  export function unicodeName(character: string): string | undefined;
}
