import { readFile } from 'node:fs/promises';

export interface NamedCharacter {
  readonly character: string;
  /** In Unicode, such as `greek small letter lambda`, and what programmers call it. */
  readonly name: string;
}

/** The names of characters, read when they are first asked for. */
export class CharacterNames {
  private read: Promise<readonly NamedCharacter[]> | undefined;

  /** @param file has a character, its name and what it is called besides in each line, with tabs between them */
  constructor(private readonly file: string) {}

  all(): Promise<readonly NamedCharacter[]> {
    this.read ??= readFile(this.file, 'utf8').then(parse);
    return this.read;
  }
}

function parse(text: string): NamedCharacter[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd().split('\t'))
    .flatMap(([character = '', ...names]) =>
      character === '' ? [] : [{ character, name: names.join(', ') }],
    );
}
