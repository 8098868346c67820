import { DatasetError } from '../errors';

/** What pictures that people have unpack to: so many pixels of a byte, and as many besides. */
const OF_A_BYTE = 2000;
const BESIDES = 64e6;

/**
 * How many pixels all pictures of an import may have by what they take on the disk: blank ones of a hundred million pixels
 * take some kilobytes, and a second each.
 */
export class PictureBudget {
  private pixels = 0;
  private bytes = 0;

  constructor(private readonly location: string) {}

  /**
   * Counts a picture that is about to be unpacked.
   *
   * @param bytes that it takes on the disk, packed with others or alone
   * @throws DatasetError where the pictures have more pixels than any that are drawn
   */
  take(pixels: number, bytes: number): void {
    this.pixels += pixels;
    this.bytes += bytes;
    if (this.pixels <= BESIDES + OF_A_BYTE * this.bytes) return;
    const [millions, kilobytes] = [this.pixels / 1e6, this.bytes / 1000].map((size) => size.toFixed(0));
    throw new PicturesTooLarge(
      `${this.location} has pictures of ${millions ?? ''} million pixels in ${kilobytes ?? ''} kB, which no handwriting takes: do not use it.`,
    );
  }
}

/** All pictures together are too large, whichever of them is left out. */
export class PicturesTooLarge extends DatasetError {}
