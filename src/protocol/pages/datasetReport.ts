import * as z from 'zod/mini';
import { type Split, SPLITS } from '../../base/split';
import type { Failed } from './failed';
import { countSchema } from './number';

/** What the page of a dataset's report asks of the host. */
export const reportToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Looks through the samples after all. */
  z.object({ type: z.literal('look') }),
  z.object({ type: z.literal('stop') }),
  /** Browses the samples of a finding. */
  z.object({ type: z.literal('open'), finding: z.string().check(z.maxLength(100)) }),
  /** Browses the samples of a class, of one split or of all. */
  z.object({ type: z.literal('openClass'), class: countSchema, split: z.optional(z.enum(SPLITS)) }),
]);
export type ReportToHost = z.infer<typeof reportToHostSchema>;

export interface ReportedDataset {
  type: 'dataset';
  id: string;
  name: string;
  classes: string[];
  /** Whether these are texts, of which each may be another. */
  texts: boolean;
  /** Samples of each class, as stored. */
  splits: { split: Split; counts: number[] }[];
}

export interface ReportedFinding {
  /** Names it to the host. */
  id: string;
  title: string;
  /** What it means, a sentence. */
  meaning: string;
  /** Samples that could be left out to be rid of it. */
  total: number;
  /** Samples that show when it is opened, and how many of these are excluded already. */
  shown: number;
  excluded: number;
}

export interface ShownReport {
  type: 'report';
  /** Day and time, as in ISO 8601. */
  created: string;
  findings: ReportedFinding[];
  /** Mean pictures of the classes, where there are some: gray values 0 (background) to 255 (ink). */
  means?: { width: number; height: number; pixels: Uint8Array };
}

/** What the host tells the page. */
export type HostToReport =
  | ReportedDataset
  | ShownReport
  /** The samples are being looked through. */
  | { type: 'working'; done: number; total: number }
  /** They were not looked through to their end. */
  | { type: 'stopped' }
  /** One sentence for the user. */
  | Failed;
