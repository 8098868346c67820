/** How the names of folders and the labels of tables are read. */
export const NAME_FORMS = ['auto', 'hex', 'text'] as const;
/**
 * `auto`: one character, `upper-A`, `lower-a`, `digit-0`, `U+0041`; `hex`: the code point in hexadecimal as NIST names
 * its folders (`41`); `text`: the name itself, whatever it is.
 */
export type NameForm = (typeof NAME_FORMS)[number];

/** The classes of Chars74K's pictures, whose folders and files are numbered from 1. */
const CHARS74K = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
const CASES: Record<string, (character: string) => string> = {
  upper: (character) => character.toUpperCase(),
  lower: (character) => character.toLowerCase(),
  digit: (character) => character,
};

/** The class that a folder's name or a table's label stands for, or undefined where it is none. */
export function classOfName(name: string, form: NameForm): string | undefined {
  const text = name.trim().normalize('NFC');
  if (form === 'text') return text === '' ? undefined : text;
  if (form === 'hex') return /^(0x)?[0-9a-f]{2,6}$/i.test(text) ? characterAt(text) : undefined;
  if ([...text].length === 1) return text;
  return ofCase(text) ?? ofCodePoints(text) ?? ofNumber(text);
}

function ofCase(text: string): string | undefined {
  const match = /^(upper|lower|digit)(?:case)?[-_ ]?(.)$/iu.exec(text);
  return match?.[2] === undefined ? undefined : CASES[match[1]?.toLowerCase() ?? '']?.(match[2]);
}

function ofCodePoints(text: string): string | undefined {
  if (!/^U\+[0-9a-f]{4,6}(_U\+[0-9a-f]{4,6})*$/i.test(text)) return undefined;
  const characters = text.split('_').map((code) => characterAt(code.slice(2)));
  return characters.includes(undefined) ? undefined : characters.join('');
}

function ofNumber(text: string): string | undefined {
  const match = /^(?:Sample|img)(\d{3})$/i.exec(text);
  return match ? CHARS74K[Number(match[1]) - 1] : undefined;
}

/** The printable character of a code point in hexadecimal. */
function characterAt(hex: string): string | undefined {
  const code = Number.parseInt(hex.replace(/^0x/i, ''), 16);
  const printable = code > 0x20 && code <= 0x10ffff && (code < 0x7f || code > 0xa0);
  return printable && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
}

/**
 * A name for a class's folder that every operating system takes and tells from every other: `upper-A`, `lower-a`,
 * `digit-0`, and `U+002B` for the rest. `classOfName` reads it back.
 */
export function folderNameOf(name: string): string {
  if (/^[A-Z]$/.test(name)) return `upper-${name}`;
  if (/^[a-z]$/.test(name)) return `lower-${name}`;
  if (/^[0-9]$/.test(name)) return `digit-${name}`;
  return [...name]
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join('_');
}
