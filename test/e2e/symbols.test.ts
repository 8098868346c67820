import { frameWith } from '../harness/frameWith';
import { packagedExtension } from '../harness/packagedExtension';
import type { Pad } from '../harness/pad';
import { drawnSymbol } from '../harness/symbolInk';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';

const ARTICLE = '\\documentclass{article}\n';
const FILES = {
  'note.tex': '',
  'note.typ': '',
  'note.md': '$$',
  'note.py': '',
  'note.html': '',
  'paper.tex': ARTICLE,
  'found.tex': '',
};

describe('symbols that are drawn', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);
  let pad: Pad;

  before(async () => {
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      files: FILES,
      settings: { 'scrawl.alphabet': 'symbols' },
    });
    pad = await workbench.openPad();
  });

  after(() => workbench.close());

  /** Opens a file, its cursor so many characters behind its start. */
  async function open(name: string, at = 0): Promise<void> {
    await workbench.openFile(name);
    for (let moved = 0; moved < at; moved++) await workbench.page.keyboard.press('ArrowRight');
  }

  async function draw(command: string, text: string): Promise<void> {
    await pad.draw(drawnSymbol(command));
    await pad.untilRead(text);
  }

  async function insertDrawn(command: string, text: string): Promise<void> {
    await draw(command, text);
    await pad.press('Enter');
    await pad.untilEmpty();
  }

  for (const [name, at, expected] of [
    ['note.tex', 0, '\\alpha'],
    ['note.typ', 0, 'alpha'],
    ['note.md', 1, '$\\alpha$'],
    ['note.py', 0, 'α'],
    ['note.html', 0, 'α'],
  ] as const) {
    it(`are written into ${name} as it writes them`, async () => {
      await open(name, at);
      await insertDrawn('\\alpha', 'α');
      await workbench.save();
      await workbench.untilFileHolds(name, expected);
    });
  }

  it('get their package by a quick fix, after the window was reloaded too', async () => {
    await open('paper.tex', ARTICLE.length);
    await insertDrawn('\\oiint', '∯');
    await workbench.save();
    const { page } = workbench;
    const missing = page.locator('.squiggly-info').first();
    await missing.waitFor();
    await workbench.reload();
    pad = await workbench.openPad();
    await workbench.openFile('paper.tex');
    await missing.waitFor();
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget').getByText('Add \\usepackage{esint}').click();
    await workbench.save();
    await workbench.untilFileHolds('paper.tex', `${ARTICLE}\\usepackage{esint}\n\\oiint`);
  });

  it('are found by name, with how people draw them, and by drawing', async () => {
    const widget = workbench.page.locator('.quick-input-widget');
    const row = (text: string) => widget.locator('.monaco-list-row').filter({ hasText: text }).first();
    await open('found.tex');
    await workbench.runCommand('Scrawl: Find Symbol…');
    await widget.locator('input[type="text"]').fill('right tack');
    await row('\\vdash').hover();
    await row('\\vdash').locator('.codicon-eye').click();
    const symbol = await frameWith(workbench.page, 'scrawl-symbol');
    await symbol.getByRole('img', { name: 'Drawing 1' }).waitFor();
    // the list is still there
    await row('\\vdash').click();
    await draw('\\alpha', 'α');
    await workbench.runCommand('Scrawl: Find Symbol…');
    await row('α  \\alpha').waitFor();
    // the list begins with what the ink is likeliest
    await widget.locator('.monaco-list-row').first().filter({ hasText: 'α  \\alpha' }).click();
    await pad.untilEmpty();
    await workbench.save();
    await workbench.untilFileHolds('found.tex', '\\vdash\\alpha');
  });
});
