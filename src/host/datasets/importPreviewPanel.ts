import {
  type HostToPreview,
  type PictureOptions,
  type PreviewToHost,
  previewToHostSchema,
  USUAL_PICTURE_OPTIONS,
} from '../../protocol/pages/importPreview';
import type { Importer } from './importer';
import type { Page, PageContent } from '../shell/page';
import { sentenceFor } from '../shell/report';
import type { Shell } from '../shell/shell';
import { Tabs } from '../shell/tabs';

/** Pictures that are shown before and after. */
const SHOWN = 48;

/** An import of pictures that is looked at first. */
interface Previewed {
  readonly location: string;
  readonly name: string;
  /** Told what the user settled on; undefined where they want no import. */
  readonly settle: (options: PictureOptions | undefined) => void;
}

/** Shows in editor tabs what an import of pictures would make of some of them. */
export class ImportPreviews {
  private readonly tabs: Tabs<PreviewToHost, HostToPreview, Previewed>;

  constructor(shell: Shell, importer: Importer) {
    this.tabs = new Tabs<PreviewToHost, HostToPreview, Previewed>(shell, {
      name: 'importPreview',
      messages: previewToHostSchema,
      title: ({ name }) => `Import ${name}`,
      open: (page, previewed) => new ImportPreview(page, previewed, importer, shell),
    });
  }

  /** @returns the options that the user settled on; undefined where they want no import */
  ask(location: string, name: string): Promise<PictureOptions | undefined> {
    return new Promise((settle) => this.tabs.show({ location, name, settle }));
  }

  dispose(): void {
    this.tabs.dispose();
  }
}

class ImportPreview implements PageContent<PreviewToHost, HostToPreview> {
  private options = USUAL_PICTURE_OPTIONS;
  private abort = new AbortController();

  constructor(
    private readonly page: Page<PreviewToHost, HostToPreview>,
    private readonly previewed: Previewed,
    private readonly importer: Importer,
    private readonly shell: Pick<Shell, 'log'>,
  ) {}

  async receive(message: PreviewToHost): Promise<HostToPreview | undefined> {
    switch (message.type) {
      case 'ready':
        return this.preview();
      case 'options':
        this.options = message.options;
        return this.preview();
      case 'import':
        this.previewed.settle(this.options);
        this.page.close();
        return;
      case 'cancel':
        this.page.close();
        return;
    }
  }

  closed(): void {
    this.abort.abort();
    this.previewed.settle(undefined);
  }

  private async preview(): Promise<HostToPreview | undefined> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    const { options } = this;
    const { location, name } = this.previewed;
    try {
      const preview = await this.importer.preview({ location, pictures: options, most: SHOWN }, signal);
      return { type: 'preview', name, options, ...preview };
    } catch (error) {
      if (signal.aborted) return undefined;
      return { type: 'unreadable', name, options, message: sentenceFor(error, this.shell.log) };
    }
  }
}
