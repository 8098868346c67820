import type * as vscode from 'vscode';
import { readsSymbols } from '../../base/alphabet';
import { UserError } from '../../base/userError';
import { describeModel } from '../../protocol/engine/models';
import {
  type Place,
  readAlternatives,
  readInk,
  readSymbol,
  recognizePicture,
} from '../../protocol/engine/recognition';
import { Canceled } from '../../protocol/failures';
import { type Candidate, charactersOf, type Picture, type Point, type Reading } from '../../protocol/ink';
import type { PadToHost, RecognizeIntent, ShownReading } from '../../protocol/pages/pad';
import type { Params } from '../../protocol/rpc';
import type { Engine } from '../engine/engine';
import type { WholeLineModel, WholeModel } from '../../models/modelStore';
import type { ModelsInUse } from '../models/modelsInUse';
import type { Meant } from '../../symbols/lookAlikes';
import type { Symbols } from '../symbols/symbols';
import { onlyCharacter } from './rankedCharacters';
import { insteadOf, shownReadings } from './shownReadings';

export interface RecognitionParts {
  readonly engine: Pick<Engine, 'call'>;
  readonly models: Pick<ModelsInUse, 'look'> & {
    readonly characters: { current(): Promise<Pick<WholeModel, 'folder' | 'kind'>> };
    readonly lines: { current(): Promise<Pick<WholeLineModel, 'folder'>> };
  };
  /** The folder of datasets. */
  readonly home: string;
  /** The folder of the model of symbols. */
  readonly symbolsModel: string;
  readonly symbols: Pick<Symbols, 'known'>;
  /** What decides which of some symbols that look alike is meant, as it is now, but for the place. */
  readonly meant: () => Omit<Meant, 'place'>;
  /** What the readings may consist of, as it is now. */
  readonly alphabet: () => string;
}

/** What the pad is told of its ink. */
export interface WhatWasRead {
  readonly readings: ShownReading[];
  readonly picture?: Picture;
}

type AlternativesIntent = Extract<PadToHost, { type: 'alternatives' }>;
type InkIntent = Extract<RecognizeIntent, { type: 'recognize' }>;

/** As many as the pad has keys for. */
const CANDIDATES = 5;
/** As many as these may be of, where several of them are the same to who looks at them. */
const READ = 12;
/** As many as one looks through. */
const LIKELY = 12;
/** More than there are symbols. */
const ALL = 2_000;

/** Ink that may be one character or a line: all that reads has to be there for it. */
const FIRST_INK = [
  [
    [0, 0],
    [6, 20],
    [12, 0],
  ],
] satisfies InkIntent['ink'];
/** The first readings are slow, until the engine's code has run a few times. */
const FIRST_READINGS = 3;
const NOWHERE: Place = {
  before: '',
  after: '',
  language: 'plaintext',
  offered: [],
  given: [],
  elsewhere: [],
};

/** Ink that was read, with all that it was read with. */
interface Last {
  readonly id: number;
  readonly asked: Params<typeof readInk>;
  /** None until the engine has answered. */
  readonly readings: readonly Reading[];
}

/** Reads the newest ink of a pad only: a new request cancels the one before. */
export class Recognition implements vscode.Disposable {
  private current: AbortController | undefined;
  /** The ink that was asked about last. */
  private last: Last | undefined;
  /** The models that the engine was prepared with last. */
  private preparedWith: string | undefined;

  constructor(private readonly parts: RecognitionParts) {}

  /** Starts the engine and has it read something, so that it does not begin with the first ink. */
  async prepare(): Promise<void> {
    this.preparedWith = undefined;
    await this.prepareOnce();
  }

  /** The same, unless it was done with these models. */
  async prepareOnce(): Promise<void> {
    try {
      const asked = await this.asked({ penWidth: 2 }, NOWHERE);
      const models = JSON.stringify([asked.model, asked.lines]);
      if (models === this.preparedWith) return;
      this.preparedWith = models;
      for (let reading = 0; reading < FIRST_READINGS; reading++) {
        // what was read before is remembered
        const ink = FIRST_INK.map((stroke) => stroke.map(([x, y]): Point => [x + reading * y, y]));
        await this.parts.engine.call(readInk, { ...asked, ink });
      }
    } catch {
      // whoever writes is told of it with the first ink
    }
  }

  /**
   * What ink or a picture may say in the user's alphabet.
   *
   * @param placeNow tells of the place that the text goes to
   * @throws Canceled where it is overtaken by another request
   */
  async read(intent: RecognizeIntent, placeNow: () => Promise<Place>): Promise<WhatWasRead> {
    this.last = undefined;
    return this.newest(async (signal) => {
      if (intent.type === 'recognizePicture') return this.readPicture(intent.picture, signal);
      const { readings, picture } = await this.readInk(intent, await placeNow(), signal);
      return { readings: await this.shown(readings), ...(picture && { picture }) };
    });
  }

