import { checkedBy } from '../../datasets/download/catalog';
import * as vscode from 'vscode';
import { type Split, SPLIT_NAMES, SPLITS } from '../../base/split';
import { counted, formatBytes, grouped } from '../../base/words';
import { samplesOf } from '../../datasets/store/manifest';
import { isOfTexts } from '../../datasets/ofTexts';
import { isOwnSamples } from '../../datasets/store/ownSamples';
import type { Manifest } from '../../datasets/store/manifest';
import type { DatasetEntry } from '../../datasets/store/datasetEntry';
import type { DatasetLibrary } from './library';
import { inlineCode } from '../shell/inlineCode';
import { contextOf, describeEntry, type DatasetState, stateOf } from './words';
import type { Keeper } from '../samples/keeper';
import { DroppedFiles } from '../shell/droppedFiles';
import { Command, View } from '../shell/names';

/** A row of the tree: a dataset, or one of its splits. */
export type DatasetNode =
  | { readonly type: 'dataset'; readonly entry: DatasetEntry }
  | { readonly type: 'split'; readonly entry: DatasetEntry; readonly split: Split };

const ICONS: Record<DatasetState, [icon: string, color?: string]> = {
  absent: ['cloud'],
  downloading: ['sync~spin'],
  paused: ['debug-pause'],
  ready: ['database'],
  damaged: ['warning', 'list.warningForeground'],
};

/** Classes that a tooltip names. */
const MOST_NAMED = 100;

const NOTHING_YET =
  'Nothing is here yet: download one of these, or import your own. Nothing of yours leaves this machine.';

/** Every known dataset with its state, and the splits of those that are here. */
export class DatasetsView implements vscode.TreeDataProvider<DatasetNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<DatasetNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly disposables: { dispose(): unknown }[];
  /** The rows that are shown, by id: progress changes one of them only. */
  private rows = new Map<string, DatasetNode>();
  private readonly view: vscode.TreeView<DatasetNode>;

  constructor(
    private readonly library: DatasetLibrary,
    keeper: Keeper,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.view = vscode.window.createTreeView(View.datasets, {
      treeDataProvider: this,
      showCollapseAll: true,
      dragAndDropController: new DroppedFiles((file) =>
        vscode.commands.executeCommand(Command.importDataset, file),
      ),
    });
    this.disposables = [
      this.view,
      this.changed,
      library.onDidChange((id) => this.changed.fire(id === undefined ? undefined : this.rows.get(id))),
      keeper.onDidChange(() => this.changed.fire(undefined)),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) library.refresh();
      }),
    ];
  }

  async getChildren(node?: DatasetNode): Promise<DatasetNode[]> {
    if (node) return node.type === 'dataset' ? splitsOf(node.entry) : [];
    try {
      const entries = await this.library.list();
      const nodes = entries.map((entry): DatasetNode => ({ type: 'dataset', entry }));
      this.view.message = entries.every(({ state }) => state === 'absent') ? NOTHING_YET : '';
      this.rows = new Map(entries.map((entry, at) => [entry.id, nodes[at] as DatasetNode]));
      return nodes;
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  getTreeItem(node: DatasetNode): vscode.TreeItem {
    return node.type === 'dataset' ? this.datasetItem(node.entry) : splitItem(node.entry, node.split);
  }

  getParent(node: DatasetNode): DatasetNode | undefined {
    return node.type === 'split' ? this.rows.get(node.entry.id) : undefined;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private datasetItem(entry: DatasetEntry): vscode.TreeItem {
    const progress = this.library.progress(entry.id);
    const state = stateOf(entry, progress !== undefined);
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(entry.name, state === 'ready' ? Collapsed : None);
    const [icon, color] = isOwnSamples(entry.id) && state === 'ready' ? ['edit'] : ICONS[state];
    item.id = entry.id;
    item.description = describeEntry(entry, progress);
    item.iconPath = new vscode.ThemeIcon(
      icon,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    item.contextValue = contextOf(entry, state);
    item.tooltip = tooltip(entry, item.description);
    item.accessibilityInformation = { label: `${entry.name}, ${item.description}` };
    return item;
  }
}

function splitsOf(entry: DatasetEntry): DatasetNode[] {
  return SPLITS.filter((split) => entry.manifest?.counts[split]).map((split) => ({
    type: 'split',
    entry,
    split,
  }));
}

function splitItem(entry: DatasetEntry, split: Split): vscode.TreeItem {
  const { manifest } = entry;
  const item = new vscode.TreeItem(SPLIT_NAMES[split]);
  if (!manifest) return item;
  const counts = manifest.counts[split] ?? [];
  const present = counts.filter((count) => count > 0).length;
  item.id = `${entry.id}/${split}`;
  item.description = `${counted(samplesOf(manifest, split), 'sample')}, ${classesInWords(manifest, present)}`;
  item.iconPath = new vscode.ThemeIcon('list-tree');
  item.contextValue = 'split';
  item.tooltip = new vscode.MarkdownString(perClass(manifest, counts));
  item.command = {
    command: Command.browseDataset,
    title: 'Browse Dataset',
    arguments: [{ type: 'split', entry, split } satisfies DatasetNode],
  };
  return item;
}

/** The classes with their counts, as inline code so that no character is taken for Markdown. */
function perClass({ classes }: Manifest, counts: readonly number[]): string {
  return classes
    .map((name, index) => ({ name, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .slice(0, MOST_NAMED)
    .map(({ name, count }) => `${inlineCode(name)} ${grouped(count)}`)
    .join(' · ');
}

function tooltip({ id, name, manifest, catalog }: DatasetEntry, description: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**`).appendText(name).appendMarkdown(`**\n\n`).appendText(description);
  if (catalog) text.appendMarkdown('\n\n').appendText(`${catalog.description} ${checkedBy(catalog)}`);
  if (isOwnSamples(id)) {
    text.appendMarkdown('\n\n').appendText('The samples you kept on the pad. They stay on this machine.');
  }
  if (manifest) {
    const { classes, license, bytes } = manifest;
    const facts = [
      classesInWords(manifest, classes.length),
      manifest.kind === 'ink' ? 'ink' : `${manifest.width}×${manifest.height} pixels`,
      formatBytes(bytes),
    ];
    text.appendMarkdown(
      `\n\n${facts.join(' · ')}\n\n${classes.slice(0, MOST_NAMED).map(inlineCode).join(' ')}`,
    );
    if (license) text.appendMarkdown('\n\n').appendText(`License: ${license}`);
    text.appendMarkdown('\n\n').appendText(`From ${manifest.source}`);
  }
  return text;
}

function classesInWords(manifest: Manifest, count: number): string {
  return isOfTexts(manifest) ? counted(count, 'text') : counted(count, 'class', 'classes');
}
