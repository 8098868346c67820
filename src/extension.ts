import * as vscode from 'vscode';
import { registerCommands } from './host/commands/commands';
import { EngineClient } from './host/engineClient';
import { Recognition } from './host/recognition';
import { TargetEditor } from './host/targetEditor';
import { PadView } from './host/views/padView';
import { Writer } from './host/writer';

/** Builds Scrawl's parts and hands them to VS Code, which disposes them with the window. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Scrawl', { log: true });
  const engine = new EngineClient({
    script: context.asAbsolutePath('dist/engine.js'),
    log,
    onRestarted: () =>
      vscode.window.setStatusBarMessage('$(warning) Scrawl: the engine had stopped and was restarted', 8000),
  });
  const recognition = new Recognition(engine, context.asAbsolutePath('media/model'));
  const target = new TargetEditor();
  const writer = new Writer(target);
  const pad = new PadView(context.extensionUri, recognition, writer, log);
  const commands = registerCommands({ pad, writer, engine, log });
  context.subscriptions.push(log, engine, recognition, target, pad, commands);
}
