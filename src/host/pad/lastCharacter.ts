/** What stands last in a text and a user sees as one character; '' in an empty one. */
export function lastCharacter(text: string): string {
  return [...new Intl.Segmenter().segment(text)].at(-1)?.segment ?? '';
}
