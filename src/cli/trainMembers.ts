import { Option, type Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { COMBINES, MOST_MEMBERS, type Combine } from '../models/ensembleFile';
import { checkModelName } from '../models/modelName';
import { memberName, type RunFile } from '../runs/run';
import { runSettingsSchema } from '../runs/runSettings';
import { UsageError } from './errors';
import { numberBetween } from './numbers';

/** What makes the members of an ensemble differ: their seeds, their networks, or both. */
export interface MemberOptions {
  readonly network?: string;
  readonly seed?: number;
  readonly name?: string;
  readonly members?: number;
  readonly combine?: Combine;
  readonly resume?: string;
  readonly out?: string;
}

/** Adds the flags of ensembles to `train`. */
export function addMemberOptions(command: Command): Command {
  return command
    .option(
      '--members <number>',
      'train so many models of each network, with a seed of their own, and make an ensemble of them',
      numberBetween(1, MOST_MEMBERS, true),
    )
    .addOption(new Option('--combine <how>', 'how the ensemble answers (average)').choices([...COMBINES]));
}

/** The network and seed of each member; one alone where no ensemble is asked for. */
export function membersOf<O extends MemberOptions>(options: O): [O, ...O[]] {
  const { members = 1, seed = runSettingsSchema.parse({}).seed } = options;
  const networks = options.network?.split(',').map((name) => name.trim()) ?? [undefined];
  if (networks.length * members === 1) {
    if (options.combine) throw new UsageError('Give --combine with --members, or with several networks.');
    return [options];
  }
  if (networks.length * members > MOST_MEMBERS) {
    throw new UsageError(`An ensemble has at most ${MOST_MEMBERS} members: give fewer.`);
  }
  if (options.resume !== undefined || options.out !== undefined) {
    throw new UsageError('The members of an ensemble are always new models: leave out --resume and --out.');
  }
  const name = options.name ?? nameOf(networks);
  checkModelName(name);
  return networks.flatMap((network, index) =>
    Array.from({ length: members }, (_, at) => ({
      ...options,
      ...(network === undefined ? {} : { network }),
      seed: seed + at,
      name: memberName(name, index * members + at + 1),
    })),
  ) as [O, ...O[]];
}

/** The run to start with: of the first member, which knows the others, or one alone where no ensemble is asked for. */
export function firstRun(
  [first, ...others]: readonly [RunFile, ...RunFile[]],
  { name, network, combine }: MemberOptions,
): RunFile {
  if (others.length === 0) return first;
  const ensemble = {
    id: randomUUID(),
    name: name ?? nameOf(network?.split(',') ?? []),
    combine: combine ?? 'average',
    members: others.length + 1,
    member: 1,
    others: others.map((other) => ({ network: other.network, settings: other.settings })),
  };
  return { ...first, ensemble };
}

function nameOf(networks: readonly (string | undefined)[]): string {
  const names = networks.filter((network) => network !== undefined).map((network) => network.trim());
  return names.length > 0 ? `${names.join(' and ')} ensemble` : 'ensemble';
}
