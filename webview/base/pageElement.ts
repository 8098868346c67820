import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { ZodMiniType } from 'zod/mini';
import { takeKey } from './keys';
import { Part } from './part';

/** What was done last or went wrong, in words. */
export interface Notice {
  readonly text: string;
  readonly failed: boolean;
}

interface VSCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VSCodeApi;

/** It may be asked for once only. */
const vscode = acquireVsCodeApi();

/** Milliseconds after the last change, as of scrolling, until it is saved. */
const SAVE_AFTER = 200;

/**
 * The element that is a whole page: shows what the extension host tells, and passes what the user wants on to it. Saved
 * outlives hiding the page and reloading the window.
 */
export abstract class PageElement<
  Sent extends { type: string },
  Received extends { type: string },
  Saved = undefined,
> extends Part {
  @state() protected notice: Notice | undefined;
  /** What the saved state is checked with, for another version of Scrawl may have saved it. */
  protected readonly savedSchema: ZodMiniType<Saved> | undefined;
  private saving: ReturnType<typeof setTimeout> | undefined;

  /** Goes on from what was saved; gives the message by which the host learns that the page is there. */
  protected abstract begin(saved: Saved | undefined): Extract<Sent, { type: 'ready' }>;

  /** Takes a message of the host. The notices that every page may be told have been taken already. */
  protected abstract receive(message: Received): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'main');
    const ready = this.begin(this.savedSchema?.safeParse(vscode.getState()).data);
    window.addEventListener('message', ({ data }: MessageEvent<Received>) => this.hear(data));
    document.addEventListener('keydown', (event) => {
      const target = event.target instanceof Element ? event.target : undefined;
      takeKey(event, this.keyAction?.(event, target));
    });
    this.tell(ready);
  }

  protected tell(message: Sent): void {
    vscode.postMessage(message);
  }

  /** What a key means on this page, wherever in it the keyboard is. */
  protected keyAction?(event: KeyboardEvent, target: Element | undefined): (() => void) | undefined;

  // --- notices

  protected say(text: string, failed = false): void {
    this.notice = { text, failed };
  }

  protected get failure(): string | undefined {
    return this.notice?.failed ? this.notice.text : undefined;
  }

  /** The failure, as a paragraph that screen readers read out. */
  protected alert() {
    const { failure } = this;
    return failure === undefined ? nothing : html`<p class="failure" role="alert">${failure}</p>`;
  }

  // --- what outlives the page

  /** Nothing where there is nothing worth saving yet. */
  protected toSave(): Saved | undefined {
    return undefined;
  }

  protected save(): void {
    clearTimeout(this.saving);
    const saved = this.toSave();
    if (saved !== undefined) vscode.setState(saved);
  }

  protected saveSoon(): void {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), SAVE_AFTER);
  }

  private hear(message: Received): void {
    const { type, id, message: text } = message as { type: string; id?: number; message?: string };
    // what answers a question concerns whoever asked it
    if (text !== undefined && id === undefined && (type === 'done' || type === 'failed')) {
      this.say(text, type === 'failed');
    }
    this.receive(message);
  }
}
