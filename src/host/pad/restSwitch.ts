import type * as vscode from 'vscode';
import { settings } from '../shell/settings';

const MEMORY = 'pad.insertAfter';
const USUAL = 1000;

/** Turns inserting after a rest on and off; the length of the rest is remembered. */
export class RestSwitch {
  constructor(private readonly memory: vscode.Memento) {}

  async turn(on: boolean): Promise<void> {
    const { insertAfter } = settings;
    if (on === insertAfter > 0) return;
    if (!on) await this.memory.update(MEMORY, insertAfter);
    await settings.setInsertAfter(on ? this.memory.get<number>(MEMORY, USUAL) : 0);
  }
}
