import * as z from 'zod';
import * as vscode from 'vscode';
import { UserError } from '../../../base/userError';
import { counted } from '../../../base/words';
import { Command } from '../../shell/names';
import { report } from '../../shell/report';
import { pickBackend } from '../pickBackend';
import { compared } from './shownSweep';
import { startSweep, type StartSweepParts } from './startSweep';
import type { FoundSweep } from './sweeps';
import type { SweepTabs } from './sweepTabs';

export interface SweepParts extends StartSweepParts {
  readonly tabs: SweepTabs;
  readonly log: vscode.LogOutputChannel;
}

const UNDO = 'Undo';
const NONE = 'run "Scrawl: Start Sweep…" to start one.';

/** To resume with a backend that is asked for, as where a device was lost. */
const resumeSchema = z.object({ id: z.string(), chooseBackend: z.boolean().optional() });

/** The commands on sweeps; each takes a sweep's id, or nothing. */
export function sweepCommands(parts: SweepParts) {
  const { sweeps, tabs, log } = parts;
  /** The sweep that a command is for, as `runFor` finds runs. */
  const sweepFor = async (argument: unknown, title: string, suits: (sweep: FoundSweep) => boolean) => {
    const id = z.string().safeParse(argument).data;
    if (id !== undefined) return sweeps.find(id);
    const suitable = (await sweeps.list()).filter(suits);
    if (suitable.length === 0) throw new UserError(`There is no sweep for this: ${NONE}`);
    if (suitable.length === 1) return suitable[0];
    const items = suitable.map((each) => ({ label: each.sweep.name, description: describe(each), each }));
    return (await vscode.window.showQuickPick(items, { title }))?.each;
  };
  return {
    [Command.startSweep]: async (argument?: unknown) => {
      const id = await startSweep(parts, argument);
      if (id !== undefined) tabs.show(id);
    },
    [Command.openSweep]: async (argument?: unknown) => {
      const sweep = await sweepFor(argument, 'Open Sweep', () => true);
      if (sweep) tabs.show(sweep.id);
    },
    [Command.pauseSweep]: async (argument?: unknown) => {
      const isHere = ({ standing }: FoundSweep) => standing === 'training' || standing === 'waiting';
      const sweep = await sweepFor(argument, 'Pause Sweep', isHere);
      if (sweep) await sweeps.pause(sweep.id);
    },
    [Command.resumeSweep]: async (argument?: unknown) => {
      const asked = resumeSchema.safeParse(argument).data;
      const sweep = await sweepFor(
        asked?.id ?? argument,
        'Resume Sweep',
        ({ standing }) => standing === 'resting',
      );
      if (!sweep) return;
      const backend = asked?.chooseBackend ? await pickBackend(sweep.sweep.name) : undefined;
      if (asked?.chooseBackend && backend === undefined) return;
      await sweeps.resume(sweep.id, backend);
      tabs.show(sweep.id);
    },
    [Command.removeSweep]: async (argument?: unknown) => {
      const sweep = await sweepFor(argument, 'Remove Sweep', ({ standing }) => standing !== 'elsewhere');
      if (!sweep) return;
      const removed = await sweeps.remove(sweep.id);
      const message = `The sweep ${sweep.sweep.name} is removed; a model that was kept of it stays.`;
      // nobody waits for a notification to be answered
      void vscode.window.showInformationMessage(message, UNDO).then(async (answer) => {
        if (answer === UNDO) await sweeps.restore(removed).catch((error: unknown) => report(error, log));
      });
    },
  };
}

function describe({ standing, sweep }: FoundSweep): string {
  const words = standing === 'elsewhere' ? 'in another window' : standing;
  return `${words} · ${compared(sweep)} of ${counted(sweep.trials.length, 'trial')} compared`;
}
