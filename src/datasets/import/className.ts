import { symbolOfName } from './symbolNames';

/** How the names of folders and the labels of tables are read. */
export const NAME_FORMS = ['auto', 'hex', 'text'] as const;
/**
 * `auto`: one character, `upper-A`, `a_small`, `digit-0`, `U+0041`, `Sample011`, a symbol's name (`plus`, `alpha`);
 * `hex`: the code point in hexadecimal as NIST names its folders (`41`); `text`: the name itself, whatever it is.
 */
export type NameForm = (typeof NAME_FORMS)[number];

/** The classes of Chars74K's pictures, whose folders and files are numbered from 1. */
const CHARS74K = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
const CASE_BEFORE = /^(?:(upper|capital|caps?)|(lower|small)|digit)(?:[-_ ]?case)?[-_ ]?(.)$/iu;
const CASE_BEHIND =
  /^(\p{L})(?:[-_ ]?(?:(upper|capital|caps?)|(lower|small))(?:[-_ ]?case)?|[-_ ](?:(u)|(l)))$/iu;

/** The class that a folder's name or a table's label stands for, or undefined where it is none. */
export function classOfName(name: string, form: NameForm): string | undefined {
  const text = name.trim().normalize('NFC');
  if (form === 'text') return text === '' ? undefined : text;
  if (form === 'hex') return /^(0x)?[0-9a-f]{2,6}$/i.test(text) ? characterAt(text) : undefined;
  if ([...text].length === 1) return text;
  return ofCase(text) ?? ofCodePoints(text) ?? ofNumber(text) ?? symbolOfName(text);
}

function ofCase(text: string): string | undefined {
  const [, capital, small, character] = CASE_BEFORE.exec(text) ?? [];
  if (character !== undefined) return inCase(character, capital, small);
  const [, letter, upper, lower, u, l] = CASE_BEHIND.exec(text) ?? [];
  return letter === undefined ? undefined : inCase(letter, upper ?? u, lower ?? l);
}

function inCase(character: string, capital: string | undefined, small: string | undefined): string {
  if (capital !== undefined) return character.toUpperCase();
  return small === undefined ? character : character.toLowerCase();
}

/** `U+0041`, several joined by `_`; also `u0041`, `0x41` and `ascii_65`. */
function ofCodePoints(text: string): string | undefined {
  const decimal = /^ascii[-_ ]?(\d{2,3})$/i.exec(text)?.[1];
  if (decimal !== undefined) return characterAt(Number(decimal).toString(16));
  if (/^0x[0-9a-f]{2,6}$/i.test(text)) return characterAt(text);
  if (!/^U\+?[0-9a-f]{4,6}(_U\+?[0-9a-f]{4,6})*$/i.test(text)) return undefined;
  const codes = text.split('_').map((code) => code.replace(/^U\+?/i, ''));
  // of several each may be what is none alone: a blank, what joins others
  const characters = codes.map((code) => (codes.length > 1 ? anyCharacterAt(code) : characterAt(code)));
  const name = characters.includes(undefined) ? '' : characters.join('');
  return name.trim() === '' ? undefined : name;
}

function ofNumber(text: string): string | undefined {
  const match = /^(?:Sample|img)[-_ ]?(\d{3})$/i.exec(text);
  return match ? CHARS74K[Number(match[1]) - 1] : undefined;
}

function anyCharacterAt(hex: string): string | undefined {
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
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
