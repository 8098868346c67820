import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { BUILT_IN_EXTENSIONS, whyNoCodeServer } from '../../../scripts/codeServer.mjs';

type Rgb = readonly [number, number, number];
interface Theme {
  readonly label: string;
  readonly light: boolean;
  readonly grounds: readonly string[];
}

const HUES = ['blue', 'green', 'purple', 'red', 'yellow', 'orange'];
const SHADED = ['right-least', 'right-most', 'wrong-least', 'wrong-most'];

/** What VS Code takes for the editor and the sidebar where a theme says nothing. */
const USUAL_GROUNDS: Record<string, readonly [string, string]> = {
  vs: ['#ffffff', '#f3f3f3'],
  'vs-dark': ['#1e1e1e', '#252526'],
  'hc-black': ['#000000', '#000000'],
  'hc-light': ['#ffffff', '#ffffff'],
};

/** Full color blindness after Machado, Oliveira and Fernandes (2009), rows of linear red, green and blue. */
const EYES: Record<string, readonly [Rgb, Rgb, Rgb]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe('colors of marks', () => {
  let dark: Map<string, Rgb>;
  let light: Map<string, Rgb>;

  before(async () => {
    const [, first = '', second = ''] = (await readFile('webview/base/styles/marks.css', 'utf8')).split('{');
    dark = colorsIn(first);
    light = colorsIn(second);
  });

  it('stand out at least 3:1 from the grounds of every built-in theme', async function () {
    if (whyNoCodeServer()) this.skip();
    const themes = await builtInThemes();
    assert.ok(themes.length >= 12, `${themes.length} themes`);
    for (const theme of themes) {
      const palette = theme.light ? light : dark;
      for (const ground of theme.grounds) {
        for (const name of [...HUES, ...SHADED]) {
          const ratio = contrast(of(palette, name), linear(ground));
          assert.ok(ratio >= 3, `${name} on ${ground} in ${theme.label}: ${ratio.toFixed(2)}`);
        }
      }
    }
  });

  it('are used as they are: no mark takes a translucent color of the theme', async () => {
    const files = (await readdir('webview', { recursive: true })).filter((file) => /\.(css|ts)$/.test(file));
    assert.ok(files.length > 50);
    const texts = await Promise.all(files.map((file) => readFile(path.join('webview', file), 'utf8')));
    const translucent = /--vscode-charts-|stroke-opacity|color-mix\([^;]*--scrawl-[^;]*transparent/;
    assert.deepEqual(
      files.filter((_, at) => translucent.test(texts[at] ?? '')),
      [],
    );
  });

  it('can be written on at 4.5:1', () => {
    for (const palette of [dark, light]) {
      for (const name of SHADED) {
        const ratio = contrast(of(palette, 'on-mark'), of(palette, name));
        assert.ok(ratio >= 4.5, `${name}: ${ratio.toFixed(2)}`);
      }
    }
  });

  it('differ to color-blind eyes', () => {
    const pairs = HUES.flatMap((one, at) => HUES.slice(at + 1).map((other) => [one, other] as const));
    pairs.push(['right-least', 'wrong-least'], ['right-most', 'wrong-most']);
    for (const palette of [dark, light]) {
      for (const [eye, matrix] of Object.entries(EYES)) {
        for (const [one, other] of pairs) {
          const [a, b] = [one, other].map((name) => oklab(seenBy(matrix, of(palette, name))));
          const distance = Math.hypot(...(a ?? []).map((value, at) => value - (b?.[at] ?? NaN)));
          // a difference of 0.02 in Oklab is about what is just seen
          assert.ok(distance >= 0.08, `${one} and ${other} to ${eye}: ${distance.toFixed(3)}`);
        }
      }
    }
  });
});

function colorsIn(css: string): Map<string, Rgb> {
  return new Map(
    [...css.matchAll(/--scrawl-([\w-]+): (#\w{6});/g)].map(([, name = '', hex = '']) => [name, linear(hex)]),
  );
}

function of(palette: ReadonlyMap<string, Rgb>, name: string): Rgb {
  return palette.get(name) ?? assert.fail(`there is no color ${name}`);
}

async function builtInThemes(): Promise<Theme[]> {
  const folders = (await readdir(BUILT_IN_EXTENSIONS)).filter((name) => name.startsWith('theme-'));
  return (await Promise.all(folders.map((name) => themesOf(path.join(BUILT_IN_EXTENSIONS, name))))).flat();
}

interface Manifest {
  readonly contributes: { readonly themes?: readonly { id: string; uiTheme: string; path: string }[] };
}

async function themesOf(folder: string): Promise<Theme[]> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  const themes = manifest.contributes.themes ?? [];
  return Promise.all(
    themes.map(async ({ id, uiTheme, path: file }) => {
      const colors = await colorsOfTheme(path.join(folder, file));
      const [editor, sidebar] = USUAL_GROUNDS[uiTheme] ?? assert.fail(uiTheme);
      return {
        label: id,
        light: uiTheme === 'vs' || uiTheme === 'hc-light',
        grounds: [colors['editor.background'] ?? editor, colors['sideBar.background'] ?? sidebar],
      };
    }),
  );
}

async function colorsOfTheme(file: string): Promise<Record<string, string>> {
  const theme = parse(await readFile(file, 'utf8')) as { include?: string; colors?: Record<string, string> };
  const included = theme.include ? await colorsOfTheme(path.join(path.dirname(file), theme.include)) : {};
  return { ...included, ...theme.colors };
}

/** Red, green and blue in linear light, 0 to 1, of `#rgb` or `#rrggbb`. */
function linear(hex: string): Rgb {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1);
  const [red = NaN, green = NaN, blue = NaN] = [0, 2, 4].map((at) => {
    const value = parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

/** The contrast ratio of WCAG 2, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [low = NaN, high = NaN] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const luminance = (color: Rgb) => dot([0.2126, 0.7152, 0.0722], color);
const dot = (a: Rgb, b: Rgb) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function seenBy(matrix: readonly [Rgb, Rgb, Rgb], color: Rgb): Rgb {
  const part = (row: Rgb) => Math.min(Math.max(dot(row, color), 0), 1);
  return [part(matrix[0]), part(matrix[1]), part(matrix[2])];
}

/** Lightness and two axes of color, after Ottosson (2020). */
function oklab(color: Rgb): Rgb {
  const cones: Rgb = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], color)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], color)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], color)),
  ];
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ];
}
