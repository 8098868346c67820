import * as vscode from 'vscode';
import { characterAlphabet, isAlphabetChoice } from '../../base/alphabet';
import { counted } from '../../base/words';
import {
  type Correction,
  type GivenPicture,
  type HostToImage,
  type ImageToHost,
  imageToHostSchema,
} from '../../protocol/pages/image';
import type { ImageOptions } from '../../protocol/pageText';
import { choosePicture } from './choosePicture';
import { chooseAlphabet } from '../pad/selectAlphabet';
import { Canceled } from '../../protocol/failures';
import type { ImageRecognition } from './imageRecognition';
import type { PictureFiles } from './pictureFiles';
import { sentenceFor } from '../shell/report';
import { settings } from '../shell/settings';
import type { Keeper } from '../samples/keeper';
import type { Writer } from '../pad/writer';
import type { Page, PageContent } from '../shell/page';
import type { Shell } from '../shell/shell';
import { Tabs } from '../shell/tabs';

export interface ImageParts {
  readonly recognition: ImageRecognition;
  readonly files: PictureFiles;
  readonly writer: Writer;
  readonly keeper: Pick<Keeper, 'keepText'>;
}

interface Shown {
  readonly picture?: vscode.Uri | undefined;
}

/** The editor tabs in which the characters of pictures are read and corrected. */
export class ImageTabs implements vscode.Disposable {
  private readonly tabs: Tabs<ImageToHost, HostToImage, Shown>;

  constructor(
    shell: Shell,
    private readonly parts: ImageParts,
  ) {
    this.tabs = new Tabs<ImageToHost, HostToImage, Shown>(shell, {
      name: 'image',
      messages: imageToHostSchema,
      title: () => 'Recognize Image',
      // its page has kept which picture it was
      restore: () => ({}),
      column: () => (vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active),
      open: (page, { picture }) => new ImageTab(page, parts, shell, picture),
    });
  }

  /** Opens a picture in a tab of its own, beside the text that its characters go to; without one, a tab that takes one. */
  async show(given: vscode.Uri | GivenPicture | undefined): Promise<void> {
    this.tabs.show({ picture: given && (await pictureOf(given, this.parts.files)) });
  }

  dispose(): void {
    this.tabs.dispose();
  }
}

/** The file of a picture, however it was given. */
function pictureOf(given: vscode.Uri | GivenPicture, files: PictureFiles): Promise<vscode.Uri> {
  if (given instanceof vscode.Uri) return files.fileOf(given);
  if ('uri' in given) return files.fileOf(vscode.Uri.parse(given.uri));
  return files.keep(given.name, given.bytes);
}

/** One tab: reads its picture, and boxes of it anew. */
class ImageTab implements PageContent<ImageToHost, HostToImage> {
  private options: ImageOptions = { pen: 'auto', threshold: 'otsu' };
  private reading: AbortController | undefined;
  private readonly settingsChange: vscode.Disposable;

  constructor(
    private readonly page: Page<ImageToHost, HostToImage>,
    private readonly parts: ImageParts,
    private readonly shell: Pick<Shell, 'log'>,
    private picture: vscode.Uri | undefined,
  ) {
    this.settingsChange = settings.onDidChange(() => this.postAlphabet());
  }

  closed(): void {
    this.settingsChange.dispose();
    this.reading?.abort();
    if (this.picture) void this.parts.files.forget(this.picture);
  }

  private postAlphabet(): void {
    this.page.post({ type: 'alphabet', alphabet: characterAlphabet(settings.alphabet) });
  }

  async receive(message: ImageToHost): Promise<HostToImage | undefined> {
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
        return chosen && this.replace(await files.fileOf(chosen));
      }
      case 'give':
        return this.replace(await pictureOf(message.picture, files));
      case 'cancel':
        this.reading?.abort();
        return;
      case 'box':
        return this.readBox(message);
      case 'keep':
        return this.keep(message.corrections);
      case 'insert':
        return (await writer.insert(message.text)) ? { type: 'done', message: 'Inserted.' } : undefined;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return { type: 'done', message: 'Copied.' };
    }
  }

  private async replace(picture: vscode.Uri): Promise<HostToImage | undefined> {
    if (this.picture) await this.parts.files.forget(this.picture);
    this.picture = picture;
    return this.read();
  }

  private async read(): Promise<HostToImage | undefined> {
    const { picture, options } = this;
    if (!picture) return undefined;
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    const name = this.parts.files.nameOf(picture);
    this.page.title = name;
    this.page.post({ type: 'reading', name });
    try {
      const result = await this.parts.recognition.read(picture.fsPath, options, reading.signal);
      return { type: 'read', uri: picture.toString(), name, options, result };
    } catch (error) {
      // another reading has taken this one's place
      if (this.reading !== reading) return undefined;
      const canceled = error instanceof Canceled;
      return {
        type: 'unread',
        message: canceled ? 'Stopped: choose the picture again.' : sentenceFor(error, this.shell.log),
      };
    } finally {
      if (this.reading === reading) this.reading = undefined;
    }
  }

  private async readBox({
    id,
    box,
    split,
    ruling,
  }: Extract<ImageToHost, { type: 'box' }>): Promise<HostToImage | undefined> {
    if (!this.picture) return { type: 'box', id, characters: [] };
    const { fsPath } = this.picture;
    const characters = await this.parts.recognition.readBox(fsPath, this.options, { box, split, ruling });
    return { type: 'box', id, characters };
  }

  /** Keeps the ink of what the user corrected among the samples of their handwriting. */
  private async keep(corrections: readonly Correction[]): Promise<HostToImage | undefined> {
    if (!this.picture) return undefined;
    const { recognition, keeper } = this.parts;
    const boxes = corrections.map(({ box }) => box);
    const inks = await recognition.inksOf(this.picture.fsPath, this.options, boxes);
    const kept: Correction[] = [];
    for (const [at, correction] of corrections.entries()) {
      const drawn = inks[at];
      if (!drawn) continue;
      await keeper.keepText(correction.label, drawn);
      kept.push(correction);
    }
    const without = corrections.length - kept.length;
    const left = without > 0 ? `; ${counted(without, 'box', 'boxes')} without strokes left out` : '';
    return { type: 'kept', corrections: kept, message: `Kept ${counted(kept.length, 'sample')}${left}.` };
  }
}
