import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import * as z from 'zod';
import { type Candidate, type Ink, type Picture, pictureSchema } from '../../src/protocol/ink';
import {
  type Drawn,
  type HostToPad,
  hostToPadSchema,
  type PadSettings,
  type PadToHost,
  type PractiseAction,
  type PractiseTask,
} from '../../src/protocol/pad';
import { Host } from '../host';
import './candidates';
import { percent, spoken } from './candidates';
import { fitInk, type Size, sizeSchema } from './frame';
import { History, historySchema } from './history';
import { actionFor, type KeyAction } from './keyboard';
import './networkPicture';
import './practice';
import { PEN_WIDTH } from './pen';
import { Recognizer } from './recognizer';
import { takePictures } from '../pictureDrop';
import { Rest } from './rest';
import './surface';
import type { StrokeDetail, Surface } from './surface';
import './toolbar';
import './writingKeys';

/** What outlives hiding the view and reloading the window. */
const savedSchema = z.object({
  history: historySchema,
  frame: sizeSchema.optional(),
  sample: pictureSchema.optional(),
});

const BEFORE_SETTINGS: PadSettings = {
  type: 'settings',
  alphabet: 'all',
  customAlphabet: '',
  insertAfter: 0,
  notSureBelow: 0,
};

/** A text on its way into the editor, and the strokes that it stands for. */
interface Insertion {
  id: number;
  strokes: number;
}

/** The whole pad: holds what is on it, and passes intents to the host. */
@customElement('scrawl-pad')
export class Pad extends LitElement {
  @state() private history = History.EMPTY;
  @state() private candidates: readonly Candidate[] = [];
  @state() private picture: Picture | undefined;
  @state() private settings = BEFORE_SETTINGS;
  /** What went wrong or was done last, in words; the newest ink takes it away. */
  @state() private notice: { text: string; failed: boolean; canUndo?: boolean } | undefined;
  /** The picture of a sample that was sent here, until something is drawn. */
  @state() private sample: Picture | undefined;
  /** What the host asks to be drawn. */
  @state() private practising: PractiseTask | undefined;
  @state() private resting = 0;
  @query('scrawl-surface') private readonly surface!: Surface;

