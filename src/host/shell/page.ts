import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ZodMiniType } from 'zod/mini';
import { elementOf } from '../../base/elementOf';
import type { Failed } from '../../protocol/pages/failed';
import { BackendLost, Canceled } from '../../protocol/failures';
import { pageHtml } from './pageHtml';
import { report, sentenceFor } from './report';
import type { Shell } from './shell';

/** Which page it is, and what it may send. */
export interface PageKind<In> {
  /** Its folder in `webview`. */
  readonly name: string;
  readonly messages: ZodMiniType<In>;
}

/** What stands behind a page. */
export interface PageContent<In, Out> {
  /** Its tab or view is there, and its page begins to load. */
  appeared?(): void;
  /** Answers a message of the page; what fails is told to the page. */
  receive(message: In): Out | undefined | Promise<Out | undefined>;
  /** The page is hidden, and with that gone; it says that it is ready when it is back. */
  hidden?(): void;
  /** Its tab or view is closed. */
  closed?(): void;
}

type Surface = vscode.WebviewPanel | vscode.WebviewView;

/** A page in a tab or in the sidebar: sends it messages, checks those that it sends, and tells it what failed. */
export class Page<In extends { readonly type: string }, Out> {
  private surface: Surface | undefined;
  /** The page listens: from its first message on until it is hidden. */
  private listens = false;
  /** The page has been told all that it begins with. */
  private begun = false;
  private readonly waiting: Out[] = [];
  private shownTitle = '';

  constructor(
    private readonly shell: Pick<Shell, 'extensionUri' | 'log'>,
    private readonly kind: PageKind<In>,
  ) {}

  /** Fills a tab or view with the page. */
  run(surface: Surface, content: PageContent<In, Out>): void {
    this.surface = surface;
    this.listens = this.begun = false;
    const leave = () => {
      this.listens = this.begun = false;
      content.hidden?.();
    };
    const look = () => {
      if (!surface.visible && this.surface === surface) leave();
    };
    surface.webview.onDidReceiveMessage((data) => void this.receive(content, data));
    if (isPanel(surface)) surface.onDidChangeViewState(look);
    else surface.onDidChangeVisibility(look);
    surface.onDidDispose(() => {
      if (this.surface !== surface) return;
      this.surface = undefined;
      leave();
      content.closed?.();
    });
    if (this.shownTitle !== '') this.title = this.shownTitle;
    this.fill(surface.webview);
    content.appeared?.();
  }

  /** Tells the page something, if it is there to hear it. */
  post(message: Out): void {
    if (this.listens) void this.surface?.webview.postMessage(message);
  }

  /** Tells the page something now, or as soon as it has begun; in the order of the calls. */
  send(message: Out): void {
    if (this.begun) this.post(message);
    else this.waiting.push(message);
  }

  /** Does work that nobody waits for; the page is told if it fails. */
  async tried(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Tells the page that something failed, unless it was given up on purpose. */
  fail(error: unknown, id?: number): void {
    if (error instanceof Canceled) return;
    if (error instanceof BackendLost) {
      void report(error, this.shell.log);
      return;
    }
    const message = sentenceFor(error, this.shell.log);
    const failed: Failed = { type: 'failed', ...(id !== undefined && { id }), message };
    if (this.listens) void this.surface?.webview.postMessage(failed);
  }

  /** The title of the tab, or what stands beside that of the view. */
  set title(title: string) {
    this.shownTitle = title;
    if (!this.surface) return;
    if (isPanel(this.surface)) this.surface.title = title;
    else this.surface.description = title;
  }

  get isOpen(): boolean {
    return this.surface !== undefined;
  }

  get isVisible(): boolean {
    return this.surface?.visible ?? false;
  }

  /** Its tab is the one in front. */
  get isActive(): boolean {
    return this.surface !== undefined && isPanel(this.surface) && this.surface.active;
  }

  /** Shows what is open; the keyboard stays where it is unless it is a tab. */
  reveal(preserveFocus = false): void {
    if (!this.surface) return;
    if (isPanel(this.surface)) this.surface.reveal(undefined, preserveFocus);
    else this.surface.show(true);
  }

  /** Closes its tab. */
  close(): void {
    if (this.surface && isPanel(this.surface)) this.surface.dispose();
  }

  private async receive(content: PageContent<In, Out>, data: unknown): Promise<void> {
    const checked = this.kind.messages.safeParse(data);
    if (!checked.success) {
      this.shell.log.error(`the page "${this.kind.name}" sent an invalid message: ${checked.error.message}`);
      return;
    }
    const message = checked.data;
    if (message.type === 'ready') this.listens = true;
    try {
      const answer = await content.receive(message);
      if (answer !== undefined) this.post(answer);
    } catch (error) {
      this.fail(error, idOf(message));
    }
    if (message.type === 'ready') this.begin();
  }

  private begin(): void {
    // it may have been hidden meanwhile
    this.begun = this.listens;
    if (this.begun) for (const message of this.waiting.splice(0)) this.post(message);
  }

  /** Lets a webview run the page and nothing else. */
  private fill(webview: vscode.Webview): void {
    const { name } = this.kind;
    const dist = vscode.Uri.joinPath(this.shell.extensionUri, 'dist', 'webview');
    const local = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = pageHtml({
      element: elementOf(name),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: local(`${name}.js`),
      style: local(`${name}.css`),
      codicons: local('codicon.css'),
    });
  }
}

function isPanel(surface: Surface): surface is vscode.WebviewPanel {
  return 'reveal' in surface;
}

/** The number of a question, where a message is one. */
function idOf(message: object): number | undefined {
  return 'id' in message && typeof message.id === 'number' ? message.id : undefined;
}
