import path from 'node:path';
import { groupBy } from '../../base/groupBy';
import { MY_HANDWRITING, MyHandwriting } from '../../datasets/store/myHandwriting';
import { readOverlay } from '../../datasets/overlay';
import { picturesOf, sizeOf } from '../../datasets/pictures';
import { openReplay } from '../../datasets/replay';
import type { InkSamples } from '../../datasets/samples';
import type { LoadedModel } from '../models/loadedModel';
import type { Rows } from './denseEnd';
import { prototypesOf, unitEmbeddings, type Prototype } from './prototypes';

/** A character is offered from its fifth sample on: fewer are one drawing more than one character. */
const LEAST_SAMPLES = 5;
/** The newest samples of a character, and the most characters, that count. */
const MOST_SAMPLES = 20;
const MOST_CHARACTERS = 100;

interface Made {
  readonly model: LoadedModel;
  readonly version: string;
  readonly prototypes: Promise<readonly Prototype[]>;
}

/** The characters of the user's handwriting that a model does not know, kept until samples or model change. */
export class NewCharacters {
  private handwriting: MyHandwriting | undefined;
  private made: Made | undefined;
  private readonly known = new WeakMap<LoadedModel, Promise<Rows>>();

  /** @param shipped folder of the replay set that ships with Scrawl */
  constructor(private readonly shipped: string) {}

  /** Prototypes for a model; none where the user has kept no such samples, or there is no home to keep them in. */
  async of(model: LoadedModel, home: string | undefined): Promise<readonly Prototype[]> {
    if (home === undefined) return [];
    const folder = path.join(home, MY_HANDWRITING);
    if (this.handwriting?.folder !== folder) this.handwriting = new MyHandwriting(home);
    const handwriting = this.handwriting;
    const names = await handwriting.list();
    if (names.length < LEAST_SAMPLES) return [];
    const { steps } = await readOverlay(folder);
    const version = `${folder} ${String(names.length)} ${names.at(-1) ?? ''} ${String(steps.length)}`;
    if (this.made?.model !== model || this.made.version !== version) {
      const prototypes = this.make(model, handwriting);
      this.made = { model, version, prototypes };
      prototypes.catch(() => (this.made = undefined));
    }
    return this.made.prototypes;
  }

  private async make(model: LoadedModel, handwriting: MyHandwriting): Promise<readonly Prototype[]> {
    const dataset = await handwriting.open();
    const samples = (await dataset.load('all')) as InkSamples;
    const knows = new Set(model.card.classes);
    const places = groupBy(
      samples.labels.keys(),
      (place) => dataset.classes[samples.labels[place] ?? 0] ?? '',
    );
    const fresh = [...places]
      .filter(([label, own]) => !knows.has(label) && own.length >= LEAST_SAMPLES)
      .slice(0, MOST_CHARACTERS);
    if (fresh.length === 0) return [];
    const embedded = new Map<string, Rows>();
    const side = model.card.preprocessing.height;
    for (const [label, own] of fresh) {
      const newest = own.slice(-MOST_SAMPLES);
      embedded.set(
        label,
        await unitEmbeddings(
          model,
          picturesOf(samples, newest, side),
          { height: side, width: side },
          newest.length,
        ),
      );
    }
    return prototypesOf(embedded, await this.knownOf(model));
  }

  private knownOf(model: LoadedModel): Promise<Rows> {
    const found = this.known.get(model) ?? this.embedKnown(model);
    this.known.set(model, found);
    found.catch(() => this.known.delete(model));
    return found;
  }

  private async embedKnown(model: LoadedModel): Promise<Rows> {
    const test = await (await openReplay(this.shipped)).load('test');
    return unitEmbeddings(model, picturesOf(test, [...test.labels.keys()]), sizeOf(test), test.labels.length);
  }
}
