import { grayAt } from './grayAt';

/**
 * Turns a picture about its middle; what comes in at its corners is background.
 *
 * @param source height x width gray values from `from` on
 * @param target gets as many, from `to` on
 * @param degrees clockwise as one sees it
 */
export function turnPicture(
  source: Uint8Array,
  from: number,
  target: Uint8Array,
  to: number,
  { height, width }: { height: number; width: number },
  degrees: number,
): void {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [column - middleX, row - middleY];
      target[to + row * width + column] = Math.round(
        grayAt(source, from, cos * x + sin * y + middleX, cos * y - sin * x + middleY, height, width),
      );
    }
  }
}
