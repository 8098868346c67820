import * as z from 'zod';
import {
  type HostToProjector,
  type ProjectorToHost,
  projectorToHostSchema,
} from '../../protocol/pages/projector';
import { type EvaluationSpec, evaluationSpecSchema, withBundled } from '../evaluation/evaluationSpec';
import type { GalleryTab } from '../gallery/galleryTab';
import type { Page, PageContent } from '../shell/page';
import type { Shell } from '../shell/shell';
import { Tabs } from '../shell/tabs';
import { type ProjectorParts, ProjectorSession } from './projectorSession';

export interface ProjectorTabsParts extends ProjectorParts {
  /** Folder of the bundled model. */
  readonly bundled: string;
  readonly gallery: GalleryTab;
  /** Writes what is laid out for TensorBoard. */
  readonly exportEmbeddings: (spec: EvaluationSpec, most: number) => Promise<void>;
}

export type ProjectorTabs = Tabs<ProjectorToHost, HostToProjector, EvaluationSpec>;

/** The editor tabs in which samples are laid out in the plane: one for each evaluation. */
export function projectorTabs(shell: Shell, parts: ProjectorTabsParts): ProjectorTabs {
  return new Tabs<ProjectorToHost, HostToProjector, EvaluationSpec>(shell, {
    name: 'projector',
    messages: projectorToHostSchema,
    title: () => 'Projector',
    nameOf: ({ file }) => file,
    restore(state) {
      const spec = z.object({ spec: evaluationSpecSchema }).safeParse(state).data?.spec;
      return spec && withBundled(spec, parts.bundled);
    },
    open: (page, spec) => new ProjectorTab(page, spec, parts),
  });
}

/** One tab: answers what its page asks for as long as it is there. */
class ProjectorTab implements PageContent<ProjectorToHost, HostToProjector> {
  private readonly session: ProjectorSession;

  constructor(
    page: Page<ProjectorToHost, HostToProjector>,
    private readonly spec: EvaluationSpec,
    private readonly parts: ProjectorTabsParts,
  ) {
    this.session = new ProjectorSession(
      spec,
      parts,
      (message) => page.post(message),
      (title) => (page.title = title),
      (error) => page.fail(error),
    );
  }

  async receive(message: ProjectorToHost): Promise<HostToProjector | undefined> {
    const { session, spec, parts } = this;
    switch (message.type) {
      case 'ready':
        await session.show(message.layout);
        return;
      case 'layOut':
        await session.layOut(message.layout);
        return;
      case 'stop':
        session.stop();
        return;
      case 'page':
        return session.page(message.revision, message.page);
      case 'open': {
        const { places, title } = message;
        parts.gallery.show({ spec: { evaluation: spec, samples: { kind: 'places', places, title } } });
        return;
      }
      case 'export':
        await parts.exportEmbeddings(spec, message.most);
        return;
    }
  }

  hidden(): void {
    this.session.hide();
  }

  closed(): void {
    this.session.dispose();
  }
}
