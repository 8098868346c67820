import { execFile } from 'node:child_process';
import path from 'node:path';

export const CLI = path.resolve('dist', 'cli.js');

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command line to its end. */
export function scrawl(...args: string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** The objects that `--json` prints, one a line. */
export const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
