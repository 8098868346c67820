import { type HeatLayout, leftOf, type Place, topOf, visible } from './heatLayout';
import type { HeatValues } from './heatValues';

/** The theme's colors that the heat map needs. */
export interface HeatColors {
  readonly ground: string;
  readonly border: string;
  /** Shades from the fewest to the most. */
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  /** Writes on any of these shades. */
  readonly onMark: string;
  readonly text: string;
  readonly faint: string;
  readonly focus: string;
  readonly font: string;
}

/** From this size on there is a line between two cells. */
const APART_FROM = 7;
/** From this size on cells have their count in them. */
const WRITTEN_FROM = 26;
/** As many as eyes tell apart. */
const SHADES = 64;
/** Names need so many pixels along a side. */
const NAME_HEIGHT = 10;
const LONGEST_NAME = 5;

export interface HeatScene {
  readonly layout: HeatLayout;
  readonly values: HeatValues;
  readonly colors: HeatColors;
  /** Where the pointer is, or else the keyboard. */
  readonly at: Place | undefined;
  readonly focused: boolean;
}

/**
 * Draws the part of the matrix that shows.
 *
 * @returns how many cells were drawn
 */
export function paintHeat(context: CanvasRenderingContext2D, scene: HeatScene, density: number): number {
  const { layout, colors } = scene;
  const { side, margin } = layout;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, side, side);
  context.save();
  context.beginPath();
  context.rect(margin, margin, side - margin, side - margin);
  context.clip();
  context.fillStyle = colors.ground;
  context.fillRect(margin, margin, side - margin, side - margin);
  cross(context, scene);
  const drawn = cells(context, scene, density);
  outline(context, scene);
  context.restore();
  context.strokeStyle = colors.border;
  context.lineWidth = 1;
  context.strokeRect(margin + 0.5, margin + 0.5, side - margin - 1, side - margin - 1);
  names(context, scene);
  return drawn;
}

function cells(context: CanvasRenderingContext2D, { layout, values, colors }: HeatScene, density: number) {
  const { cell, count } = layout;
  const [firstRow, lastRow] = visible(layout, layout.top);
  const [firstColumn, lastColumn] = visible(layout, layout.left);
  // whole device pixels, or lines would shine through between cells
  const whole = (at: number) => Math.round(at * density) / density;
  const gap = cell >= APART_FROM ? 1 / density : 0;
  let drawn = 0;
  for (let row = firstRow; row <= lastRow; row++) {
    const [top, bottom] = [whole(topOf(layout, row)), whole(topOf(layout, row + 1))];
    for (let column = firstColumn; column <= lastColumn; column++) {
      const strength = values.strengths[row * count + column] ?? 0;
      if (strength === 0) continue;
      const [left, right] = [whole(leftOf(layout, column)), whole(leftOf(layout, column + 1))];
      context.fillStyle = shadeOf(row === column ? colors.right : colors.wrong, strength);
      context.fillRect(left, top, right - left - gap, bottom - top - gap);
      drawn++;
    }
  }
  if (cell >= WRITTEN_FROM) write(context, layout, values, colors);
  return drawn;
}

/** Shades of a mark: none is fainter than the least, which is seen on every ground. */
export function shadesBetween(least: string, most: string): string[] {
  const last = SHADES - 1;
  return Array.from(
    { length: SHADES },
    (_, at) => `color-mix(in oklab, ${most} ${(100 * at) / last}%, ${least})`,
  );
}

/** @param strength from 0 to 1 */
function shadeOf(shades: readonly string[], strength: number): string {
  return shades[Math.round(strength * (shades.length - 1))] ?? 'transparent';
}

/** The counts, where cells are large enough. */
function write(
  context: CanvasRenderingContext2D,
  layout: HeatLayout,
  values: HeatValues,
  colors: HeatColors,
) {
  const [firstRow, lastRow] = visible(layout, layout.top);
  const [firstColumn, lastColumn] = visible(layout, layout.left);
  context.font = colors.font;
  context.fillStyle = colors.onMark;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const at = row * layout.count + column;
      const strength = values.strengths[at] ?? 0;
      if (strength === 0) continue;
      const text = String(values.counts[at] ?? 0);
      const [x, y] = [leftOf(layout, column + 0.5), topOf(layout, row + 0.5)];
      context.fillText(text, x, y, layout.cell - 4);
    }
  }
}

/** A faint band along the row and the column of the place. */
function cross(context: CanvasRenderingContext2D, { layout, colors, at }: HeatScene): void {
  if (!at) return;
  const { side, cell } = layout;
  context.globalAlpha = 0.12;
  context.fillStyle = colors.text;
  if (at.row >= 0) context.fillRect(0, topOf(layout, at.row), side, cell);
  if (at.column >= 0) context.fillRect(leftOf(layout, at.column), 0, cell, side);
  context.globalAlpha = 1;
}

/** The place itself: a cell, or a whole row or column. */
function outline(context: CanvasRenderingContext2D, { layout, colors, at, focused }: HeatScene): void {
  if (!at) return;
  const { side, margin, cell } = layout;
  const left = at.column >= 0 ? leftOf(layout, at.column) : margin;
  const top = at.row >= 0 ? topOf(layout, at.row) : margin;
  const width = at.column >= 0 ? cell : side - margin;
  const height = at.row >= 0 ? cell : side - margin;
  context.strokeStyle = focused ? colors.focus : colors.text;
  context.lineWidth = 2;
  context.strokeRect(left - 1, top - 1, width + 2, height + 2);
}

function names(context: CanvasRenderingContext2D, { layout, values, colors, at }: HeatScene): void {
  context.font = colors.font;
  context.textBaseline = 'middle';
  const { margin, cell } = layout;
  const every = Math.max(1, Math.ceil(NAME_HEIGHT / cell));
  const [firstRow, lastRow] = visible(layout, layout.top);
  const [firstColumn, lastColumn] = visible(layout, layout.left);
  const shows = (index: number, place: number | undefined) =>
    index === place ||
    (index % every === 0 && (place === undefined || place < 0 || Math.abs(index - place) >= every));
  for (let row = firstRow; row <= lastRow; row++) {
    const y = topOf(layout, row + 0.5);
    if (!shows(row, at?.row) || y < margin) continue;
    context.fillStyle = row === at?.row ? colors.text : colors.faint;
    context.textAlign = 'right';
    context.fillText(short(values.names[row] ?? ''), margin - 4, y, margin - 4);
  }
  for (let column = firstColumn; column <= lastColumn; column++) {
    const x = leftOf(layout, column + 0.5);
    if (!shows(column, at?.column) || x < margin) continue;
    context.fillStyle = column === at?.column ? colors.text : colors.faint;
    columnName(context, short(values.names[column] ?? ''), x, margin);
  }
}

/** Names of several letters stand on end. */
function columnName(context: CanvasRenderingContext2D, name: string, x: number, margin: number): void {
  if ([...name].length === 1) {
    context.textAlign = 'center';
    context.fillText(name, x, margin - 8);
    return;
  }
  context.save();
  context.translate(x, margin - 4);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'left';
  context.fillText(name, 0, 0, margin - 4);
  context.restore();
}

function short(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
}

/** Room that the names need. */
export function marginFor(names: readonly string[]): number {
  const longest = Math.min(LONGEST_NAME, Math.max(1, ...names.map((name) => [...name].length)));
  return longest === 1 ? 16 : 8 + 7 * longest;
}
