import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type ClassSource,
  type HostToPreview,
  hostToPreviewSchema,
  type PictureOptions,
  type PreviewedPicture,
  type PreviewToHost,
} from '../../src/protocol/importPreview';
import { Host } from '../host';
import { watchTheme } from '../theme';
import '../greyPicture';

const PENS: readonly (readonly [PictureOptions['pen'], string])[] = [
  ['auto', 'Pen found by itself'],
  ['dark', 'Dark pen on light paper'],
  ['light', 'Light pen on dark paper'],
];
const THRESHOLDS: readonly (readonly [PictureOptions['threshold'], string])[] = [
  ['otsu', 'Strokes of even strength'],
  ['local', 'Strokes that fade'],
];

const SIZES: readonly (readonly [PictureOptions['size'], string])[] = [
  ['normalized', '28×28 as EMNIST'],
  ['keep', 'As large as they are'],
];
const CLASSES: readonly (readonly [ClassSource, string])[] = [
  ['auto', 'Class found by itself'],
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
@customElement('scrawl-import-preview')
export class ImportPreview extends LitElement {
  @state() private shown: HostToPreview | undefined;
  /** Whether other options are being tried. */
  @state() private working = true;

  private readonly host = new Host<PreviewToHost, HostToPreview>(hostToPreviewSchema);

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'main');
    this.host.listen((message) => this.receive(message));
    watchTheme(() => {
      for (const picture of this.querySelectorAll('scrawl-grey-picture')) picture.requestUpdate();
    });
    this.host.tell({ type: 'ready' });
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { shown } = this;
    if (!shown) return html`<p class="nothing" role="status">Reading some of the pictures…</p>`;
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
          <button class="control" @click=${() => this.host.tell({ type: 'cancel' })}>Cancel</button>
          <button
            class="control primary"
            ?disabled=${shown.type === 'failed'}
            @click=${() => this.host.tell({ type: 'import' })}
          >
            Import
          </button>
        </div>
      </header>
      ${shown.type === 'failed' ? html`<p class="failure" role="alert">${shown.message}</p>` : this.pictures(shown)}`;
  }

  private pictures({ pictures, problems }: Extract<HostToPreview, { type: 'preview' }>) {
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
    this.host.tell({ type: 'options', options });
  }

  private receive(message: HostToPreview): void {
    this.shown = message;
    this.working = false;
  }
}

function summary(shown: HostToPreview): string {
  if (shown.type === 'failed') return 'Nothing to import yet';
  return `${shown.pictures.length} of ${shown.total.toLocaleString('en')} pictures, before and after`;
}

function pair({ name, label, original, result, problem }: PreviewedPicture) {
  return html`<li class="pair" title=${problem ?? name}>
    <span class="pictures">
      ${original ? html`<scrawl-grey-picture .picture=${original}></scrawl-grey-picture>` : nothing}
      ${
        result
          ? html`<scrawl-grey-picture ink .picture=${result}></scrawl-grey-picture>`
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

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-import-preview': ImportPreview;
  }
}