  /**
   * What the ink that was read last may say instead at one character of a text.
   *
   * @throws Canceled where that ink is not the newest any more
   */
  async alternatives({ id, text, at }: AlternativesIntent): Promise<ShownReading[]> {
    const { last } = this;
    if (last?.id !== id) throw new Canceled();
    const isOne = (await this.shown(last.readings)).some(
      (each) => each.text === text && charactersOf(each).length === 1,
    );
    if (readsSymbols(last.asked.alphabet) && isOne) {
      const { table } = await this.parts.symbols.known();
      return insteadOf(text, last.readings, table, this.meantAt(last.asked.place));
    }
    return this.newest((signal) =>
      this.parts.engine.call(readAlternatives, { ...last.asked, text, at }, { signal }),
    );
  }

  /** What the ink that was read last may be as one character, likeliest first; none where there is no ink. */
  async likelyCharacters(): Promise<string[]> {
    const { last } = this;
    if (!last) return [];
    const asked = { ...last.asked, mode: 'character' as const, top: LIKELY };
    const { readings } = await this.parts.engine.call(readInk, asked);
    const shown = await this.shown(readings, LIKELY);
    return shown.map(({ text }) => text).filter((text) => onlyCharacter(text) === text);
  }

  /** The classes of symbols that the ink that was read last may be, likeliest first; none where there is no ink. */
  async likelySymbols(): Promise<string[]> {
    const { last } = this;
    if (!last) return [];
    const { candidates } = await this.parts.engine.call(readSymbol, {
      model: this.parts.symbolsModel,
      ink: last.asked.ink,
      top: ALL,
    });
    return candidates.map(({ id }) => id);
  }

  /** Every class the model of characters can give. */
  async classes(): Promise<readonly string[]> {
    const { folder } = await this.parts.models.characters.current();
    return (await this.parts.engine.call(describeModel, { model: folder })).classes;
  }

  cancel(): void {
    this.current?.abort();
    this.current = undefined;
  }

  dispose(): void {
    this.cancel();
  }

  private async newest<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.cancel();
    const request = new AbortController();
    this.current = request;
    try {
      return await work(request.signal);
    } catch (error) {
      // what was found may have gone since
      if (error instanceof UserError) void this.parts.models.look();
      throw error;
    } finally {
      if (this.current === request) this.current = undefined;
    }
  }

  private async readInk({ id, ink, ...how }: InkIntent, place: Place, signal: AbortSignal) {
    const { engine } = this.parts;
    const asked = { ...(await this.asked(how, place)), ink };
    if (signal.aborted) throw new Canceled();
    this.last = { id, asked, readings: [] };
    const read = await engine.call(readInk, asked, { signal });
    if (this.last.id === id) this.last = { id, asked, readings: read.readings };
    return read;
  }

  /** What the engine is asked of ink, but the ink itself. */
  private async asked(
    { penWidth, guide, spaces }: Pick<InkIntent, 'penWidth' | 'guide' | 'spaces'>,
    place: Place,
  ) {
    const { models, home, symbolsModel } = this.parts;
    const { isBundled, ...common } = await this.common();
    const { folder: lines } = await models.lines.current();
    return {
      ...common,
      chosen: !isBundled,
      mode: 'auto' as const,
      lines,
      home,
      penWidth,
      place,
      ...(guide && { guide }),
      ...(spaces && { spaces }),
      ...(readsSymbols(common.alphabet) && { symbols: symbolsModel, top: READ }),
    };
  }

  /** What is shown of the readings of the ink that was read last. */
  private async shown(readings: readonly Reading[], top = CANDIDATES): Promise<ShownReading[]> {
    const { last } = this;
    if (!last || !readsSymbols(last.asked.alphabet)) return [...readings];
    const { table } = await this.parts.symbols.known();
    return shownReadings(readings, table, this.meantAt(last.asked.place), top);
  }

  private meantAt(place: Place): Meant {
    return { ...this.parts.meant(), place };
  }

  private async readPicture(picture: Picture, signal: AbortSignal): Promise<WhatWasRead> {
    const { isBundled: _, ...common } = await this.common();
    if (signal.aborted) throw new Canceled();
    const read = await this.parts.engine.call(recognizePicture, { ...common, picture }, { signal });
    return { readings: read.candidates.map(asReading), picture: read.picture };
  }

  private async common() {
    const { folder, kind } = await this.parts.models.characters.current();
    return { isBundled: kind === 'bundled', model: folder, alphabet: this.parts.alphabet(), top: CANDIDATES };
  }
}

/** A picture has no strokes that its character could be read from. */
function asReading({ text, probability }: Candidate): Reading {
  return { text, probability, isPlain: true, alignment: Array.from(text, () => []) };
}
