import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import * as z from 'zod';
import {
  type BrowseToHost,
  type BrowseView,
  browseToHostSchema,
  type HostToBrowse,
  type Range,
} from '../../protocol/pages/browse';
import { type Overlay, readOverlay } from '../../datasets/overlay';
import { idOf } from '../../datasets/report/datasetReport';
import { findingWords } from '../../datasets/report/findingWords';
import { readReport } from '../../datasets/report/storedReport';
import { BrowseSession, type OnlySamples } from './browseSession';
import { lineShape } from './lineShape';
import type { DatasetLibrary } from '../datasets/library';
import { confirmed } from '../samples/confirm';
import { SampleEdits, type Written } from '../samples/sampleEdits';
import { openSplits, type StoredSample } from '../samples/sampleReader';
import { counted } from '../../base/words';
import { UserError } from '../../base/userError';
import type { Page } from '../shell/page';
import { pickOrType } from '../shell/pickOrType';
import type { Shell } from '../shell/shell';
import { type TabContent, Tabs } from '../shell/tabs';

export interface BrowseParts {
  readonly library: DatasetLibrary;
  /** Shows a sample on the pad, and what the model makes of it. */
  readonly sendToPad: (sample: StoredSample) => Promise<void>;
}

/** What shows first of a dataset, where not all does. */
interface Shows {
  readonly split?: string | undefined;
  /** Index of a class. */
  readonly label?: number | undefined;
  /** A finding of its report. */
  readonly only?: string | undefined;
}

/** A dataset to look through. */
export interface Browsed extends Shows {
  readonly id: string;
  readonly name?: string;
}

export type BrowseTabs = Tabs<BrowseToHost, HostToBrowse, Browsed>;

/** The editor tabs in which datasets are looked through: one for each dataset. */
export function browseTabs(shell: Shell, parts: BrowseParts): BrowseTabs {
  return new Tabs<BrowseToHost, HostToBrowse, Browsed>(shell, {
    name: 'browse',
    messages: browseToHostSchema,
    title: ({ id, name }) => name ?? id,
    nameOf: ({ id }) => id,
    restore: (state) => z.object({ id: z.string() }).safeParse(state).data,
    open: (page, browsed) => new BrowseTab(page, browsed, parts),
  });
}

type BrowsePage = Page<BrowseToHost, HostToBrowse>;

/** One tab: answers what its page asks, and writes down what is changed. */
class BrowseTab implements TabContent<BrowseToHost, HostToBrowse, Browsed> {
  private readonly id: string;
  private first: Shows;
  /** Opened once, however many messages wait for it. */
  private opened: Promise<BrowseSession> | undefined;
  private readonly subscription: vscode.Disposable;
  private readonly edits: SampleEdits;

  constructor(
    private readonly page: BrowsePage,
    { id, ...first }: Browsed,
    private readonly parts: BrowseParts,
  ) {
    this.id = id;
    this.first = first;
    this.edits = new SampleEdits(this.folder, (written) => this.written(written));
    this.subscription = parts.library.onDidChange((changed) => {
      if (changed === undefined) void page.tried(() => this.edits.between(() => this.keepUp()));
    });
  }

  again(browsed: Browsed): void {
    this.first = browsed;
    void this.page.tried(async () => {
      const session = await this.opened;
      if (session && (await this.showFirst(session))) this.page.post(this.view(session));
    });
  }

  closed(): void {
    this.subscription.dispose();
    void this.opened?.then((session) => session.close()).catch(() => undefined);
  }

  async receive(message: BrowseToHost): Promise<HostToBrowse | undefined> {
    const session = await this.session();
    switch (message.type) {
      case 'ready':
        this.page.post(session.dataset);
        if (message.only !== undefined) session.showOnly(await this.found(session, message.only));
        if (message.filter) session.show(message.filter);
        await this.showFirst(session);
        return this.view(session);
      case 'showAll':
        session.showOnly(undefined);
        return this.view(session);
      case 'filter':
        session.show(message.filter);
        return this.view(session);
      case 'page':
        return session.page(message.revision, message.page);
      case 'relabel':
        await this.relabel(session, message.revision, message.places);
        return;
      case 'exclude':
        if (await confirmed(session.count(message.revision, message.places)))
          await this.edits.edit(() => session.exclude(message.revision, message.places, message.excluded));
        return;
      case 'undo':
        await this.edits.undo();
        return;
      case 'sendToPad': {
        const sample = await session.sample(message.revision, message.place);
        if (sample) await this.parts.sendToPad(sample);
        return;
      }
    }
  }

