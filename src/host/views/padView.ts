import * as vscode from 'vscode';
import {
  type Drawn,
  type HostToPad,
  type PadToHost,
  padToHostSchema,
  type RecognizeIntent,
} from '../../protocol/pad';
import type { Point } from '../../protocol/ink';
import { isAlphabetChoice } from '../alphabet';
import { chooseAlphabet } from '../commands/selectAlphabet';
import { pickCharacter } from '../commands/pickCharacter';
import type { StoredSample } from '../datasets/sampleReader';
import { Cancelled } from '../errors';
import type { Keeper } from '../keeper';
import type { ModelInUse } from '../models/modelInUse';
import { Command, ContextKey, View } from '../names';
import { Practice } from '../personal/practice';
import type { Recognition } from '../recognition';
import { report, sentenceFor } from '../report';
import { settings } from '../settings';
import type { Writer } from '../writer';
import { showPage } from './webviewPage';

/** The pad in the sidebar: passes the person's intents on and the answers back. */
export class PadView implements vscode.WebviewViewProvider, vscode.Disposable {
  private webview: vscode.Webview | undefined;
  private view: vscode.WebviewView | undefined;
  /** What was asked of the pad while it was not on screen. */
  private waiting: HostToPad[] = [];
  private readonly practice: Practice;
  private readonly disposables: vscode.Disposable[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly recognition: Recognition,
    private readonly writer: Writer,
    private readonly keeper: Keeper,
    private readonly model: ModelInUse,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.practice = new Practice(keeper);
    this.disposables.push(
      vscode.window.registerWebviewViewProvider(View.pad, this),
      settings.onDidChange(() => this.post(this.settingsMessage())),
      model.onDidChange(() => this.showModel()),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    this.view = view;
    this.showModel();
    void this.model.look();
    webview.onDidReceiveMessage((message) => void this.receive(webview, message));
    view.onDidChangeVisibility(() => {
      // a hidden page is gone; when shown again it starts anew and says that it is ready
      if (!view.visible) this.leave();
    });
    view.onDidDispose(() => {
      this.view = undefined;
      this.leave();
    });
    showPage(webview, this.extensionUri, 'pad');
  }

  /** Shows the pad and gives it the keyboard. */
  async open(): Promise<void> {
    await vscode.commands.executeCommand(`${View.pad}.focus`);
    this.send({ type: 'command', command: 'focus' });
  }

  /** Asks something of the pad, which is shown first if it is not. */
  async ask(message: HostToPad): Promise<void> {
    if (!this.webview) await vscode.commands.executeCommand(`${View.pad}.focus`);
    this.send(message);
  }

  /** Asks for characters to be drawn, one after another. */
  async practise(characters: readonly string[]): Promise<void> {
    this.practice.begin(characters);
    await this.open();
    this.send(this.practice.task);
  }

  /** Lays a sample on the pad, which reads it as if it was drawn there. */
  showSample(sample: StoredSample): Promise<void> {
    if (sample.kind === 'images') {
      const { width, height, pixels } = sample;
      return this.ask({ type: 'showPicture', picture: { width, height, pixels: [...pixels] } });
    }
    const ink = sample.ink.map((stroke) => stroke.map((point) => [...point] as Point));
    const { penWidth } = sample;
    return this.ask({ type: 'showInk', ink, ...(penWidth !== undefined && { penWidth }) });
  }

  dispose(): void {
    this.leave();
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Sends now, or as soon as the pad is there. */
  private send(message: HostToPad): void {
    if (this.webview) this.post(message);
    else this.waiting.push(message);
  }

  private post(message: HostToPad): void {
    void this.webview?.postMessage(message);
  }

  /** Says which model reads, where it is not the bundled one, and reads anew with it. */
  private showModel(): void {
    if (this.view) this.view.description = this.model.name ?? '';
    this.post(this.settingsMessage());
  }

  private settingsMessage(): HostToPad {
    const { alphabet, customAlphabet, insertAfter, notSureBelow } = settings;
    const { id } = this.model;
    const model = id === undefined ? {} : { model: id };
    return { type: 'settings', alphabet, customAlphabet, insertAfter, notSureBelow, ...model };
  }

  private leave(): void {
    this.webview = undefined;
    this.recognition.cancel();
    setFocused(false);
  }

  private async receive(webview: vscode.Webview, data: unknown): Promise<void> {
    const message = padToHostSchema.safeParse(data);
    if (!message.success) {
      this.log.error(`the pad sent what it may not: ${message.error.message}`);
      return;
    }
    try {
      await this.handle(webview, message.data);
    } catch (error) {
      this.report(error);
    }
  }

  private async handle(webview: vscode.Webview, message: PadToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.webview = webview;
        this.post(this.settingsMessage());
        this.post(this.practice.task);
        for (const waiting of this.waiting.splice(0)) this.post(waiting);
        return;
      case 'focus':
        setFocused(message.focused);
        return;
      case 'recognize':
      case 'recognizePicture':
        await this.recognize(message);
        return;
      case 'insert':
        await this.insert(message.id, message.correction, () => Promise.resolve(message.text));
        return;
      case 'edit':
        await this.writer.edit(message.edit);
        return;
      case 'alphabet':
        if (isAlphabetChoice(message.alphabet)) await chooseAlphabet(message.alphabet);
        // a choice that was given up must not stay on the pad
        this.post(this.settingsMessage());
        return;
      case 'pickFromAlphabet':
        await this.insert(message.id, message.correction, () => pickCharacter(this.recognition));
        return;
      case 'keep':
        await this.keep(message.drawn, message.suggestion);
        return;
      case 'undoKeep':
        await this.undoKeep();
        return;
      case 'givePicture':
        await vscode.commands.executeCommand(Command.recognizeImage, message.picture);
        return;
      case 'teach':
        await this.keeper.keep(message.label, message.drawn);
        this.post({ type: 'kept', message: `Kept as ${message.label}`, canUndo: true });
        return;
      case 'practise': {
        const answering = this.practice.answer(message.action, message.drawn);
        this.post(this.practice.task);
        await answering.finally(() => this.post(this.practice.task));
      }
    }
  }

  private async recognize(intent: RecognizeIntent): Promise<void> {
    try {
      const { candidates, picture } = await this.recognition.recognize(intent);
      this.post({ type: 'candidates', id: intent.id, candidates, picture });
    } catch (error) {
      if (error instanceof Cancelled) return;
      this.post({ type: 'failed', id: intent.id, message: this.sentence(error) });
    }
  }

  /** Inserts what `choose` gives, if anything, and tells the pad what became of it. */
  private async insert(
    id: number,
    correction: Drawn | undefined,
    choose: () => Promise<string | undefined>,
  ): Promise<void> {
    let inserted: string | undefined;
    try {
      const text = await choose();
      if (text !== undefined && (await this.writer.insert(text))) inserted = text;
    } finally {
      this.post(
        inserted === undefined ? { type: 'notInserted', id } : { type: 'inserted', id, text: inserted },
      );
    }
    if (inserted === undefined || !correction || !settings.keepCorrections) return;
    await this.keeper.keep(inserted, correction);
    this.post({ type: 'kept', message: `Inserted ${inserted} and kept it`, canUndo: true });
  }

  private async keep(drawn: Drawn, suggestion: string | undefined): Promise<void> {
    const label = await this.keeper.ask(drawn, suggestion);
    if (label !== undefined) this.post({ type: 'kept', message: `Kept as ${label}`, canUndo: true });
  }

  /** Takes back the sample that was kept last, and says so. */
  async undoKeep(): Promise<void> {
    const label = await this.keeper.undo();
    const message = label === undefined ? 'There is no kept sample to take back.' : `Not kept: ${label}`;
    if (this.view) this.send({ type: 'kept', message, canUndo: false });
    else vscode.window.setStatusBarMessage(`Scrawl: ${message}`, 5000);
  }

  private report(error: unknown): void {
    report(error, this.log);
  }

  private sentence(error: unknown): string {
    return sentenceFor(error, this.log);
  }
}

function setFocused(focused: boolean): void {
  void vscode.commands.executeCommand('setContext', ContextKey.padFocused, focused);
}
