import * as vscode from 'vscode';
import type { HostToPad, PadToHost } from '../../protocol/pages/pad';
import { padToHostSchema } from '../../protocol/pages/pad';
import type { Point } from '../../protocol/ink';
import type { StoredSample } from '../samples/sampleReader';
import { ContextKey, View } from '../shell/names';
import type { Page } from '../shell/page';
import type { Shell } from '../shell/shell';
import { SidebarView } from '../shell/sidebarView';
import { Tabs } from '../shell/tabs';
import { Pad, type PadParts, type PadSurface } from './pad';
import type { Recognition } from './recognition';

const LAST = 'pad.last';
const TITLE = 'Pad';
const KIND = { name: 'pad', messages: padToHostSchema };

type Surface = 'sidebar' | 'panel' | 'tab';

/** The pads: in the sidebar, in the panel, and in an editor tab; what is asked of one is asked of the one used last. */
export class Pads implements vscode.Disposable {
  private readonly sidebar: Pad;
  private readonly panel: Pad;
  private readonly tabs: Tabs<PadToHost, HostToPad, true>;
  private tab: Pad | undefined;
  private focused: Surface | undefined;
  private readonly disposables: { dispose(): unknown }[] = [];

  constructor(
    private readonly shell: Shell,
    private readonly parts: PadParts,
    private readonly newRecognition: () => Recognition,
  ) {
    this.sidebar = this.inView(View.pad, 'sidebar');
    this.panel = this.inView(View.padPanel, 'panel');
    this.tabs = new Tabs<PadToHost, HostToPad, true>(shell, {
      ...KIND,
      view: View.padTab,
      title: () => TITLE,
      nameOf: () => TITLE,
      restore: () => true,
      open: (page) => this.inTab(page),
    });
    this.disposables.push(this.tabs);
  }

  /** Shows the pad that was used last and gives it the keyboard. */
  async open(): Promise<void> {
    switch (this.last) {
      case 'sidebar':
        return this.sidebar.open();
      case 'panel':
        return this.openInPanel();
      case 'tab':
        return this.openInTab();
    }
  }

  async openInPanel(): Promise<void> {
    this.used('panel');
    await this.panel.open();
  }

  async openInTab(): Promise<void> {
    this.used('tab');
    await this.showTab();
    await this.tab?.open();
  }

  /** Asks something of the pad that was used last, or of one that is in sight. */
  async ask(message: HostToPad): Promise<void> {
    await (await this.current()).ask(message);
  }

  /** Asks for texts to be written, one after another. */
  async startPractice(texts: readonly string[]): Promise<void> {
    await (await this.current()).startPractice(texts);
  }

  /** Lets the user find a symbol, which stands for the ink of the pad that is in sight, if there is one. */
  async findSymbol(): Promise<void> {
    const { inSight, parts } = this;
    if (inSight) return inSight.ask({ type: 'command', command: 'findSymbol' });
    const chosen = await parts.finder.find();
    if (!chosen) return;
    const { editor } = parts.targets.current;
    const inserted = await parts.writer.insert(parts.symbolWriter.insertable(chosen));
    if (inserted) await parts.symbolWriter.wrote(chosen, editor?.document);
    inserted?.dispose();
  }

  /** Lays a sample on the pad, which reads it as if it was drawn there. */
  showSample(sample: StoredSample): Promise<void> {
    if (sample.kind === 'images') {
      const { width, height, pixels } = sample;
      return this.ask({ type: 'showPicture', picture: { width, height, pixels: [...pixels] } });
    }
    const ink = sample.ink.map((stroke) => stroke.map((point) => [...point] as Point));
    const { penWidth } = sample;
    return this.ask({ type: 'showInk', ink, ...(penWidth !== undefined && { penWidth }) });
  }

  /** Takes back the sample that was kept last, and says so. */
  async undoKeep(): Promise<void> {
    await (this.inSight ?? this.sidebar).undoKeep();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private get last(): Surface {
    return this.shell.workspaceMemory.get<Surface>(LAST, 'sidebar');
  }

  /** A pad that is on screen, the one used last before others. */
  private get inSight(): Pad | undefined {
    const { last, sidebar, panel, tab } = this;
    const all = { sidebar, panel, tab };
    return [all[last], sidebar, panel, tab].find((pad) => pad?.isVisible);
  }

  private async current(): Promise<Pad> {
    const { inSight } = this;
    if (inSight) return inSight;
    if (this.last !== 'tab') return this.last === 'panel' ? this.panel : this.sidebar;
    await this.showTab();
    return this.tab ?? this.sidebar;
  }

  private inView(view: string, surface: Surface): Pad {
    const pad = this.newPad({
      get page() {
        return page;
      },
      show: () => page.focus(),
      title: (model) => model ?? '',
      focused: (focused) => this.focus(surface, focused),
    });
    const page = new SidebarView<PadToHost, HostToPad>(this.shell, { ...KIND, view, open: () => pad });
    this.disposables.push(page, pad);
    return pad;
  }

  private inTab(page: Page<PadToHost, HostToPad>): Pad {
    const pad = this.newPad({
      page,
      show: () => this.showTab(),
      title: (model) => (model === undefined ? TITLE : `${TITLE} (${model})`),
      focused: (focused) => this.focus('tab', focused),
      closed: () => {
        pad.dispose();
        this.tab = undefined;
      },
    });
    this.tab = pad;
    return pad;
  }

  private newPad(surface: PadSurface): Pad {
    return new Pad(surface, this.newRecognition(), this.parts);
  }

  /** Shows the tab; a new one gets a place of its own below the text that it writes in. */
  private async showTab(): Promise<void> {
    if (!this.tab && this.parts.targets.current.editor) {
      await vscode.commands.executeCommand('workbench.action.newGroupBelow');
    }
    this.tabs.show(true);
  }

  private used(surface: Surface): void {
    if (surface !== this.last) void this.shell.workspaceMemory.update(LAST, surface);
  }

  private focus(surface: Surface, focused: boolean): void {
    if (focused) this.used(surface);
    else if (this.focused !== surface) return;
    this.focused = focused ? surface : undefined;
    void vscode.commands.executeCommand('setContext', ContextKey.padFocused, focused);
  }
}
