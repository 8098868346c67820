import type { Browser } from 'playwright-core';
import { compareLines } from '../../src/metrics/compareLines';
import { alignLine, confusedCharacters, isError } from '../../src/metrics/lineConfusion';
import { scoreLines, type ReadLine } from '../../src/metrics/lineScores';
import type {
  Aligned,
  HostToLineEvaluation,
  LineEvaluationToHost,
  LineView,
  ShownLineEvaluation,
} from '../../src/protocol/pages/lineEvaluation';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { writerErrorRates } from '../../src/metrics/writers';
import { openWebview } from './webviewPage';

export interface LineEvaluationPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  lines?: number;
  stale?: string;
  /** Strokes of each line in turn, as x, y, x, y; without them each character is a wave. */
  inks?: number[][][];
  read?: ReadLine[];
  /** What a second evaluation reads from a text. */
  compared?: (text: string) => string;
  /** Who wrote the lines, in turn. */
  writers?: string[];
}

interface StubLine extends ReadLine {
  aligned: Aligned[];
  /** As a second evaluation has it, and how the first compares. */
  other?: Aligned[];
  more?: 'better' | 'worse';
  ink: number[][];
}

interface Stub {
  lines: StubLine[];
  evaluation: Omit<ShownLineEvaluation, 'type'>;
}

const TEXTS: readonly ReadLine[] = [
  { text: 'const x2 = foo(bar);', answer: 'censt x2 = foo(bar):' },
  { text: 'return snake_case', answer: 'return snakecase' },
  { text: 'if (a >= 0) {', answer: 'if (a >= O) {{' },
  { text: 'hello world', answer: 'hello world' },
  { text: 'cO0l', answer: 'co0l' },
];

/** The built page of an evaluation of lines in a real browser, before a stub of the host. */
export class LineEvaluationPage extends StubbedPage<LineEvaluationToHost, HostToLineEvaluation> {
  static async open(browser: Browser, options: LineEvaluationPageOptions = {}): Promise<LineEvaluationPage> {
    const {
      width = 1100,
      height = 900,
      theme = 'dark',
      lines = 60,
      stale,
      inks,
      read,
      compared,
      writers = [],
    } = options;
    const texts = read ?? Array.from({ length: lines }, (_, at) => TEXTS[at % TEXTS.length] as ReadLine);
    const stub = stubOf(texts, inks, stale, compared, writers);
    const view = { name: 'lineEvaluation', width, height, ground: 'editor' } as const;
    const opened = new LineEvaluationPage(await openWebview(browser, view, stubHost, stub));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    await opened.page.locator('h1').waitFor();
    await opened.settled();
    return opened;
  }

  /** What a screen reader says of the line that the keyboard is at. */
  focused(): Promise<string | null> {
    return this.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
  }
}

function stubOf(
  texts: readonly ReadLine[],
  inks: number[][][] | undefined,
  stale: string | undefined,
  compared: ((text: string) => string) | undefined,
  writers: readonly string[],
): Stub {
  const alignedOf = (line: ReadLine): Aligned[] =>
    alignLine(line, 'ignored').map(({ truth, answer }) => ({
      ...(truth !== undefined && { truth }),
      ...(answer !== undefined && { answer }),
    }));
  const lines = texts
    .map((line, at) => {
      const aligned = alignedOf(line);
      const errors = errorsIn(aligned);
      const ink = inks?.[at] ?? wavesOf(line.text);
      if (!compared) return { ...line, aligned, ink, errors };
      const other = alignedOf({ text: line.text, answer: compared(line.text) });
      const more = Math.sign(errorsIn(other) - errors);
      const named = more === 0 ? {} : { more: more > 0 ? ('better' as const) : ('worse' as const) };
      return { ...line, aligned, ink, errors, other, ...named };
    })
    .sort((a, b) => b.errors - a.errors);
  const twice = texts.map(({ text, answer }) => ({ text, first: answer, second: compared?.(text) ?? '' }));
  return {
    lines,
    evaluation: {
      remember: { file: '/evaluations/one' },
      ...{ model: 'Lines, bundled', dataset: 'UNIPEN lines', split: 'all', hasInk: stale === undefined },
      ...(stale !== undefined && { stale }),
      ...{ created: '2026-03-01T12:00:00.000Z', backend: 'wasm', decoding: 'greedy', linesPerSecond: 61.4 },
      excluded: 0,
      scores: { ignored: scoreLines(texts), counted: scoreLines(texts, 'counted') },
      confusion: confusedCharacters(texts.map((line) => alignLine(line, 'ignored'))).map(
        ({ truth, answer, count }) => ({
          ...(truth !== undefined && { truth }),
          ...(answer !== undefined && { answer }),
          count,
        }),
      ),
      writers: writerErrorRates(
        texts.map((line, at) => ({ ...line, writer: writers[at % writers.length] })),
        'ignored',
      ),
      ...(compared && {
        comparison: {
          ...{ model: 'Lines, my hand', decoding: 'decoded, typescript' },
          results: { ignored: compareLines(twice, 'ignored'), counted: compareLines(twice, 'counted') },
        },
      }),
    },
  };
}

