import { readFileSync, readdirSync } from 'node:fs';

/** A running process, as /proc tells. */
interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** The processes under another whose command line holds a text. */
export function descendants(ancestor: number, text: string): number[] {
  const processes = runningProcesses();
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isUnder = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === ancestor || isUnder(parent));
  };
  return processes.filter(({ pid, command }) => command.includes(text) && isUnder(pid)).map(({ pid }) => pid);
}

/** The processes whose command line holds all of these texts, whoever started them. */
export function processesWith(...texts: readonly string[]): number[] {
  return runningProcesses()
    .filter(({ command }) => texts.every((text) => command.includes(text)))
    .map(({ pid }) => pid);
}

/** The process that started another. */
export function parentOf(pid: number): number {
  const found = runningProcesses().find((running) => running.pid === pid);
  if (!found) throw new Error(`Process ${pid} has ended.`);
  return found.parent;
}

/** Whether a process still runs; one that has ended and waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  return runningProcesses().some((running) => running.pid === pid);
}

function runningProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => describe(Number(name)));
}

/** Nothing for a process that has ended meanwhile. */
function describe(pid: number): Process[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? [] : [{ pid, parent: Number(parent), command }];
  } catch {
    return [];
  }
}