  private session(revision = 0): Promise<BrowseSession> {
    this.opened ??= this.openSession(revision).catch((error: unknown) => {
      // the next message tries again
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async openSession(revision: number): Promise<BrowseSession> {
    const { library } = this.parts;
    const entry = await library.find(this.id);
    if (!entry?.manifest || entry.state !== 'ready') {
      throw new UserError(`${entry?.name ?? this.id} no longer exists: download or import it again.`);
    }
    this.page.title = entry.name;
    const { manifest } = entry;
    const readers = await openSplits(library.store, manifest);
    const shape = await lineShape(manifest, readers);
    return new BrowseSession(manifest, readers, await readOverlay(this.folder), { shape, revision });
  }

  /** Shows what the tab was opened for, once; gives whether that is anything but all. */
  private async showFirst(session: BrowseSession): Promise<boolean> {
    const { split, label, only } = this.first;
    this.first = {};
    if (split === undefined && label === undefined && only === undefined) return false;
    session.showOnly(only === undefined ? undefined : await this.found(session, only));
    const known = session.dataset.splits.find(({ name }) => name === split)?.name;
    session.show({
      classes: label === undefined ? [] : [label],
      shown: 'all',
      ...(known && { split: known }),
    });
    return true;
  }

  /** The samples of a finding, as long as the report is of these samples. */
  private async found(session: BrowseSession, id: string): Promise<OnlySamples | undefined> {
    const report = await readReport(this.folder, session.checksum);
    const finding = report?.findings.find((each) => idOf(each) === id);
    if (!finding) return undefined;
    const samples = finding.samples.map(([split, index]) => ({ split, index }));
    return { id, title: findingWords(finding, session.kind).title, samples };
  }

  private async relabel(session: BrowseSession, revision: number, places: readonly Range[]): Promise<void> {
    const count = session.count(revision, places);
    if (count === 0) return;
    const title = `Relabel ${counted(count, 'sample')}`;
    const label = session.isOfTexts
      ? await askText(title, session.label(revision, places))
      : (
          await pickOrType({
            title,
            placeholder: 'The class that they are of',
            items: session.classes.map((each) => ({ label: each })),
          })
        )?.label;
    if (label === undefined || !(await confirmed(count))) return;
    await this.edits.edit(() => session.relabel(revision, places, label));
  }

  private async written({ name, overlay, undone }: Written): Promise<void> {
    const session = await this.session();
    if (overlay) this.apply(session, overlay);
    this.page.post(this.view(session));
    this.page.post({ type: 'done', message: undone ? `Undone: ${name}.` : `${name}.` });
  }

  private view(session: BrowseSession): BrowseView {
    return session.view(this.edits.undoes);
  }

  private get folder(): string {
    return this.parts.library.store.folder(this.id);
  }

  /** A tab on what is no more would only fail; one on other samples, or with changes from elsewhere, shows them. */
  private async keepUp(): Promise<void> {
    const manifest = (await this.parts.library.find(this.id).catch(() => undefined))?.manifest;
    if (!manifest) {
      this.page.close();
      return;
    }
    const session = await this.opened;
    if (!session) return;
    if (session.checksum !== manifest.checksum) {
      await this.replace(session);
      return;
    }
    const overlay = await readOverlay(this.folder);
    if (session.shows(overlay)) return;
    this.apply(session, overlay);
    this.page.post(this.view(session));
  }

  /** Takes up what an overlay says, and tells of texts that are new. */
  private apply(session: BrowseSession, overlay: Overlay): void {
    const before = session.classes;
    session.applyOverlay(overlay);
    if (!isDeepStrictEqual(before, session.classes)) this.page.post(session.dataset);
  }

  /** Opens the samples that are there now, under the same filter. */
  private async replace(session: BrowseSession): Promise<void> {
    const { filter, revision } = session.view();
    this.opened = undefined;
    const next = await this.session(revision);
    await session.close();
    next.show({ ...filter, classes: [] });
    this.page.post(next.dataset);
    this.page.post(this.view(next));
  }
}

/** The text that samples are of, instead of the one that they have; undefined where the user gave up. */
async function askText(title: string, value: string | undefined): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: 'What is written there',
    ...(value !== undefined && { value }),
    validateInput: (text) =>
      text.trim() === '' ? 'Type the text, or exclude the samples instead.' : undefined,
  });
  return typed?.trim();
}
