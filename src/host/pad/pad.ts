import * as vscode from 'vscode';
import { isAlphabetChoice, readsSymbols } from '../../base/alphabet';
import {
  type Chosen,
  chosenOf,
  type Drawn,
  type HostToPad,
  isSymbol,
  type PadToHost,
} from '../../protocol/pages/pad';
import type { ModelsInUse } from '../models/modelsInUse';
import type { Keeper } from '../samples/keeper';
import { Command } from '../shell/names';
import type { Page, PageContent } from '../shell/page';
import { settings } from '../shell/settings';
import { askLabel } from './askLabel';
import { chooseTarget } from './chooseTarget';
import type { FindSymbol } from './findSymbol';
import type { GhostText } from './ghostText';
import { textAt } from './insertable';
import type { PickCharacter } from './pickCharacter';
import type { Places } from './places';
import { Practice } from './practice';
import type { Recognition } from './recognition';
import type { RestSwitch } from './restSwitch';
import type { SymbolWriter } from './symbolWriter';
import { chooseAlphabet } from './selectAlphabet';
import type { Inserted } from './target';
import type { Targets } from './targets';
import type { Writer } from './writer';

/** What all pads work with. */
export interface PadParts {
  readonly writer: Writer;
  readonly targets: Targets;
  readonly places: Places;
  readonly ghost: GhostText;
  readonly keeper: Keeper;
  readonly models: ModelsInUse;
  readonly picker: PickCharacter;
  readonly finder: FindSymbol;
  readonly symbolWriter: SymbolWriter;
  readonly rest: RestSwitch;
}

/** Where a pad stands. */
export interface PadSurface {
  readonly page: Page<PadToHost, HostToPad>;
  /** Shows the pad and gives it the keyboard. */
  readonly show: () => Promise<void>;
  /** What is the pad's title, or stands beside it, where it reads with models of these names. */
  readonly title: (model: string | undefined) => string;
  /** The pad took or lost the keyboard. */
  readonly focused: (focused: boolean) => void;
  readonly closed?: () => void;
}

/** No ghost text. */
const NOTHING: Chosen = { text: '' };

type Kept = Extract<HostToPad, { type: 'kept' }>;
type PracticeIntent = Extract<PadToHost, { type: 'practice' }>;
type PickIntent = Extract<PadToHost, { type: 'pickFromAlphabet' }>;
type KeepIntent = Extract<PadToHost, { type: 'keep' }>;

/** A pad, wherever it stands: passes the user's intents on and the answers back. */
export class Pad implements PageContent<PadToHost, HostToPad>, vscode.Disposable {
  private readonly practice: Practice;
  private readonly disposables: { dispose(): unknown }[];
  /** What was inserted last, and the ink that it stands for. */
  private last: { readonly id: number; readonly chosen: Chosen; readonly inserted: Inserted } | undefined;
  /** What this pad shows as ghost text; the text '' is none. */
  private ghost: Chosen = NOTHING;
  private toldTarget: string | undefined;

  constructor(
    private readonly surface: PadSurface,
    private readonly recognition: Recognition,
    private readonly parts: PadParts,
  ) {
    this.practice = new Practice(parts.keeper);
    this.disposables = [
      recognition,
      settings.onDidChange(() => this.page.post(this.settingsMessage())),
      parts.models.onDidChange(() => this.modelChanged()),
      parts.targets.onDidChange(() => this.targetChanged()),
    ];
  }

  get isVisible(): boolean {
    return this.page.isVisible;
  }

  get isOpen(): boolean {
    return this.page.isOpen;
  }

  /** Shows the pad and gives it the keyboard. */
  async open(): Promise<void> {
    await this.surface.show();
    this.page.send({ type: 'command', command: 'focus' });
  }

  /** Asks something of the pad, which is shown first if it is not. */
  async ask(message: HostToPad): Promise<void> {
    if (!this.isVisible) await this.surface.show();
    this.page.send(message);
  }

  /** Asks for texts to be written, one after another. */
  async startPractice(texts: readonly string[]): Promise<void> {
    this.practice.begin(texts);
    await this.open();
    this.page.send(this.practice.task);
  }

  appeared(): void {
    void this.recognition.prepare();
  }

  hidden(): void {
    this.recognition.cancel();
    this.haunt(NOTHING);
    this.toldTarget = undefined;
    this.surface.focused(false);
  }

  closed(): void {
    this.surface.closed?.();
  }

