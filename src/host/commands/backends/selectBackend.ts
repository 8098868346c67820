import * as vscode from 'vscode';
import * as z from 'zod';
import type { BackendChoice } from '../../../models/runSettings';
import { backendInfoSchema, type BackendInfo, backendsRequest } from '../../../protocol/backends';
import { sweepInstalls } from '../../backends/installed';
import { detailOf, stateOf, titleOf } from '../../backends/words';
import { Command } from '../../names';
import { settings } from '../../settings';
import type { BackendParts } from './backendCommands';

/** A row of the list: a backend to choose, or what else can be done here. */
interface Row extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

/** Lists every backend with its device and speed, or why it cannot be used, and stores the one that is chosen. */
export async function selectBackend(parts: BackendParts, measure = false): Promise<void> {
  await sweepInstalls(parts.home);
  const backends = await ask(parts, measure);
  const picked = await vscode.window.showQuickPick(rows(parts, backends), {
    title: 'Backend',
    placeHolder: 'What computes when a network trains',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.run?.();
}

/** The first time every backend is measured, which takes seconds. */
function ask({ engine, home }: BackendParts, measure: boolean): Thenable<BackendInfo[]> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: measure ? 'Measuring every backend' : 'Looking for backends',
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_progress, token) =>
    engine.request(backendsRequest, { home, measure }, z.array(backendInfoSchema), token),
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