const errorsIn = (aligned: readonly Aligned[]) =>
  aligned.filter(({ truth, answer }) => isError({ truth, answer })).length;

function wavesOf(text: string): number[][] {
  return [...text].map((character, at) =>
    Array.from({ length: 24 }, (_, point) => {
      const angle = point / 3 + character.charCodeAt(0);
      return [at * 40 + point * 1.4, 50 + 30 * Math.sin(angle)];
    }).flat(),
  );
}

/** Runs in the page: what VS Code gives a webview, with a host that lists in memory. */
function stubHost({ lines, evaluation }: Stub): void {
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  let view: LineView = { blanks: 'ignored', filter: { kind: 'wrong' } };
  let revision = 0;
  let listed: number[] = [];
  const changes = new Map<number, { excluded: boolean; text?: string }>();
  const undos: { row: number; name: string }[] = [];
  const isWrong = ({ aligned }: StubLine) => aligned.some(({ truth, answer }) => truth !== answer);
  const tellList = () => {
    const undo = undos.at(-1)?.name;
    const wrong = lines.filter(isWrong).length;
    revision++;
    post({ type: 'list', revision, view, total: listed.length, wrong, ...(undo !== undefined && { undo }) });
  };
  const look = () => {
    const { filter } = view;
    listed = [...lines.keys()].filter((row) => {
      const line = lines[row];
      if (!line || filter.kind === 'all') return true;
      if (filter.kind === 'changed') return changes.has(row);
      if (filter.kind === 'wrong' || filter.kind === 'writer') return isWrong(line);
      if (filter.kind === 'better' || filter.kind === 'worse') return line.more === filter.kind;
      return line.aligned.some(
        ({ truth, answer }) => truth !== answer && truth === filter.truth && answer === filter.answer,
      );
    });
    tellList();
  };
  const change = (row: number, to: { excluded: boolean; text?: string } | undefined, name: string) => {
    if (to) changes.set(row, to);
    else changes.delete(row);
    undos.push({ row, name });
    post({ type: 'evaluation', ...evaluation, excluded: changes.size });
    tellList();
    post({ type: 'done', message: `${name}.` });
  };
  const receive = (message: LineEvaluationToHost) => {
    switch (message.type) {
      case 'ready':
        view = message.view ?? view;
        post({ type: 'evaluation', ...evaluation });
        look();
        return;
      case 'view':
        ({ view } = message);
        look();
        return;
      case 'page': {
        const shown = listed.slice(message.page * 25, (message.page + 1) * 25).map((row) => {
          const line = lines[row] as StubLine;
          const { excluded = false, text } = changes.get(row) ?? {};
          return {
            ...{ split: 'all', index: row, text: text ?? line.text, answer: line.answer, excluded },
            ...(text !== undefined && { stored: line.text }),
            aligned: line.aligned,
            ...(line.other && { other: line.other }),
            ink: line.ink.map((stroke) => Float32Array.from(stroke)),
          };
        });
        post({ type: 'page', revision: message.revision, page: message.page, lines: shown });
        return;
      }
      case 'exclude':
        change(listed[message.place] ?? 0, { excluded: message.excluded }, 'Excluded 1 sample');
        return;
      case 'relabel':
        // a person types it
        change(listed[message.place] ?? 0, { excluded: false, text: 'typed' }, 'Relabeled 1 sample as typed');
        return;
      case 'restore':
        change(listed[message.place] ?? 0, undefined, 'Restored 1 sample');
        return;
      case 'undo': {
        const undone = undos.pop();
        if (undone) changes.delete(undone.row);
        tellList();
        return;
      }
    }
  };
  Object.assign(window, { answer: receive });
}
