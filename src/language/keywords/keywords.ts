import { C } from './c';
import { CPP } from './cpp';
import { CSHARP } from './csharp';
import { CSS } from './css';
import { GO } from './go';
import { HTML } from './html';
import { JAVA } from './java';
import { JAVASCRIPT } from './javascript';
import { JSON_NAMES } from './json';
import { JULIA } from './julia';
import { KOTLIN } from './kotlin';
import { LATEX } from './latex';
import { LUA } from './lua';
import { PHP } from './php';
import { PYTHON } from './python';
import { R } from './r';
import { RUBY } from './ruby';
import { RUST } from './rust';
import { SHELLSCRIPT } from './shellscript';
import { SQL } from './sql';
import { SWIFT } from './swift';
import { TYPESCRIPT } from './typescript';

/** The lists that hold for a language, by VS Code's id. */
const LISTS = new Map<string, readonly string[]>([
  ['c', [C]],
  ['cpp', [C, CPP]],
  ['cuda-cpp', [C, CPP]],
  ['objective-c', [C]],
  ['objective-cpp', [C, CPP]],
  ['csharp', [CSHARP]],
  ['css', [CSS]],
  ['scss', [CSS]],
  ['less', [CSS]],
  ['go', [GO]],
  ['html', [HTML]],
  ['xml', []],
  ['vue', [HTML, JAVASCRIPT]],
  ['svelte', [HTML, JAVASCRIPT]],
  ['java', [JAVA]],
  ['javascript', [JAVASCRIPT]],
  ['javascriptreact', [JAVASCRIPT, HTML]],
  ['typescript', [JAVASCRIPT, TYPESCRIPT]],
  ['typescriptreact', [JAVASCRIPT, TYPESCRIPT, HTML]],
  ['json', [JSON_NAMES]],
  ['jsonc', [JSON_NAMES]],
  ['julia', [JULIA]],
  ['kotlin', [KOTLIN]],
  ['latex', [LATEX]],
  ['tex', [LATEX]],
  ['lua', [LUA]],
  ['php', [PHP]],
  ['python', [PYTHON]],
  ['r', [R]],
  ['ruby', [RUBY]],
  ['rust', [RUST]],
  ['shellscript', [SHELLSCRIPT]],
  ['sql', [SQL]],
  ['swift', [SWIFT]],
]);

/** The languages that Scrawl has lists for, by VS Code's ids, sorted. */
export const LISTED_LANGUAGES: readonly string[] = [...LISTS.keys()].sort();

/**
 * Keywords and common names of a language, each once: none of one that Scrawl has no list for, or of prose.
 *
 * @param language VS Code's id, as `typescript`
 */
export function keywordsOf(language: string): string[] {
  const words = (LISTS.get(language) ?? []).flatMap((list) => list.split(/\s+/));
  return [...new Set(words.filter((word) => word !== ''))];
}
