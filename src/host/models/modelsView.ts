import * as vscode from 'vscode';
import { watchFolder } from '../shell/watchFolder';
import { counted } from '../../base/words';
import { RunQueue } from '../../runs/runQueue';
import { canResume, type RunOverview, RunStore } from '../../runs/runStore';
import type { ModelRecord } from '../../models/modelStore';
import type { ModelLibrary } from './library';
import type { ModelsInUse } from './modelsInUse';
import { contextOf, describeClasses, describeModel, describeRun } from './words';
import { DroppedFiles } from '../shell/droppedFiles';
import { Command, View } from '../shell/names';

const GROUPS = {
  bundled: 'Bundled',
  trained: 'Trained',
  ensembles: 'Ensembles',
  runs: 'Interrupted Runs',
} as const;
type Group = keyof typeof GROUPS;

/** A row of the tree. A run's row has its id, by which the commands on runs know it. */
export type ModelNode =
  | { readonly type: 'group'; readonly group: Group; readonly children: readonly ModelNode[] }
  | { readonly type: 'model'; readonly model: ModelRecord }
  | { readonly type: 'run'; readonly id: string; readonly run: RunOverview }
  | { readonly type: 'hint'; readonly label: string; readonly icon: string; readonly command: Command };

/** What there is to do where nothing of one's own is here yet. */
const HINTS: readonly ModelNode[] = [
  { type: 'hint', label: 'Train Model…', icon: 'play', command: Command.trainModel },
  { type: 'hint', label: 'Import Model…', icon: 'add', command: Command.importModel },
];

/** Every model, and the runs that can go on to become one. */
export class ModelsView implements vscode.TreeDataProvider<ModelNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly runs: RunStore;
  private readonly disposables: { dispose(): unknown }[];

  constructor(
    private readonly library: ModelLibrary,
    private readonly inUse: ModelsInUse,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.runs = new RunStore(library.home);
    const view = vscode.window.createTreeView<ModelNode>(View.models, {
      treeDataProvider: this,
      showCollapseAll: true,
      dragAndDropController: new DroppedFiles((file) =>
        vscode.commands.executeCommand(Command.importModel, file),
      ),
    });
    const look = () => this.changed.fire(undefined);
    this.disposables = [
      view,
      this.changed,
      library.onDidChange(look),
      inUse.onDidChange(look),
      // what a run writes while it trains is nothing to the tree, nor are locks of the queue
      watchFolder(this.runs.folder, ['*', '*/run.json', '*/run.lock'], look, {
        changes: false,
        isOf: isOfRun,
      }),
      watchFolder(this.runs.folder, ['queue.json'], look),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) look();
      }),
    ];
  }

  async getChildren(node?: ModelNode): Promise<ModelNode[]> {
    if (node) return node.type === 'group' ? [...node.children] : [];
    try {
      return await this.groups();
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  async getTreeItem(node: ModelNode): Promise<vscode.TreeItem> {
    switch (node.type) {
      case 'group':
        return groupItem(node.group);
      case 'model':
        return modelItem(node.model, (await this.inUse.ids()).has(node.model.id));
      case 'run':
        return runItem(node.run);
      case 'hint':
        return hintItem(node);
    }
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async groups(): Promise<ModelNode[]> {
    const models = await this.library.list();
    const waiting = await new RunQueue(this.runs.folder).ids();
    const runs = (await this.runs.list()).filter((run) => canResume(run) && !waiting.includes(run.id));
    const of = (kind: ModelRecord['kind']): ModelNode[] =>
      models.filter((model) => model.kind === kind).map((model) => ({ type: 'model', model }));
    const trained = of('network');
    const children: Record<Group, readonly ModelNode[]> = {
      bundled: of('bundled'),
      trained: trained.length > 0 ? trained : HINTS,
      ensembles: of('ensemble'),
      runs: runs.map((run) => ({ type: 'run', id: run.id, run })),
    };
    return (Object.keys(GROUPS) as Group[])
      .filter((group) => children[group].length > 0)
      .map((group) => ({ type: 'group', group, children: children[group] }));
  }
}

function groupItem(group: Group): vscode.TreeItem {
  const item = new vscode.TreeItem(GROUPS[group], vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group/${group}`;
  item.contextValue = 'modelGroup';
  return item;
}

const ICONS: Record<ModelRecord['kind'], string> = {
  bundled: 'package',
  network: 'circuit-board',
  ensemble: 'layers',
};

function iconOf({ lines, symbols, kind }: ModelRecord): string {
  if (lines) return 'edit';
  return symbols ? 'symbol-operator' : ICONS[kind];
}

function modelItem(model: ModelRecord, inUse: boolean): vscode.TreeItem {
  const damaged = model.problem !== undefined;
  const item = new vscode.TreeItem(model.name);
  item.id = `model/${model.id}`;
  item.description = describeModel(model, inUse);
  item.iconPath = damaged
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon(inUse ? 'check' : iconOf(model));
  item.contextValue = contextOf(model, inUse);
  item.tooltip = tooltip(model, item.description);
  item.accessibilityInformation = { label: `${model.name}, ${item.description}` };
  if (!damaged) {
    item.command = { command: Command.showModelCard, title: 'Show Card', arguments: [{ model }] };
  }
  return item;
}

function tooltip(
  { name, card, lines, symbols, problem, id }: ModelRecord,
  description: string,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text
    .appendMarkdown('**')
    .appendText(name)
    .appendMarkdown('**\n\n')
    .appendText(problem ?? description);
  const known = card ?? lines ?? symbols;
  if (!known || problem !== undefined) return text;
  text.appendMarkdown('\n\n').appendText(known.description);
  text.appendMarkdown('\n\n').appendText(describeClasses(known));
  const facts = [
    ...(known.network ? [known.network.name] : []),
    counted(known.parameters, 'parameter'),
    ...(card ? [`${card.preprocessing.height}×${card.preprocessing.width} pixels`] : []),
    `id ${id}`,
  ];
  return text.appendMarkdown('\n\n').appendText(facts.join(', '));
}

function runItem(record: RunOverview): vscode.TreeItem {
  const name = record.run?.name ?? record.id;
  const item = new vscode.TreeItem(name);
  item.id = `run/${record.id}`;
  item.description = describeRun(record);
  item.iconPath = new vscode.ThemeIcon(record.state.state === 'failed' ? 'error' : 'debug-pause');
  item.contextValue = 'run';
  item.tooltip = new vscode.MarkdownString().appendText(
    record.state.message ?? `${name} can resume where it stopped.`,
  );
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}

function hintItem({ label, icon, command }: ModelNode & { type: 'hint' }): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = `hint/${command}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command = { command, title: label };
  return item;
}

const isOfRun = (name: string) => !name.includes('.') || name === 'run.json' || name === 'run.lock';
