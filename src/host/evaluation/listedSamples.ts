import type { ChosenSamples, EvaluationToHost, HostToEvaluation } from '../../protocol/pages/evaluation';
import type { GalleryToHost, HostToGallery } from '../../protocol/pages/gallery';
import type { Page } from '../shell/page';
import type { TabContent } from '../shell/tabs';
import type { EvaluationSpec } from './evaluationSpec';

/** Samples of an evaluation that somebody wants to look at. */
export interface AskedSamples {
  readonly evaluation: EvaluationSpec;
  readonly samples: ChosenSamples;
}

/** What samples that are listed may do with the page that they stand on. */
export type SamplesPage = Pick<Page<GalleryToHost, HostToGallery>, 'post' | 'tried' | 'title'>;

/** What stands behind samples, wherever they are listed. */
export type SamplesContent = TabContent<GalleryToHost, HostToGallery, { readonly spec: AskedSamples }>;

/** Lists samples on a page. */
export type ListSamples = (page: SamplesPage, asked: AskedSamples) => SamplesContent;

/** The samples on a page that shows more than these: what is told of them goes inside the page's own messages. */
export class ListedSamples {
  private content: SamplesContent | undefined;

  constructor(
    private readonly page: Pick<Page<EvaluationToHost, HostToEvaluation>, 'post' | 'tried'>,
    private readonly list: ListSamples,
  ) {}

  /** Lists these from now on. */
  async show(asked: AskedSamples): Promise<void> {
    if (this.content?.again) {
      this.content.again({ spec: asked });
      return;
    }
    const { page } = this;
    this.content = this.list(
      {
        post: (message) => page.post({ type: 'samples', message }),
        tried: (work) => page.tried(work),
        // the page has a title of its own
        title: '',
      },
      asked,
    );
    await this.content.receive({ type: 'ready' });
  }

  /** Answers what the page asks of them. */
  async receive(message: GalleryToHost): Promise<HostToEvaluation | undefined> {
    const answer = await this.content?.receive(message);
    return answer && { type: 'samples', message: answer };
  }

  /** Lets go of what is in memory. */
  hidden(): void {
    this.content?.hidden?.();
  }
}
