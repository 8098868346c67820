import { mkdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { BACKEND_PACKAGES, type TrainerName } from '../../../runs/backendPackages';
import { writeJson } from '../../../storage/writeJson';
import type { Survey } from './survey';

/** Samples a second by what trains; 0 of one that works but could not be measured, as where its driver hangs. */
export type Speeds = Partial<Record<TrainerName, number | undefined>>;

const fileSchema = z.record(
  z.string(),
  z.object({
    /** What was there to measure: figures for anything else are worth nothing. */
    measured: z.string(),
    date: z.string(),
    samplesPerSecond: z.record(z.string(), z.number()),
  }),
);
type SpeedsFile = z.infer<typeof fileSchema>;

/** In milliseconds. */
const DAY = 24 * 60 * 60 * 1000;
/** What could not be measured is tried again then. */
const TRY_AGAIN_AFTER = DAY;
/** Everything is measured again then: what trains here may have become faster, with Scrawl or with the machine. */
const FORGOTTEN_AFTER = 30 * DAY;

const fileIn = (home: string) => path.join(home, 'backends', 'speeds.json');

/**
 * The figures that are remembered of this machine as it is now.
 *
 * @param now milliseconds since 1970
 */
export async function readSpeeds(home: string, found: Survey, now = Date.now()): Promise<Speeds> {
  const entry = (await readSpeedsFile(home))[machine()];
  if (entry?.measured !== fingerprint(found)) return {};
  const age = now - Date.parse(entry.date);
  if (age > FORGOTTEN_AFTER) return {};
  const old = age > TRY_AGAIN_AFTER;
  return Object.fromEntries(Object.entries(entry.samplesPerSecond).filter(([, speed]) => speed > 0 || !old));
}

/** Remembers figures of this machine as it is now. */
export async function writeSpeeds(home: string, found: Survey, speeds: Speeds): Promise<void> {
  const known = Object.entries(speeds).filter((entry): entry is [string, number] => entry[1] !== undefined);
  const entry = {
    measured: fingerprint(found),
    date: new Date().toISOString(),
    samplesPerSecond: Object.fromEntries(known),
  };
  const content: SpeedsFile = { ...(await readSpeedsFile(home)), [machine()]: entry };
  await mkdir(path.dirname(fileIn(home)), { recursive: true });
  await writeJson(fileIn(home), content);
}

/** A file that is not there or damaged holds nothing: all is measured anew. */
async function readSpeedsFile(home: string): Promise<SpeedsFile> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(fileIn(home), 'utf8')));
  } catch {
    return {};
  }
}

/** A home folder may be shared by machines. */
function machine(): string {
  return [os.hostname(), os.arch(), os.cpus()[0]?.model ?? '', os.availableParallelism()].join(' ');
}

/** Changes with the set of backends, their devices, drivers and threads, and the versions of what runs them. */
function fingerprint(found: Survey): string {
  const devices = Object.entries(found).flatMap(([name, probe]) =>
    probe.available ? [[name, probe.device, probe.driver, probe.threads]] : [],
  );
  const versions = Object.values(BACKEND_PACKAGES).map(({ name, version }) => `${name} ${version}`);
  return JSON.stringify([process.versions.node.split('.')[0], versions, devices]);
}
