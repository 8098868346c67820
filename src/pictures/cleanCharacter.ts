import { componentsOf, type Component } from './components';
import type { GrayPicture } from './grayPicture';

/** Of the character's largest part, in pixels of ink: less is a speck and no dot. */
const SPECK = 0.03;
/** A part further from the largest one than this share of its longer side is no part of the character. */
const REACH = 0.75;
/** Of the largest component, in pixels of ink: what touches no edge and has as much can be the character. */
const WHOLE = 0.2;
/** A component that is this many times longer than thick and reaches across most of the picture is a ruled line. */
const RULED = 6;
const ACROSS = 0.35;
/** As near to an edge, in shares of the longer side, counts as touching it. */
const EDGE = 0.015;
/** Pixels around what is removed that hold its blur. */
const HALO = 2;

/**
 * Leaves one character in a picture of it: takes away specks, ruled lines and what stands in from neighboring
 * characters at the edges.
 *
 * @param pen how much darker each pixel is than the paper
 * @param threshold above it a pixel is ink
 */
export function cleanCharacter(pen: GrayPicture, threshold: number): GrayPicture {
  const { width, height } = pen;
  const components = componentsOf(
    Uint8Array.from(pen.pixels, (value) => (value > threshold ? 1 : 0)),
    width,
  );
  const character = partsOf(components, { width, height });
  if (character.length === components.length) return pen;
  const kept = new Set(character.flatMap(({ pixels }) => pixels));
  const pixels = pen.pixels.slice();
  for (const component of components) {
    if (!character.includes(component)) erase(pixels, component, kept, { width, height });
  }
  return { width, height, pixels };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The components that make up the character. */
function partsOf(components: readonly Component[], size: Size): readonly Component[] {
  const unruled = components.filter((each) => !isRuledLine(each, size));
  const candidates = unruled.length > 0 ? unruled : components;
  const largest = largestOf(candidates);
  const inside = candidates.filter((each) => !touchesEdge(each, size));
  const whole = largestOf(inside);
  if (!largest) return components;
  const main = whole && whole.pixels.length >= WHOLE * largest.pixels.length ? whole : largest;
  return candidates.filter((each) => each === main || (inside.includes(each) && belongsTo(each, main)));
}

function largestOf(components: readonly Component[]): Component | undefined {
  return components.reduce<Component | undefined>(
    (largest, each) => (largest && largest.pixels.length >= each.pixels.length ? largest : each),
    undefined,
  );
}

function isRuledLine(component: Component, size: Size): boolean {
  const { left, top, right, bottom, pixels } = component;
  const [wide, high] = [right - left, bottom - top];
  const length = Math.max(wide, high);
  const across = wide >= high ? wide / size.width : high / size.height;
  const thickness = pixels.length / length;
  return (
    touchesEdge(component, size) &&
    across >= ACROSS &&
    length >= RULED * thickness &&
    Math.min(wide, high) <= length / RULED
  );
}

function touchesEdge({ left, top, right, bottom }: Component, { width, height }: Size): boolean {
  const near = EDGE * Math.max(width, height);
  return left <= near || top <= near || right >= width - near || bottom >= height - near;
}

function belongsTo(part: Component, main: Component): boolean {
  if (part.pixels.length < SPECK * main.pixels.length) return false;
  const reach = REACH * Math.max(main.right - main.left, main.bottom - main.top);
  const apartX = Math.max(part.left - main.right, main.left - part.right);
  const apartY = Math.max(part.top - main.bottom, main.top - part.bottom);
  return Math.max(apartX, apartY) <= reach;
}

function erase(
  pixels: Float32Array,
  component: Component,
  kept: ReadonlySet<number>,
  { width, height }: Size,
): void {
  for (const index of component.pixels) {
    const column = index % width;
    const row = (index - column) / width;
    for (let r = Math.max(0, row - HALO); r <= Math.min(height - 1, row + HALO); r++) {
      for (let c = Math.max(0, column - HALO); c <= Math.min(width - 1, column + HALO); c++) {
        if (!kept.has(r * width + c)) pixels[r * width + c] = 0;
      }
    }
  }
}
