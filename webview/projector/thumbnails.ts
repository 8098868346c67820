import type { ThumbnailPage } from '../../src/protocol/pages/projector';
import { Atlas } from '../samples/atlas';
import { Pages } from '../samples/pages';

/** The pictures of samples that were seen last; asks for those that are missing. */
export class Thumbnails {
  readonly pages: Pages<ThumbnailPage>;
  private atlases = new WeakMap<ThumbnailPage, Atlas>();
  private ink = '';

  constructor(ask: (revision: number, page: number) => void) {
    this.pages = new Pages(ask);
  }

  /** Forgets the pictures of another projection. */
  startOver(revision: number): void {
    this.pages.startOver(revision, true);
  }

  /** Takes the color that strokes are drawn in. */
  drawIn(ink: string): void {
    if (ink === this.ink) return;
    this.ink = ink;
    this.atlases = new WeakMap();
  }

  /** Asks for the picture of a sample where it is missing. */
  need(at: number): void {
    this.pages.need(at, at);
  }

  /** Draws a sample's picture as a square; false where it is not there yet. */
  draw(context: CanvasRenderingContext2D, at: number, x: number, y: number, side: number): boolean {
    const { page, at: onPage } = this.pages.at(at);
    if (!page) return false;
    let atlas = this.atlases.get(page);
    if (!atlas) {
      atlas = new Atlas(page, page.width, page.height, this.ink);
      this.atlases.set(page, atlas);
    }
    atlas.draw(context, onPage, x, y, { width: side, height: side });
    return true;
  }
}
