import * as vscode from 'vscode';
import {
  type GivenPicture,
  type HostToImage,
  type ImageToHost,
  imageToHostSchema,
} from '../../protocol/imageView';
import type { ImageOptions } from '../../protocol/image';
import { isAlphabetChoice } from '../alphabet';
import { choosePicture } from '../commands/recognizeImage';
import { chooseAlphabet } from '../commands/selectAlphabet';
import { Cancelled } from '../errors';
import type { ImageRecognition } from '../images/imageRecognition';
import type { PictureFiles } from '../images/pictureFiles';
import { View } from '../names';
import { sentenceFor } from '../report';
import { settings } from '../settings';
import type { Writer } from '../writer';
import { showPage } from './webviewPage';

export interface ImageParts {
  extensionUri: vscode.Uri;
  recognition: ImageRecognition;
  files: PictureFiles;
  writer: Writer;
  log: vscode.LogOutputChannel;
}

/** The editor tabs in which the characters of pictures are read and corrected. */
export class ImagePanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: ImageParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(View.image, this);
  }

  /** Opens a picture in a tab of its own, beside the text that its characters go to; without one, a tab that takes one. */
  async show(given: vscode.Uri | GivenPicture | undefined): Promise<void> {
    const picture = given && (await pictureOf(given, this.parts.files));
    const beside = vscode.window.activeTextEditor !== undefined;
    const panel = vscode.window.createWebviewPanel(
      View.image,
      'Recognise Image',
      beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
    );
    new ImagePanel(panel, this.parts, picture);
  }

  /** After a reload of the window VS Code brings the tabs back, and what their pages kept. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    new ImagePanel(panel, this.parts, undefined);
    return Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
  }
}

/** The file of a picture, however it was given. */
function pictureOf(given: vscode.Uri | GivenPicture, files: PictureFiles): Promise<vscode.Uri> {
  if (given instanceof vscode.Uri) return files.fileOf(given);
  if ('uri' in given) return files.fileOf(vscode.Uri.parse(given.uri));
  return files.keep(given.name, given.bytes);
}

/** One tab: reads its picture, and boxes of it anew. */
class ImagePanel {
  private options: ImageOptions = { pen: 'auto', threshold: 'otsu' };
  private reading: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: ImageParts,
    private picture: vscode.Uri | undefined,
  ) {
    const { webview } = panel;
    webview.onDidReceiveMessage((message) => void this.receive(message));
    const settingsChange = settings.onDidChange(() => this.postAlphabet());
    panel.onDidDispose(() => {
      settingsChange.dispose();
      this.reading?.cancel();
      if (this.picture) void parts.files.forget(this.picture);
    });
    showPage(webview, parts.extensionUri, 'image');
  }

  private post(message: HostToImage): void {
    void this.panel.webview.postMessage(message);
  }

  private postAlphabet(): void {
    this.post({ type: 'alphabet', alphabet: settings.alphabet });
  }

  private async receive(data: unknown): Promise<void> {
    const message = imageToHostSchema.safeParse(data);
    if (!message.success) {
      this.parts.log.error(`the view of a picture sent what it may not: ${message.error.message}`);
      return;
    }
    try {
      await this.handle(message.data);
    } catch (error) {
      if (!(error instanceof Cancelled))
        this.post({ type: 'done', message: sentenceFor(error, this.parts.log) });
    }
  }

  private async handle(message: ImageToHost): Promise<void> {
    const { writer, files } = this.parts;
    switch (message.type) {
      case 'ready':
        this.postAlphabet();
        if (message.options) this.options = message.options;
        if (!this.picture && message.uri !== undefined) {
          this.picture = await files.fileOf(vscode.Uri.parse(message.uri));
        }
        return this.read();
      case 'options':
        this.options = message.options;
        return this.read();
      case 'alphabet':
        if (isAlphabetChoice(message.alphabet)) await chooseAlphabet(message.alphabet);
        this.postAlphabet();
        return this.read();
      case 'choose': {
        const chosen = await choosePicture();
        return chosen && this.take(await files.fileOf(chosen));
      }
      case 'give':
        return this.take(await pictureOf(message.picture, files));
      case 'cancel':
        this.reading?.cancel();
        return;
      case 'box':
        return this.readBox(message);
      case 'insert':
        if (await writer.insert(message.text)) this.post({ type: 'done', message: 'Inserted.' });
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        this.post({ type: 'done', message: 'Copied.' });
    }
  }

  private async take(picture: vscode.Uri): Promise<void> {
    if (this.picture) await this.parts.files.forget(this.picture);
    this.picture = picture;
    await this.read();
  }

  private async read(): Promise<void> {
    const { picture, options } = this;
    if (!picture) return;
    this.reading?.cancel();
    const reading = new vscode.CancellationTokenSource();
    this.reading = reading;
    const name = this.parts.files.nameOf(picture);
    this.panel.title = name;
    this.post({ type: 'reading', name });
    try {
      const result = await this.parts.recognition.read(picture.fsPath, options, reading.token);
      this.post({ type: 'read', uri: picture.toString(), name, options, result });
    } catch (error) {
      // another reading has taken this one's place
      if (this.reading !== reading) return;
      const cancelled = error instanceof Cancelled;
      this.post({
        type: 'failed',
        message: cancelled ? 'Stopped: choose the picture again.' : sentenceFor(error, this.parts.log),
      });
    } finally {
      reading.dispose();
      if (this.reading === reading) this.reading = undefined;
    }
  }

  private async readBox({ id, box, split, ruling }: Extract<ImageToHost, { type: 'box' }>): Promise<void> {
    let characters: Extract<HostToImage, { type: 'box' }>['characters'] = [];
    try {
      if (!this.picture) return;
      const { fsPath } = this.picture;
      characters = await this.parts.recognition.readBox(fsPath, this.options, { box, split, ruling });
    } finally {
      this.post({ type: 'box', id, characters });
    }
  }
}
