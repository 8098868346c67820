import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type HostToPreview,
  hostToPreviewSchema,
  type PictureOptions,
  type Preview,
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

/** What an import would make of some pictures, before it does. */
@customElement('scrawl-import-preview')
export class ImportPreview extends LitElement {
  @state() private preview: Preview | undefined;
  @state() private failure: string | undefined;
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
    const { preview, failure } = this;
    if (failure !== undefined) return html`<p class="nothing failure" role="alert">${failure}</p>`;
    if (!preview) return html`<p class="nothing" role="status">Reading some of the pictures…</p>`;
    const { pictures, total, options, problems } = preview;
    const unreadable = pictures.filter(({ problem }) => problem !== undefined);
    return html`<header>
        <h1>Import “${preview.name}”</h1>
        <p class="caption" role="status">
          ${this.working ? 'Reading…' : `${pictures.length} of ${total.toLocaleString('en')} pictures, before and after`}
        </p>
        <div class="options">
          ${this.select('Pen', PENS, options.pen, (pen) => ({ ...options, pen }))}
          ${this.select('Threshold', THRESHOLDS, options.threshold, (threshold) => ({ ...options, threshold }))}
          <span class="space"></span>
          <button class="control" @click=${() => this.host.tell({ type: 'cancel' })}>Cancel</button>
          <button class="control primary" @click=${() => this.host.tell({ type: 'import' })}>Import</button>
        </div>
      </header>
      <ul class="pairs" aria-label="Pictures before and after" aria-busy=${this.working}>
        ${pictures.map((picture) => pair(picture))}
      </ul>
      ${list(
        'Left out of these',
        unreadable.map(({ name, problem }) => `${name}: ${problem}`),
      )}
      ${list('Without a class', problems)}`;
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
    if (message.type === 'failed') {
      this.failure = message.message;
      return;
    }
    this.preview = message;
    this.working = false;
  }
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
