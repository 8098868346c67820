import * as vscode from 'vscode';
import { BACKEND_PACKAGES, type PackagedBackend } from '../../runs/backendPackages';
import { installBackend, installedBackends, removeBackend } from './installed';
import { titleOf } from './words';
import { UserError } from '../../base/userError';
import { Command } from '../shell/names';
import { longWork } from '../shell/longWork';
import type { Shell } from '../shell/shell';

/** The folder that packages are installed in, and where it is written down what npm says. */
type InstallParts = Pick<Shell, 'home' | 'log'>;

interface Installable extends vscode.QuickPickItem {
  readonly backend: PackagedBackend;
}

const TENSORFLOWS: readonly Installable[] = [
  {
    backend: 'tensorflow-cpu',
    label: titleOf('tensorflow-cpu'),
    detail: 'For any processor. Downloads about 100 MB.',
  },
  {
    backend: 'tensorflow-cuda',
    label: titleOf('tensorflow-cuda'),
    detail: 'For graphics cards of NVIDIA with CUDA 11.2 and cuDNN 8.1. Downloads about 450 MB.',
  },
];

/** Installs one of TensorFlow's two packages in Scrawl's own storage. */
export async function installTensorFlow(parts: InstallParts): Promise<void> {
  const installed = installedBackends(parts.home);
  const items = TENSORFLOWS.map((item) => ({
    ...item,
    ...(installed.includes(item.backend) && { description: 'installed: installs it again' }),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Install TensorFlow',
    placeHolder: 'The package to install with npm; only Scrawl uses it',
  });
  if (picked) await install(picked.backend, parts);
}

/** Installs Dawn, which the packages of one platform carry already. */
export async function installWebgpu(parts: InstallParts): Promise<void> {
  await install('webgpu', parts);
}

async function install(backend: PackagedBackend, { home, log }: InstallParts): Promise<void> {
  const { name, version } = BACKEND_PACKAGES[backend];
  const done = await longWork(`Installing ${titleOf(backend)}`, async (report, signal) => {
    log.info(`installing ${name} ${version}`);
    const onLine = (line: string) => {
      log.info(`npm: ${line}`);
      report(line.slice(0, 80));
    };
    await installBackend(backend, home, onLine, signal);
    return true;
  });
  if (done) await offerToSelect(`${titleOf(backend)} is installed.`);
}

async function offerToSelect(message: string): Promise<void> {
  const select = 'Select Backend…';
  // nobody waits for a notification to be answered
  void vscode.window.showInformationMessage(message, select).then((answer) => {
    if (answer === select) void vscode.commands.executeCommand(Command.selectBackend);
  });
  await Promise.resolve();
}

/** Removes what was installed, once the user has said what. */
export async function removeInstalled(home: string): Promise<void> {
  const installed = installedBackends(home);
  if (installed.length === 0)
    throw new UserError('Scrawl has installed no backend: there is nothing to remove.');
  const items = installed.map((backend) => ({
    backend,
    label: titleOf(backend),
    description: `${BACKEND_PACKAGES[backend].name} ${BACKEND_PACKAGES[backend].version}`,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Remove Installed Backend',
    placeHolder: 'What to remove from this machine; it can be installed again',
  });
  if (!picked) return;
  await removeBackend(picked.backend, home);
  vscode.window.setStatusBarMessage(`$(check) Scrawl: ${picked.label} is removed`, 5000);
}
