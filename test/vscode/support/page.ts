import * as vscode from 'vscode';
import { until } from '../../harness/until';

/** The tabs of pages that tests spoke for, as long as they are open. */
export const openPanels = new Set<vscode.WebviewPanel>();

/**
 * Lets a test speak for the page of the next editor tab that is opened while `run` runs.
 *
 * @param run is given what sends a message as the page would, what the page was sent, and what the page itself says
 */
export async function withPage<T>(
  run: (tell: (message: unknown) => void, heard: readonly unknown[], said: readonly unknown[]) => Promise<T>,
): Promise<T> {
  const original = vscode.window.createWebviewPanel.bind(vscode.window);
  const listeners: ((message: unknown) => unknown)[] = [];
  const heard: unknown[] = [];
  const said: unknown[] = [];
  const listen: vscode.Event<unknown> = (listener) => {
    listeners.push(listener);
    return new vscode.Disposable(() => undefined);
  };
  vscode.window.createWebviewPanel = (...args: Parameters<typeof original>) => {
    const panel = original(...args);
    openPanels.add(panel);
    panel.onDidDispose(() => openPanels.delete(panel));
    const { webview } = panel;
    webview.onDidReceiveMessage((message) => said.push(message));
    const postMessage = (message: unknown) => {
      heard.push(message);
      return webview.postMessage(message);
    };
    return replaced(panel, { webview: replaced(webview, { onDidReceiveMessage: listen, postMessage }) });
  };
  try {
    return await run((message) => listeners.forEach((listener) => listener(message)), heard, said);
  } finally {
    vscode.window.createWebviewPanel = original;
  }
}

/** Waits until the page itself has loaded: it takes the keyboard then, which hides a list that is shown before. */
export async function loaded(said: readonly unknown[]): Promise<void> {
  await until('the page itself', () => said.length > 0, 60_000);
}

/** An object with other values for some of its properties. */
function replaced<T extends object>(object: T, values: Partial<T>): T {
  return new Proxy(object, {
    get: (target, key) => {
      const value: unknown = Reflect.get(key in values ? values : target, key);
      return typeof value === 'function' && !(key in values) ? (value.bind(target) as unknown) : value;
    },
    set: (target, key, value) => Reflect.set(target, key, value),
  });
}