  dispose(): void {
    this.haunt(NOTHING);
    this.last?.inserted.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  async receive(message: PadToHost): Promise<HostToPad | undefined> {
    const { writer, targets, places } = this.parts;
    switch (message.type) {
      case 'ready':
        return this.begin();
      case 'focus':
        this.surface.focused(message.focused);
        return;
      case 'begin':
        places.begin(targets.current);
        return;
      case 'recognize':
      case 'recognizePicture': {
        const read = await this.recognition.read(message, () => places.of(targets.current));
        return { type: 'candidates', id: message.id, ...read };
      }
      case 'alternatives': {
        const { id, at } = message;
        return { type: 'alternatives', id, at, readings: await this.recognition.alternatives(message) };
      }
      case 'preview':
        if (message.symbol !== undefined) await this.parts.symbolWriter.begin();
        this.haunt(message);
        return;
      case 'insert':
        // known since it was shown, unless the page is older than this window
        if (message.symbol !== undefined) await this.parts.symbolWriter.begin();
        return this.insert(message.id, message, message.correction);
      case 'replaceInserted':
        return this.replaceInserted(message.id, message);
      case 'takeBack':
        return this.takeBackInserted(message.id);
      case 'type':
        await writer.type(message.text);
        return;
      case 'edit':
        await writer.edit(message.edit);
        return;
      case 'chooseTarget':
        await chooseTarget(targets);
        return;
      case 'switch':
        if (message.setting === 'insertAfter') await this.parts.rest.turn(message.on);
        else await settings.setGuideLines(message.on);
        return this.settingsMessage();
      case 'alphabet':
        if (isAlphabetChoice(message.alphabet)) await chooseAlphabet(message.alphabet);
        // a choice that was given up must not stay on the pad
        return this.settingsMessage();
      case 'pickFromAlphabet':
        return this.pick(message);
      case 'keep':
        return this.keep(message);
      case 'undoKeep':
        return this.notKept();
      case 'givePicture':
        await vscode.commands.executeCommand(Command.recognizeImage, message.picture);
        return;
      case 'teach':
        return this.keepAs(message.label, message.drawn, message.isSymbol);
      case 'practice':
        return this.practiced(message);
    }
  }

  /** Takes back the sample that was kept last, and says so. */
  async undoKeep(): Promise<void> {
    const taken = await this.notKept();
    if (this.isOpen) this.page.send(taken);
    else vscode.window.setStatusBarMessage(`Scrawl: ${taken.message}`, 5000);
  }

  private get page(): Page<PadToHost, HostToPad> {
    return this.surface.page;
  }

  private modelChanged(): void {
    this.showModel();
    if (this.isVisible) void this.recognition.prepareOnce();
  }

  private begin(): HostToPad {
    void this.parts.models.look();
    this.showModel();
    this.tellTarget();
    return this.practice.task;
  }

  /** Says which models read, where they are not the bundled ones, and reads anew with them. */
  private showModel(): void {
    const names = this.parts.models.own.map(({ name }) => name);
    this.page.title = this.surface.title(names.length > 0 ? names.join(', ') : undefined);
    this.page.post(this.settingsMessage());
  }

  private settingsMessage(): HostToPad {
    const { alphabet, customAlphabet, insertAfter, notSureBelow, guideLines, penOnly, leftHanded } = settings;
    const ids = this.parts.models.own.map(({ id }) => id);
    return {
      type: 'settings',
      alphabet,
      customAlphabet,
      insertAfter,
      notSureBelow,
      guideLines,
      penOnly,
      leftHanded,
      ...(ids.length > 0 && { model: ids.join(' ') }),
    };
  }

  // --- where the text goes

  /** Says where the text goes, unless the page knows. */
  private tellTarget(): void {
    if (!this.isVisible) return;
    const { name, problem } = this.parts.targets.current;
    const told = JSON.stringify([name, problem]);
    if (told === this.toldTarget) return;
    this.toldTarget = told;
    this.page.post({
      type: 'target',
      ...(name !== undefined && { name }),
      ...(problem !== undefined && { problem }),
    });
  }

  private targetChanged(): void {
    this.tellTarget();
    this.haunt(this.ghost);
  }

  /** Shows what would be inserted at the cursor; the text '' is nothing. */
  private haunt(chosen: Chosen): void {
    const { ghost, targets, symbolWriter } = this.parts;
    const { current } = targets;
    if (chosen.text !== '') {
      ghost.show(current.editor, textAt(symbolWriter.insertable(chosen), current.surroundings));
    } else if (this.ghost.text !== '') ghost.clear();
    this.ghost = chosen;
  }

  // --- insertion

  private async pick({ id, of, correction }: PickIntent): Promise<HostToPad | undefined> {
    const { picker, finder } = this.parts;
    const hasInk = correction !== undefined;
    let chosen: Chosen | undefined;
    await this.page.tried(async () => {
      if (of === 'symbols') chosen = await finder.find(hasInk ? this.recognition : undefined);
      else chosen = await picker.pick(this.recognition, hasInk);
    });
    return chosen === undefined ? { type: 'notInserted', id } : this.insert(id, chosen, correction);
  }

  /** Inserts what was chosen, and tells the pad what became of it. */
  private async insert(
    id: number,
    wanted: Chosen,
    correction: Drawn | undefined,
  ): Promise<HostToPad | undefined> {
    const { writer, symbolWriter, targets } = this.parts;
    const chosen = chosenOf(wanted);
    this.haunt(NOTHING);
    let inserted: Inserted | undefined;
    // asked for at once: what is asked next goes behind it
    const { editor } = targets.current;
    const inserting = writer.insert(symbolWriter.insertable(chosen, this.last?.chosen));
    await this.page.tried(async () => {
      inserted = await inserting;
    });
    if (!inserted) return { type: 'notInserted', id };
    this.last?.inserted.dispose();
    this.last = { id, chosen, inserted };
    this.page.post({ type: 'inserted', id, ...chosen });
    // the answer is given: what fails from here on is no answer to the page's question
    await this.page.tried(async () => {
      if (settings.returnFocus) await targets.current.focus();
      await symbolWriter.wrote(chosen, editor?.document);
      if (correction && settings.keepCorrections) {
        this.page.post(await this.keepAs(chosen.text, correction, isSymbol(chosen)));
      }
    });
    return undefined;
  }

  private async replaceInserted(id: number, wanted: Chosen): Promise<HostToPad> {
    const { last } = this;
    const { writer, symbolWriter, targets } = this.parts;
    const chosen = chosenOf(wanted);
    const what = symbolWriter.insertable(chosen);
    const { editor } = targets.current;
    const done = last?.id === id && (await writer.change(() => last.inserted.replace(what)));
    if (!done) return { type: 'takenBack', id, done: false };
    this.last = { ...last, chosen };
    await symbolWriter.wrote(chosen, editor?.document);
    return { type: 'replaced', id, ...chosen };
  }

  private async takeBackInserted(id: number): Promise<HostToPad> {
    const { last } = this;
    const done = last?.id === id && (await this.parts.writer.change(() => last.inserted.takeBack()));
    return { type: 'takenBack', id, done };
  }

  // --- samples

  private async keep({
    id,
    drawn,
    suggestion,
    isSymbol: isOne = false,
  }: KeepIntent): Promise<HostToPad | undefined> {
    const ofSymbols = readsSymbols(settings.alphabet);
    const symbols = ofSymbols ? await this.parts.finder.labels() : [];
    const characters = (await this.recognition.classes()).map((label) => ({ label, isSymbol: false }));
    const first = suggestion === undefined ? [] : [{ label: suggestion, isSymbol: isOne }];
    const answer = await askLabel([...first, ...symbols, ...characters], ofSymbols);
    return answer && { ...(await this.keepAs(answer.label, drawn, answer.isSymbol)), id };
  }

  /** @param isOne whether the label, whatever its length, is one symbol */
  private async keepAs(label: string, drawn: Drawn, isOne = false): Promise<Kept> {
    if (isOne) await this.parts.keeper.keep(label, drawn);
    else await this.parts.keeper.keepText(label, drawn);
    const count = this.parts.keeper.countOf(label);
    const message = count > 1 ? `Kept as ${label} (${String(count)})` : `Kept as ${label}`;
    return { type: 'kept', message, canUndo: true };
  }

  private async notKept(): Promise<Kept> {
    const label = await this.parts.keeper.undo();
    const message = label === undefined ? 'There is no kept sample to take back.' : `Not kept: ${label}`;
    return { type: 'kept', message, canUndo: false };
  }

  private async practiced({ action, drawn }: PracticeIntent): Promise<undefined> {
    const answering = this.practice.answer(action, drawn);
    this.page.post(this.practice.task);
    await answering.finally(() => this.page.post(this.practice.task));
  }
}
