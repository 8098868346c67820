import * as z from 'zod';
import { type HostToSweep, type SweepToHost, sweepToHostSchema } from '../../../protocol/pages/sweep';
import type { Shell } from '../../shell/shell';
import { Tabs } from '../../shell/tabs';
import { SweepPage } from './sweepPage';
import type { Sweeps } from './sweeps';

/** The editor tabs with sweeps, one for each; the key is a sweep's id. */
export type SweepTabs = Tabs<SweepToHost, HostToSweep, string>;

export function sweepTabs(shell: Shell, sweeps: Sweeps): SweepTabs {
  return new Tabs<SweepToHost, HostToSweep, string>(shell, {
    name: 'sweep',
    messages: sweepToHostSchema,
    title: () => 'Sweep',
    nameOf: (id) => id,
    restore: (state) => z.object({ sweep: z.string() }).safeParse(state).data?.sweep,
    open: (page, id) => new SweepPage(page, id, sweeps, shell.log),
  });
}
