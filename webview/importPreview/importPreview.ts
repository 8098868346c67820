import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { counted } from '../../src/base/words';
import type {
  ClassSource,
  HostToPreview,
  PictureOptions,
  Preview,
  PreviewedPicture,
  PreviewToHost,
} from '../../src/protocol/pages/importPreview';
import { PageElement } from '../base/pageElement';
import '../base/grayPicture';

const PENS: readonly (readonly [PictureOptions['pen'], string])[] = [
  ['auto', 'Detect pen'],
  ['dark', 'Dark pen on light paper'],
  ['light', 'Light pen on dark paper'],
];
const THRESHOLDS: readonly (readonly [PictureOptions['threshold'], string])[] = [
  ['otsu', 'Even strokes'],
  ['local', 'Fading strokes'],
];

const SIZES: readonly (readonly [PictureOptions['size'], string])[] = [
  ['normalized', '28×28 as EMNIST'],
  ['keep', 'As large as they are'],
];
const CLASSES: readonly (readonly [ClassSource, string])[] = [
  ['auto', 'Detect classes'],
  ['text', 'Folder names are classes'],
  ['hex', 'Folders are code points: 41'],
  ['numbers', 'Folders are numbered: 0, 1, …'],
  ['first', 'File names begin with it: A_1'],
  ['last', 'File names end with it: 1_A'],
  ['middle', 'Before a number: char_A_1'],
  ['expression', 'Regular expression…'],
];
/** What has to be written for some of them. */
const WRITTEN: Partial<Record<ClassSource, { label: string; example: string }>> = {
  numbers: { label: 'Characters that 0, 1, 2 and so on stand for', example: '0123456789ABC' },
  expression: { label: 'Expression for file names, the class in brackets', example: '^\\d+_(.)_' },
};

/** What an import would make of some pictures, before it does. */
export default class ImportPreview extends PageElement<PreviewToHost, HostToPreview> {
  @state() private shown: Preview | undefined;
  /** Whether other options are being tried. */
  @state() private working = true;

  protected override begin(): { type: 'ready' } {
    return { type: 'ready' };
  }

  override render() {
    const { shown } = this;
    if (!shown) {
      return html`<p class="nothing" role="status">${this.failure ?? 'Reading some of the pictures…'}</p>`;
    }
    const { name, options } = shown;
    return html`<header>
        <h1>Import “${name}”</h1>
        <p class="caption" role="status">${this.working ? 'Reading…' : summary(shown)}</p>
        <div class="options">
          ${this.select('Class', CLASSES, options.classes, (classes) => ({ ...options, classes, text: '' }))}
          ${this.written(options)} ${this.select('Pen', PENS, options.pen, (pen) => ({ ...options, pen }))}
          ${this.select('Threshold', THRESHOLDS, options.threshold, (threshold) => ({ ...options, threshold }))}
          ${this.select('Size', SIZES, options.size, (size) => ({ ...options, size }))}
          <span class="space"></span>
          <button class="control" @click=${() => this.tell({ type: 'cancel' })}>Cancel</button>
          <button
            class="control primary"
            ?disabled=${shown.type === 'unreadable'}
            @click=${() => this.tell({ type: 'import' })}
          >
            Import
          </button>
        </div>
      </header>
      ${this.alert()}
      ${shown.type === 'unreadable' ? html`<p class="failure" role="alert">${shown.message}</p>` : this.pictures(shown)}`;
  }

  private pictures({ pictures, problems }: Extract<Preview, { type: 'preview' }>) {
    const unreadable = pictures.filter(({ problem }) => problem !== undefined);
    return html`<ul class="pairs" aria-label="Pictures before and after" aria-busy=${this.working}>
        ${pictures.map((picture) => pair(picture))}
      </ul>
      ${list(
        'Left out of these',
        unreadable.map(({ name, problem }) => `${name}: ${problem}`),
      )}
      ${list('Without a class', problems)}`;
  }

  /** What the chosen source of classes needs to be told. */
  private written(options: PictureOptions) {
    const wanted = WRITTEN[options.classes];
    if (!wanted) return nothing;
    return html`<input
      class="written"
      aria-label=${wanted.label}
      title=${wanted.label}
      placeholder=${wanted.example}
      autocomplete="off"
      spellcheck="false"
      .value=${options.text}
      @change=${(event: Event) => this.tryOut({ ...options, text: (event.target as HTMLInputElement).value })}
    />`;
  }

  private select<V extends string>(
    label: string,
    choices: readonly (readonly [V, string])[],
    value: V,
    chosen: (value: V) => PictureOptions,
  ) {
    return html`<vscode-single-select
      label=${label}
      title=${label}
      .value=${value}
      @change=${(event: Event) => this.tryOut(chosen((event.target as VscodeSingleSelect).value as V))}
    >
      ${choices.map(
        ([each, text]) =>
          html`<vscode-option value=${each} ?selected=${each === value}>${text}</vscode-option>`,
      )}
    </vscode-single-select>`;
  }

  private tryOut(options: PictureOptions): void {
    this.working = true;
    this.notice = undefined;
    this.tell({ type: 'options', options });
  }

  protected override receive(message: HostToPreview): void {
    this.working = false;
    if (message.type !== 'failed') this.shown = message;
  }
}

function summary(shown: Preview): string {
  if (shown.type === 'unreadable') return 'Nothing to import yet';
  return `${shown.pictures.length} of ${counted(shown.total, 'picture')}, before and after`;
}

function pair({ name, label, original, result, problem }: PreviewedPicture) {
  return html`<li class="pair" title=${problem ?? name}>
    <span class="pictures">
      ${original ? html`<scrawl-gray-picture .picture=${original}></scrawl-gray-picture>` : nothing}
      ${
        result
          ? html`<scrawl-gray-picture ink .picture=${result}></scrawl-gray-picture>`
          : html`<span class="unreadable codicon codicon-error" role="img" aria-label="left out"></span>`
      }
    </span>
    <span class="label">${label}</span>
    <span class="name">${name}</span>
  </li>`;
}

function list(title: string, sentences: readonly string[]) {
  if (sentences.length === 0) return nothing;
  return html`<section class="problems">
    <h2>${title}</h2>
    <ul>
      ${sentences.slice(0, 100).map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
  </section>`;
}
