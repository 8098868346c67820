import { html } from 'lit';
import { query } from 'lit/decorators.js';
import type { GalleryToHost, HostToGallery } from '../../src/protocol/pages/gallery';
import { PageElement } from '../base/pageElement';
import '../judged/judgedSamples';
import { type JudgedSamples, type SamplesState, samplesStateSchema } from '../judged/judgedSamples';

/** The samples behind a figure, in a tab of their own. */
export default class Gallery extends PageElement<GalleryToHost, HostToGallery, SamplesState> {
  @query('scrawl-judged-samples') private readonly samples!: JudgedSamples;

  protected override readonly savedSchema = samplesStateSchema;
  private saved: SamplesState | undefined;

  protected override begin(saved: SamplesState | undefined): { type: 'ready' } {
    this.saved = saved;
    return { type: 'ready' };
  }

  override render() {
    return html`<scrawl-judged-samples
      .tell=${(message: GalleryToHost) => this.tell(message)}
      .notice=${this.notice}
      @save=${() => this.saveSoon()}
      @heed=${() => (this.notice = undefined)}
    ></scrawl-judged-samples>`;
  }

  override firstUpdated(): void {
    this.samples.saved = this.saved;
  }

  protected override toSave(): SamplesState | undefined {
    return this.samples.state;
  }

  protected override receive(message: HostToGallery): void {
    this.samples.take(message);
  }

  protected override keyAction(event: KeyboardEvent, target: Element | undefined): (() => void) | undefined {
    return this.samples.keyAction(event, target);
  }
}
