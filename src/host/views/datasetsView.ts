import * as vscode from 'vscode';
import { formatBytes } from '../../datasets/download/formatBytes';
import { MY_HANDWRITING } from '../../datasets/myHandwriting';
import type { Manifest } from '../../datasets/manifest';
import type { DatasetEntry } from '../../datasets/store';
import type { DatasetLibrary } from '../datasets/library';
import { contextOf, counted, describeEntry, type DatasetState, samplesOf, stateOf } from '../datasets/words';
import type { Keeper } from '../keeper';
import { Command, View } from '../names';

/** A row of the tree: a dataset, or one of its splits. */
export type DatasetNode =
  | { readonly type: 'dataset'; readonly entry: DatasetEntry }
  | { readonly type: 'split'; readonly entry: DatasetEntry; readonly split: string };

const ICONS: Record<DatasetState, [icon: string, color?: string]> = {
  absent: ['cloud'],
  downloading: ['sync~spin'],
  paused: ['debug-pause'],
  ready: ['database'],
  damaged: ['warning', 'list.warningForeground'],
};

const SPLIT_NAMES: Record<string, string> = {
  train: 'Train',
  validation: 'Validation',
  test: 'Test',
  all: 'All',
};

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
    const [icon, color] = entry.id === MY_HANDWRITING && state === 'ready' ? ['edit'] : ICONS[state];
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
  return Object.keys(entry.manifest?.counts ?? {})
    .sort((a, b) => Object.keys(SPLIT_NAMES).indexOf(a) - Object.keys(SPLIT_NAMES).indexOf(b))
    .map((split) => ({ type: 'split', entry, split }));
}

function splitItem(entry: DatasetEntry, split: string): vscode.TreeItem {
  const { manifest } = entry;
  const item = new vscode.TreeItem(SPLIT_NAMES[split] ?? split);
  if (!manifest) return item;
  const counts = manifest.counts[split] ?? [];
  const present = counts.filter((count) => count > 0).length;
  item.id = `${entry.id}/${split}`;
  item.description = `${counted(samplesOf(manifest, split), 'sample')}, ${counted(present, 'class', 'classes')}`;
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
    .map(({ name, count }) => `${code(name)} ${count.toLocaleString('en')}`)
    .join(' · ');
}

function tooltip(
  { id, name, manifest, catalogue }: DatasetEntry,
  description: string,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**`).appendText(name).appendMarkdown(`**\n\n`).appendText(description);
  if (catalogue) text.appendMarkdown('\n\n').appendText(catalogue.description);
  if (id === MY_HANDWRITING) {
    text
      .appendMarkdown('\n\n')
      .appendText('What you kept from the pad, ink and all. It stays on this machine.');
  }
  if (manifest) {
    const { classes, licence, bytes } = manifest;
    const facts = [
      counted(classes.length, 'class', 'classes'),
      manifest.kind === 'ink' ? 'ink' : `${manifest.width}×${manifest.height} pixels`,
      formatBytes(bytes),
    ];
    text.appendMarkdown(`\n\n${facts.join(' · ')}\n\n${classes.slice(0, 100).map(code).join(' ')}`);
    if (licence) text.appendMarkdown('\n\n').appendText(`Licence: ${licence}`);
    text.appendMarkdown('\n\n').appendText(`From ${manifest.source}`);
  }
  return text;
}

function code(text: string): string {
  return text === '`' ? '`` ` ``' : `\`${text}\``;
}
