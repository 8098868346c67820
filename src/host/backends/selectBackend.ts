import * as vscode from 'vscode';
import type { BackendChoice } from '../../base/backendChoice';
import { type BackendInfo, listBackends } from '../../protocol/engine/backends';
import { sweepInstalls } from './installed';
import { detailOf, stateOf, titleOf } from './words';
import { Command } from '../shell/names';
import { longWork } from '../shell/longWork';
import { settings } from '../shell/settings';
import type { Engine } from '../engine/engine';

export interface BackendParts {
  readonly engine: Engine;
  /** The folder that packages are installed and measurements remembered in. */
  readonly home: string;
}

/** A row of the list: a backend to choose, or what else can be done here. */
interface Row extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

/** Lists every backend with its device and speed, or why it cannot be used, and stores the one that is chosen. */
export async function selectBackend(parts: BackendParts, measure = false): Promise<void> {
  await sweepInstalls(parts.home);
  const backends = await ask(parts, measure);
  if (!backends) return;
  const picked = await vscode.window.showQuickPick(rows(parts, backends), {
    title: 'Backend',
    placeHolder: 'What trains and evaluates networks',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.run?.();
}

/** The first time every backend is measured, which takes seconds; undefined where the user stopped it. */
function ask({ engine, home }: BackendParts, measure: boolean): Promise<BackendInfo[] | undefined> {
  return longWork(measure ? 'Measuring every backend' : 'Detecting backends', (_report, signal) =>
    engine.call(listBackends, { home, measure }, { signal }),
  );
}

function rows(parts: BackendParts, backends: readonly BackendInfo[]): Row[] {
  const fastest = backends.find(({ chosen }) => chosen);
  const auto: Row = {
    label: 'Automatic',
    description: fastest ? `takes ${titleOf(fastest.name)}` : '',
    detail: 'The fastest that works on this machine.',
    ...choosing('auto'),
  };
  const again: Row = {
    label: '$(dashboard) Measure Again',
    detail: 'Takes seconds, with a software adapter a minute.',
    run: () => selectBackend(parts, true),
  };
  const separator: Row = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [auto, ...backends.map(rowOf), separator, again];
}

function rowOf(backend: BackendInfo): Row {
  const row = { label: titleOf(backend.name), description: stateOf(backend), detail: detailOf(backend) };
  const choice = choosing(backend.name as BackendChoice);
  if (backend.available) return { ...row, ...choice };
  return {
    ...row,
    label: `$(circle-slash) ${row.label}`,
    run: () => explain(backend.name, row.detail),
  };
}

function choosing(choice: BackendChoice): Pick<Row, 'run' | 'iconPath'> {
  return {
    run: () => settings.setBackend(choice),
    ...(settings.backend === choice && { iconPath: new vscode.ThemeIcon('check') }),
  };
}

/** Says again why a backend cannot be used, with the command that may mend it. */
async function explain(name: string, detail: string): Promise<void> {
  const install = 'Install…';
  const message = `${titleOf(name)} cannot compute here. ${detail}`;
  const answer = await vscode.window.showWarningMessage(message, install);
  if (answer !== install) return;
  await vscode.commands.executeCommand(name === 'webgpu' ? Command.installWebgpu : Command.installTensorFlow);
}
