import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { type CodeServer, startCodeServer } from '../../scripts/codeServer.mjs';
import { launchChromium } from './chromium';
import { Pad } from './pad';
import { TRAIN_ALONE } from '../../src/protocol/engine/training';
import { descendants, processesWith } from './processTree';
import { makeScratchFolder, removeScratchFolder } from './scratch';
import { until } from './until';
import { workbenchAddress } from './workbenchAddress';

const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
};

export interface WorkbenchOptions {
  /** Load the extension from this checkout, or install this .vsix into the clean profile. */
  extension: { development: string } | { vsix: string };
  /** Files of the open folder: content by name. */
  files?: Record<string, string>;
  settings?: Record<string, unknown>;
  /** Size of the window in CSS pixels. */
  viewport?: { width: number; height: number };
  deviceScaleFactor?: number;
}

/** A real VS Code workbench in Chromium, with a profile and a folder of its own, driven as a person would. */
export class Workbench {
  private constructor(
    readonly page: Page,
    readonly server: CodeServer,
    private readonly browser: Browser,
    private readonly scratch: string,
    private readonly folder: string,
  ) {}

  static async open({
    extension,
    files = {},
    settings = {},
    ...screen
  }: WorkbenchOptions): Promise<Workbench> {
    const scratch = await makeScratchFolder();
    const folder = path.join(scratch, 'work');
    await mkdir(folder);
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
    const server = await startCodeServer({
      home: path.join(scratch, 'home'),
      settings: { ...QUIET_SETTINGS, ...settings },
      ...('vsix' in extension ? { vsix: extension.vsix } : { testDriver: true }),
    });
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...screen });
    const workbench = new Workbench(page, server, browser, scratch, folder);
    try {
      const content = { folder, ...('development' in extension ? extension : {}) };
      await page.goto(workbenchAddress(server, content), { waitUntil: 'commit' });
      await workbench.untilRestored();
      return workbench;
    } catch (error) {
      await workbench.close();
      throw error;
    }
  }

  /** Ends browser and server, and removes all that they wrote. */
  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await removeScratchFolder(this.scratch);
  }

  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded');
    // the page's own reload would not wait until the workbench has saved its state
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.untilRestored();
  }

  private async untilRestored(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page
      .locator('.explorer-folders-view, .pane-body, .composite.viewlet')
      .first()
      .waitFor({ timeout: 60_000 });
  }

  /** Runs a command from the palette: the one with exactly this label. */
  async runCommand(label: string): Promise<void> {
    await this.pick('F1', label, label);
  }

  /** Opens a file of the folder in an editor with the cursor in it. */
  async openFile(name: string): Promise<void> {
    await this.pick('Control+p', name, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Takes the entry with this label of the list that is open. */
  async choose(label: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const entry = widget
      .locator(`.monaco-list-row:is([aria-label="${label}"], [aria-label^="${label}, "])`)
      .first();
    await until(`${label} on the list`, async () => {
      await widget
        .locator('input[type="text"]')
        .fill(label, { timeout: 5000 })
        .catch(() => undefined);
      return await entry.isVisible();
    });
    await entry.click();
  }

  /** Types into the quick input that a key opens and takes the entry with this label, wherever it ranks. */
  private async pick(key: string, text: string, label: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const input = widget.locator('input[type="text"]');
    const prefix = key === 'F1' ? '>' : '';
    // a row's name goes on with its group or its keys
    const entry = widget
      .locator(`.monaco-list-row:is([aria-label="${label}"], [aria-label^="${label}, "])`)
      .first();
    const type = async (typed: string) => input.fill(typed, { timeout: 3000 });
    // what an extension adds may be known only after the list was made, and a list that is closing takes no text; but a
    // search that is begun anew before it has ended never ends
    let patience = 3000;
    await until(
      `${label} on the list`,
      async () => {
        if (!(await input.isVisible())) await this.page.keyboard.press(key);
        patience *= 2;
        return await type(prefix)
          .then(() => type(prefix + text))
          .then(() => entry.waitFor({ timeout: patience }))
          .then(
            () => true,
            () => false,
          );
      },
      60_000,
    );
    await until(`${label} to be chosen`, async () => {
      if (await entry.evaluate((row) => row.classList.contains('focused'))) return true;
      await this.page.keyboard.press('ArrowDown');
      return false;
    });
    await this.page.keyboard.press('Enter');
  }

  /** The pad, opened through the palette. */
  async openPad(): Promise<Pad> {
    await this.runCommand('Scrawl: Open Pad');
    return this.pad();
  }

  /** The pad in the panel, as wide as the window. */
  async openPadInPanel(): Promise<Pad> {
    await this.runCommand('Scrawl: Open Pad in Panel');
    return this.pad();
  }

  /** The pad that is open already. */
  async pad(): Promise<Pad> {
    const pad = new Pad(this.page);
    await pad.untilReady();
    return pad;
  }

  /** Saves the active editor. */
  async save(): Promise<void> {
    await this.runCommand('File: Save');
  }

  /** The text of a file of the folder. */
  readFile(name: string): Promise<string> {
    return readFile(path.join(this.folder, name), 'utf8');
  }

  /** Waits until a file of the folder holds this text. */
  async untilFileHolds(name: string, text: string): Promise<void> {
    let seen = '';
    const holds = async () => (seen = await readFile(path.join(this.folder, name), 'utf8')) === text;
    await until(`${name} to hold ${JSON.stringify(text)}`, holds).catch((error: unknown) => {
      throw new Error(`${name} holds ${JSON.stringify(seen)}, not ${JSON.stringify(text)}`, { cause: error });
    });
  }

  /** Waits until this stands behind the text of a line of the editor as what would be inserted there. */
  async untilGhost(text: string | undefined): Promise<void> {
    const spans = this.page.locator('.editor-instance .view-line span');
    await until(`the ghost text ${text ?? 'to go'}`, async () => {
      const ghosts = await spans.evaluateAll((all) =>
        all.map((span) => getComputedStyle(span, '::after').content).filter((content) => content !== 'none'),
      );
      const shown = ghosts.map((content) => content.replace(/^"(.*)"$/, '$1').replaceAll('\u00a0', ' '));
      return text === undefined ? shown.length === 0 : shown.includes(text);
    });
  }

  /** The engines that run for this workbench. */
  engines(): number[] {
    return descendants(this.server.pid, path.join('dist', 'engine.js'));
  }

  /** The engines that train a run of this workbench by themselves. */
  trainers(): number[] {
    return processesWith(TRAIN_ALONE, this.server.home);
  }

  /** All text that the window and the pages in it show. */
  async shown(): Promise<string> {
    const pages = this.page.frames().filter((frame) => !frame.url().includes('webWorker'));
    // a page may go while it is read
    const textOf = (page: Frame) =>
      page
        .locator('body')
        .innerText({ timeout: 5000 })
        .catch(() => '');
    const texts = await Promise.all(pages.map(textOf));
    return texts.map((text) => text.replaceAll(/\s*\n\s*/g, '\n').trim()).join('\n\n');
  }

  /** What Scrawl has logged. */
  async log(): Promise<string> {
    const files = await readdir(this.scratch, { recursive: true });
    const logs = files.filter((file) => /Scrawl\.log$/.test(file));
    return (await Promise.all(logs.map((file) => readFile(path.join(this.scratch, file), 'utf8')))).join(
      '\n',
    );
  }

  /** Writes a picture of the window. */
  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }
}