  private readonly host = new Host<PadToHost, HostToPad>(hostToPadSchema);
  private readonly recognizer = new Recognizer((id, what) =>
    this.host.tell(
      'pixels' in what
        ? { type: 'recognizePicture', id, picture: what }
        : { type: 'recognize', id, ink: what, penWidth: this.penWidth },
    ),
  );
  /** Width of the pen in the frame's unit; samples of other pens have their own. */
  private penWidth = PEN_WIDTH;
  private readonly rest = new Rest(() => this.insertAt(0));
  private frame: Size | undefined;
  private insertion: Insertion | undefined;
  private penIsDown = false;
  private penUpAt = 0;
  /** The candidate that was asked for before it was known. */
  private wanted: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'main');
    this.restore();
    this.host.listen((message) => this.receive(message));
    document.addEventListener('keydown', this.onKey);
    window.addEventListener('focus', () => this.tellFocus(true));
    window.addEventListener('blur', () => this.tellFocus(false));
    takePictures((picture) => this.tell({ type: 'givePicture', picture }));
    this.host.tell({ type: 'ready' });
    if (document.hasFocus()) this.tellFocus(true);
    this.recognizer.changed(this.onPaper);
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { ink, canUndo, canRedo } = this.history;
    return html`<scrawl-toolbar
        .alphabet=${this.settings.alphabet}
        .canUndo=${canUndo}
        .canRedo=${canRedo}
        .canClear=${ink.length > 0 || this.sample !== undefined}
        @alphabet=${(event: CustomEvent<string>) => this.tell({ type: 'alphabet', alphabet: event.detail })}
        @undo=${() => this.undo()}
        @redo=${() => this.redo()}
        @clear=${() => this.clear()}
      ></scrawl-toolbar>
      <scrawl-practice
        .task=${this.practising}
        .canKeep=${ink.length > 0}
        @practise=${(event: CustomEvent<PractiseAction>) => this.practise(event.detail)}
      ></scrawl-practice>
      <scrawl-surface
        .ink=${ink}
        .frame=${this.frame}
        .picture=${this.sample}
        @stroke-move=${this.onStrokeMove}
        @stroke-end=${this.onStrokeEnd}
        @stroke-drop=${this.onStrokeDrop}
      ></scrawl-surface>
      <scrawl-candidates
        .candidates=${this.candidates}
        .sure=${this.sure}
        .resting=${this.resting}
        @choose=${(event: CustomEvent<number>) => this.insertAt(event.detail)}
      ></scrawl-candidates>
      <div class="reading">
        <scrawl-network-picture .picture=${this.picture}></scrawl-network-picture>
        ${this.reading()}
        <button
          class="tool keep"
          aria-label="Keep as sample"
          title="Keep as a sample of my handwriting"
          ?hidden=${ink.length === 0}
          @click=${() => this.keep()}
        >
          <span class="codicon codicon-save" aria-hidden="true"></span>
        </button>
      </div>
      <scrawl-writing-keys
        @edit=${(event: CustomEvent<'space' | 'backspace' | 'newLine'>) => this.edit(event.detail)}
      ></scrawl-writing-keys>
      <div class="announcement" role="status" aria-live="polite">${this.announcement()}</div>`;
  }

  /** What the pad makes of the ink, beside the network's picture. */
  private reading() {
    if (this.notice) {
      const { text, failed, canUndo } = this.notice;
      const undo = html`<button class="link" @click=${() => this.tell({ type: 'undoKeep' })}>Undo</button>`;
      return html`<span class=${failed ? 'failure' : 'caption'}>${text}</span>${canUndo ? undo : nothing}`;
    }
    if (!this.notSure) return html`<span class="caption">What the network sees</span>`;
    return html`<span class="caption">
      <strong>Not sure</strong>
      <button
        class="link"
        aria-keyshortcuts="?"
        title="Pick from the alphabet (?)"
        @click=${() => this.pick()}
      >
        Pick a character <kbd>?</kbd>
      </button>
    </span>`;
  }

  /** What a screen reader says; nothing while the pen is down. */
  private announcement() {
    if (this.notice) return this.notice.text;
    if (this.penIsDown || this.candidates.length === 0) return nothing;
    const [first, ...others] = this.candidates.map(({ text }) => spoken(text));
    const sure = this.sure ? '' : 'Not sure: ';
    return `${sure}${first}, ${percent(this.candidates[0]?.probability ?? 0)}; then ${others.join(', ')}`;
  }

  private get notSure(): boolean {
    return this.candidates.length > 0 && !this.sure;
  }

  private get sure(): boolean {
    return (this.candidates[0]?.probability ?? 0) >= this.settings.notSureBelow && this.candidates.length > 0;
  }

  // --- the pen

  private readonly onStrokeMove = ({ detail }: CustomEvent<StrokeDetail>): void => {
    if (!this.penIsDown) this.penDown();
    this.recognizer.changing([...this.history.ink, detail.stroke]);
  };

  private readonly onStrokeEnd = ({ detail }: CustomEvent<StrokeDetail>): void => {
    this.penUp();
    this.frame = detail.frame;
    this.change(this.history.draw(detail.stroke));
  };

  private readonly onStrokeDrop = (): void => {
    this.penUp();
    this.change(this.history);
  };

  private penDown(): void {
    this.penIsDown = true;
    this.notice = undefined;
    this.stopResting();
  }

  private penUp(): void {
    this.penIsDown = false;
    this.penUpAt = performance.now();
  }

  // --- the ink

  private undo(): void {
    if (this.history.canUndo) this.change(this.history.undo());
  }

  private redo(): void {
    if (this.history.canRedo) this.change(this.history.redo());
  }

  private clear(): void {
    this.change(this.history.clear());
  }

  private change(history: History): void {
    this.history = history;
    this.sample = undefined;
    if (history.ink.length === 0) this.penWidth = PEN_WIDTH;
    if (!history.canUndo && !history.canRedo) this.frame = undefined;
    this.notice = undefined;
    this.wanted = undefined;
    this.stopResting();
    if (history.ink.length === 0) this.forget();
    this.recognizer.changed(history.ink);
    this.save();
  }

  private save(): void {
    this.host.state = { history: this.history.toState(), frame: this.frame, sample: this.sample };
  }

  /** What is there to be read. */
  private get onPaper(): Ink | Picture {
    return this.sample ?? this.history.ink;
  }

  /** Lays a sample of a dataset on the paper; undo brings back what was there. */
  private showInk(ink: Ink, penWidth: number | undefined): void {
    const { fitted, frame, scale } = fitInk(ink);
    this.frame = frame;
    this.change(this.history.replace(fitted));
    this.frame = frame;
    this.penWidth = penWidth === undefined ? PEN_WIDTH : penWidth * scale;
    this.recognizer.changed(fitted);
  }

  private showPicture(picture: Picture): void {
    this.change(this.history.clear());
    this.sample = picture;
    this.recognizer.changed(picture);
    this.save();
  }

  private forget(): void {
    this.candidates = [];
    this.picture = undefined;
  }

  private restore(): void {
    const saved = savedSchema.safeParse(this.host.state);
    if (!saved.success) return;
    this.history = History.from(saved.data.history);
    this.frame = saved.data.frame;
    this.sample = saved.data.sample;
  }

  // --- insertion

  private insertAt(index: number): void {
    if (this.penIsDown || (this.history.ink.length === 0 && !this.sample)) return;
    if (this.practising) {
      if (index === 0) this.practise('keep');
      return;
    }
    if (!this.recognizer.upToDate) {
      this.wanted = index;
      return;
    }
    const text = this.candidates[index]?.text;
    if (text === undefined || this.insertion) return;
    const correction = index === 0 ? undefined : this.drawn;
    this.tell({ type: 'insert', id: this.startInsertion(), text, ...(correction && { correction }) });
  }

  private pick(): void {
    if (this.insertion) return;
    const correction = this.drawn;
    this.tell({ type: 'pickFromAlphabet', id: this.startInsertion(), ...(correction && { correction }) });
  }

  /** The ink, if there is any. */
  private get drawn(): Drawn | undefined {
    const { ink } = this.history;
    return ink.length > 0 ? { ink, penWidth: this.penWidth } : undefined;
  }

  private keep(): void {
    const { drawn } = this;
    const suggestion = this.recognizer.upToDate ? this.candidates[0]?.text : undefined;
    if (drawn) this.tell({ type: 'keep', drawn, ...(suggestion !== undefined && { suggestion }) });
    else this.notice = { text: 'Draw a character first, then keep it.', failed: false };
  }

  /** Keeps the ink as a sample of a candidate, without inserting it. */
  private teach(index: number): void {
    const { drawn } = this;
    const label = this.candidates[index]?.text;
    if (!drawn || label === undefined || !this.recognizer.upToDate || this.practising) return;
    this.clear();
    this.tell({ type: 'teach', drawn, label });
  }

  /** Answers to what is asked to be drawn; the host says what comes next. */
  private practise(action: PractiseAction): void {
    const { drawn } = this;
    if (action === 'keep' && !drawn) return;
    this.clear();
    this.tell({ type: 'practise', action, ...(action === 'keep' && { drawn }) });
  }

  private startInsertion(): number {
    this.stopResting();
    const { id } = this.recognizer;
    this.insertion = { id, strokes: this.history.ink.length };
    return id;
  }

  /** The text is in the editor: its strokes go, and what was drawn meanwhile stays. */
  private inserted(id: number, text: string): void {
    if (this.insertion?.id !== id) return;
    const { strokes } = this.insertion;
    this.insertion = undefined;
    const since: Ink = this.history.ink.slice(strokes);
    this.change(History.of(since));
    if (since.length === 0) this.notice = { text: `Inserted ${text}`, failed: false };
  }

  private edit(edit: 'space' | 'backspace' | 'newLine'): void {
    this.tell({ type: 'edit', edit });
  }

  private rested(): void {
    if (this.settings.insertAfter === 0 || this.penIsDown || !this.sure || this.practising) return;
    this.resting = Math.max(this.settings.insertAfter - (performance.now() - this.penUpAt), 1);
    this.rest.start(this.resting);
  }

  private stopResting(): void {
    this.rest.stop();
    this.resting = 0;
  }

  // --- the host

  private tell(message: PadToHost): void {
    this.host.tell(message);
  }

  private tellFocus(focused: boolean): void {
    this.tell({ type: 'focus', focused });
  }

  private receive(message: HostToPad): void {
    switch (message.type) {
      case 'settings':
        this.take(message);
        return;
      case 'candidates':
        if (!this.recognizer.accept(message.id)) return;
        this.candidates = message.candidates;
        this.picture = message.picture;
        this.answered();
        return;
      case 'failed':
        if (!this.recognizer.accept(message.id)) return;
        this.forget();
        this.wanted = undefined;
        this.notice = { text: message.message, failed: true };
        return;
      case 'inserted':
        this.inserted(message.id, message.text);
        return;
      case 'notInserted':
        if (this.insertion?.id === message.id) this.insertion = undefined;
        return;
      case 'kept':
        this.notice = { text: message.message, failed: false, canUndo: message.canUndo };
        return;
      case 'practise':
        this.practising = message.label === undefined ? undefined : message;
        return;
      case 'showInk':
        this.showInk(message.ink, message.penWidth);
        return;
      case 'showPicture':
        this.showPicture(message.picture);
        return;
      case 'insertCandidate':
        this.insertAt(message.index);
        return;
      case 'command':
        this.obey(message.command);
    }
  }

  /** New settings; another alphabet or model gives other candidates. */
  private take(settings: PadSettings): void {
    const { alphabet, customAlphabet, model } = this.settings;
    this.settings = settings;
    const changed =
      settings.alphabet !== alphabet ||
      settings.customAlphabet !== customAlphabet ||
      settings.model !== model;
    if (changed && !this.penIsDown) this.recognizer.changed(this.onPaper);
  }

  private answered(): void {
    // what was said of keeping stands until the ink changes, even where the same ink is read again
    if (this.notice?.failed) this.notice = undefined;
    const { wanted } = this;
    this.wanted = undefined;
    if (wanted !== undefined) this.insertAt(wanted);
    else this.rested();
  }

  private obey(command: Extract<HostToPad, { type: 'command' }>['command']): void {
    if (command === 'focus') this.surface.focus({ preventScroll: true });
    else this[command]();
  }

  // --- the keyboard

  private readonly onKey = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.closest('vscode-single-select')) return;
    const action = actionFor(event, target?.closest('button') != null);
    if (!action) return;
    // VS Code listens on the window, and would look for a keybinding of its own
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || action.type === 'edit') this.act(action);
  };

  private act(action: KeyAction): void {
    if (action.type === 'insert') this.insertAt(action.index);
    else if (action.type === 'teach') this.teach(action.index);
    else if (action.type === 'edit') this.edit(action.edit);
    else this[action.type]();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-pad': Pad;
  }
}
