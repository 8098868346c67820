import { type GalleryToHost, galleryToHostSchema, type HostToGallery } from '../../protocol/pages/gallery';
import { withBundled } from '../evaluation/evaluationSpec';
import type { Shell } from '../shell/shell';
import { Tabs } from '../shell/tabs';
import { GalleryPage, type GalleryPageParts } from './galleryPage';
import { type GalleryToOpen, savedGallerySchema } from './gallerySpec';

/** The editor tab with samples of evaluations, of which there is one: what is opened next takes its place. */
export type GalleryTab = Tabs<GalleryToHost, HostToGallery, GalleryToOpen>;

/** @param bundled folder of the bundled model */
export function galleryTab(shell: Shell, parts: GalleryPageParts, bundled: string): GalleryTab {
  return new Tabs<GalleryToHost, HostToGallery, GalleryToOpen>(shell, {
    name: 'gallery',
    messages: galleryToHostSchema,
    title: () => 'Gallery',
    nameOf: () => 'gallery',
    restore(state) {
      const saved = savedGallerySchema.safeParse(state).data;
      if (!saved) return undefined;
      const { remember, sort } = saved;
      return { spec: { ...remember, evaluation: withBundled(remember.evaluation, bundled) }, sort };
    },
    open: (page, toOpen) => new GalleryPage(page, parts, toOpen),
  });
}
