import { html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import { spoken } from '../../src/base/words';
import type { Ink, Picture } from '../../src/protocol/ink';
import {
  type Chosen,
  chosenOf,
  type HostToPad,
  type PadSettings,
  type PadTarget,
  type PadToHost,
  type PracticeAction,
  type ShownReading,
} from '../../src/protocol/pages/pad';
import { type Notice, PageElement } from '../base/pageElement';
import { takePictures } from '../base/pictureDrop';
import './alternatives';
import type { Alternatives } from './alternatives';
import './candidates';
import { shortPercent } from './candidates';
import type { Desk } from './desk';
import type { Place } from './frame';
import { Insertions } from './insertions';
import { actionFor, type KeyAction } from './keyboard';
import { LetterChoice } from './letterChoice';
import { type Letter, lettersOf } from './letters';
import { Paper, paperSchema, type PaperState } from './paper';
import './practice';
import { isSame, Readings } from './readings';
import { Recognizer } from './recognizer';
import { Rest } from './rest';
import { Samples } from './samples';
import './statusLine';
import './surface';
import type { LetterDetail, StrokeDetail, Surface } from './surface';
import './target';
import './toolbar';
import type { PadSwitch } from './toolbar';
import { Writing } from './writing';
import './writingKeys';

const BEFORE_SETTINGS: PadSettings = {
  type: 'settings',
  alphabet: 'all',
  customAlphabet: '',
  insertAfter: 0,
  notSureBelow: 0,
  guideLines: true,
  penOnly: false,
  leftHanded: false,
};

/** Milliseconds of rest after which a full row moves on. */
const MOVE_ON_AFTER = 700;

/** The whole pad: what is on it, what it says, and what became of that; passes intents to the host. */
export default class Pad extends PageElement<PadToHost, HostToPad, PaperState> {
  @state() private settings = BEFORE_SETTINGS;
  @state() private target: PadTarget | undefined;
  @state() private resting = 0;
  /** The notice of what can be taken back, and how. */
  private undoable: { notice: Notice | undefined; takeBack: () => void } | undefined;
  @query('scrawl-surface') private readonly surface!: Surface;
  @query('scrawl-alternatives') private readonly alternatives!: Alternatives | null;

  protected override readonly savedSchema = paperSchema;
  private readonly paper = new Paper();
  private readonly readings = new Readings();
  private readonly recognizer = new Recognizer((id, what) => this.recognize(id, what));
  private readonly desk: Desk = {
    paper: this.paper,
    readings: this.readings,
    recognizer: this.recognizer,
    tell: (message) => this.tell(message),
    say: (text, takeBack) => this.sayDone(text, takeBack),
    change: (how) => this.change(how),
  };
  private readonly insertions = new Insertions(this.desk);
  private readonly samples = new Samples(this.desk);
  private readonly letter = new LetterChoice(this.desk);
  private readonly writing = new Writing(this.desk, this.insertions);
  /** The characters of the reading as they were placed last. */
  private placed: readonly Letter[] = [];
  private readonly insertAfterRest = new Rest(() => this.insertAt(0));
  private readonly moveOnAfterRest = new Rest(() => this.moveOn());
  /** The ghost text that the host was told of last. */
  private previewed: Chosen = { text: '' };
  /** Whether the Backspace that is held began by taking ink: then it takes nothing else. */
  private backspaceTakesInk = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('focus', () => this.tell({ type: 'focus', focused: true }));
    window.addEventListener('blur', () => this.tell({ type: 'focus', focused: false }));
    takePictures((picture) => this.tell({ type: 'givePicture', picture }));
    if (document.hasFocus()) this.tell({ type: 'focus', focused: true });
    this.recognizer.changed(this.paper.content());
  }

  override render() {
    this.classList.toggle('left-handed', this.settings.leftHanded);
    return html`<div class="tools">${this.toolbar()}</div>
      <div class="paper">${this.sheet()} ${this.popup()}</div>
      <scrawl-candidates
        .readings=${this.shown}
        .sure=${this.insertions.offer === undefined && this.sure}
        .inserted=${this.insertions.offer?.chosen}
        .resting=${this.resting}
        @choose=${(event: CustomEvent<number>) => this.insertAt(event.detail)}
      ></scrawl-candidates>
      <div class="foot">
        <scrawl-status-line
          .picture=${this.readings.picture}
          .notice=${this.notice}
          .canTakeBack=${this.notice !== undefined && this.notice === this.undoable?.notice}
          .notSure=${this.notSure}
          .ofSymbols=${this.settings.alphabet === 'symbols'}
          .canKeep=${this.paper.ink.length > 0}
          @take-back=${() => this.undoable?.takeBack()}
          @pick=${() => this.pick()}
          @keep=${() => this.samples.keep()}
        ></scrawl-status-line>
        <scrawl-writing-keys
          @edit=${(event: CustomEvent<'space' | 'backspace' | 'newLine'>) => this.edit(event.detail)}
        ></scrawl-writing-keys>
      </div>
      <div class="announcement" role="status" aria-live="polite">${this.announcement()}</div>`;
  }

  private toolbar() {
    const { history } = this.paper;
    return html`<scrawl-toolbar
        .alphabet=${this.settings.alphabet}
        .canUndo=${history.canUndo || this.insertions.canTakeBack}
        .canRedo=${history.canRedo}
        .canClear=${!this.paper.isEmpty}
        .guideLines=${this.settings.guideLines}
        .insertsAfterRest=${this.settings.insertAfter > 0}
        @alphabet=${(event: CustomEvent<string>) => this.tell({ type: 'alphabet', alphabet: event.detail })}
        @switch=${(event: CustomEvent<PadSwitch>) => this.tell({ type: 'switch', ...event.detail })}
        @undo=${() => this.undo()}
        @redo=${() => this.redo()}
        @clear=${() => this.clear()}
      ></scrawl-toolbar>
      <scrawl-target
        .target=${this.target}
        @choose-target=${() => this.tell({ type: 'chooseTarget' })}
      ></scrawl-target>
      <scrawl-practice
        .task=${this.samples.task}
        .canKeep=${this.paper.ink.length > 0}
        @practice=${(event: CustomEvent<PracticeAction>) => this.samples.practice(event.detail)}
      ></scrawl-practice>`;
  }

  private sheet() {
    return html`<scrawl-surface
      .ink=${this.paper.ink}
      .frame=${this.paper.frame}
      .offset=${this.paper.offset}
      .guideLines=${this.settings.guideLines}
      .penOnly=${this.settings.penOnly}
      .picture=${this.paper.sample}
      .letters=${this.letters()}
      .sure=${this.sure}
      .openLetter=${this.letter.open?.at}
      @stroke-move=${this.onStrokeMove}
      @stroke-end=${this.onStrokeEnd}
      @stroke-drop=${() => this.writing.drop()}
      @erase-end=${(event: CustomEvent<StrokeDetail>) => this.writing.erase(event.detail.stroke)}
      @letter-tap=${(event: CustomEvent<LetterDetail>) => this.askAlternatives(event.detail)}
      @letter-delete=${(event: CustomEvent<number>) => this.deleteLetter(event.detail)}
      @scroll-by=${(event: CustomEvent<Place>) => this.scrollPaper(event.detail)}
    ></scrawl-surface>`;
  }

  private popup() {
    const { open, isShown } = this.letter;
    if (!open || !isShown) return nothing;
    const { readings, text, whole, at, place } = open;
    return html`<scrawl-alternatives
      .readings=${readings}
      .text=${text}
      .whole=${whole}
      .at=${at}
      .place=${place}
      @choose-alternative=${(event: CustomEvent<number>) => this.chooseAlternative(event.detail)}
      @close-alternatives=${() => this.closeAlternatives()}
    ></scrawl-alternatives>`;
  }

  override updated(): void {
    this.preview();
  }

  /** Says what was done, and how it can be taken back. */
  private sayDone(text: string, takeBack: (() => void) | undefined): void {
    this.say(text);
    this.undoable = takeBack && { notice: this.notice, takeBack };
    this.requestUpdate();
  }

  // --- what the ink says

  /** The candidates: of the ink, or of what was inserted last as long as another one can replace it. */
  private get shown(): readonly ShownReading[] {
    return this.insertions.offer?.readings ?? this.readings.all;
  }

  private get sure(): boolean {
    return this.readings.isSure(this.settings.notSureBelow);
  }

  private get notSure(): boolean {
    return this.readings.first !== undefined && !this.sure;
  }

  /** What a screen reader says; nothing while the pen is down. */
  private announcement() {
    if (this.notice) return this.notice.text;
    const { first, all } = this.readings;
    if (this.writing.isDown || !first) return nothing;
    const others = all.slice(1).map(({ text }) => spoken(text));
    const then = others.length > 0 ? `; then ${others.join(', ')}` : '';
    return `${this.sure ? '' : 'Not sure: '}${spoken(first.text)}, ${shortPercent(first.probability)}${then}`;
  }

  /** The characters of the first reading; while that is not known yet, as they were. */
  private letters(): readonly Letter[] {
    const { first } = this.readings;
    const { ruling, ink } = this.paper;
    if (!first || !ruling || ink.length === 0) this.placed = [];
    else if (this.recognizer.upToDate) this.placed = lettersOf(ink, first, ruling);
    return this.placed;
  }

  private recognize(id: number, what: Ink | Picture): void {
    if ('pixels' in what) {
      this.tell({ type: 'recognizePicture', id, picture: what });
      return;
    }
    const guide = this.paper.guide(what);
    const { spaces } = this.paper;
    this.tell({
      type: 'recognize',
      id,
      ink: what,
      penWidth: this.paper.penWidth(what),
      ...(guide && { guide }),
      ...(spaces.length > 0 && { spaces }),
    });
  }

  /** Tells what shall stand at the cursor as ghost text. */
  private preview(): void {
    const first = this.samples.task ? undefined : this.readings.first;
    const chosen = first ? chosenOf(first) : { text: '' };
    if (isSame(chosen, this.previewed)) return;
    this.previewed = chosen;
    this.tell({ type: 'preview', ...chosen });
  }

  // --- the pen

  private readonly onStrokeMove = ({ detail }: CustomEvent<StrokeDetail>): void => {
    if (!this.writing.isDown) {
      this.notice = undefined;
      this.letter.close();
      this.stopResting();
      this.moveOnAfterRest.stop();
      this.writing.down(detail.stroke);
      this.requestUpdate();
    }
    this.writing.move(detail);
  };

  private readonly onStrokeEnd = ({ detail }: CustomEvent<StrokeDetail>): void => {
    this.writing.up(detail);
    this.moveOnAfterRest.start(MOVE_ON_AFTER);
  };

  // --- the ink

  private undo(): void {
    const { ink, history } = this.paper;
    if (!history.canUndo) this.insertions.takeBack();
    else if (ink.length > this.insertions.strokes || !this.insertions.isPending) {
      this.change(() => this.paper.undo());
    }
  }

  private redo(): void {
    if (this.paper.history.canRedo) this.change(() => this.paper.redo());
  }

  private clear(): void {
    if (this.letter.open) this.closeAlternatives();
    else this.change(() => this.paper.clear());
  }

  /** Takes the stroke that was drawn last. */
  private takeStroke(): void {
    if (this.paper.sample) this.clear();
    else this.change(() => this.paper.replace(this.paper.ink.slice(0, -1)));
  }

  /** Changes what is on the paper, and has it read. */
  private change(how: () => void): void {
    const { ink } = this.paper;
    how();
    const isDrawn = this.paper.ink.length > ink.length;
    if (!isDrawn) {
      this.writing.forgetRepairs();
      this.insertions.giveUpWaiting();
    }
    this.notice = undefined;
    this.letter.close();
    this.stopResting();
    if (this.paper.isEmpty) this.readings.forget();
    // what is drawn while a text is on its way is read when that has arrived
    if (!this.insertions.isPending) this.recognizer.changed(this.paper.content());
    this.save();
    this.requestUpdate();
  }

  private moveOn(): void {
    if (this.writing.isDown || !this.paper.moveOn()) return;
    this.save();
    this.requestUpdate();
  }

  private scrollPaper({ x, y }: Place): void {
    this.paper.scroll(x, y);
    this.saveSoon();
    this.requestUpdate();
  }

  protected override toSave(): PaperState {
    return this.paper.toState();
  }

  protected override begin(saved: PaperState | undefined): { type: 'ready' } {
    if (saved) this.paper.restore(saved);
    return { type: 'ready' };
  }

  // --- one character of the reading

  private askAlternatives(letter: LetterDetail): void {
    if (this.insertions.isPending) return;
    this.stopResting();
    this.letter.ask(letter, document.activeElement?.closest('scrawl-reading-line') != null);
    this.requestUpdate();
  }

  private showAlternatives(id: number, at: number, readings: readonly ShownReading[]): void {
    if (!this.letter.take(id, at, readings)) return;
    this.requestUpdate();
    if (this.letter.open?.byKeyboard) void this.updateComplete.then(() => this.alternatives?.focusFirst());
  }

  private chooseAlternative(index: number): void {
    this.letter.choose(index);
    this.closeAlternatives();
  }

  private closeAlternatives(): void {
    const { open } = this.letter;
    this.letter.close();
    this.requestUpdate();
    if (!open?.byKeyboard) this.surface.focus({ preventScroll: true });
    else void this.updateComplete.then(() => this.surface.focusLetter(open.at));
  }

  private deleteLetter(at: number): void {
    this.writing.deleteCharacter(at);
    this.surface.focus({ preventScroll: true });
  }

  // --- insertion

  private insertAt(index: number): void {
    if (this.writing.isDown) return;
    if (this.letter.isShown) this.chooseAlternative(index);
    else if (!this.samples.task) {
      this.stopResting();
      this.insertions.insert(index);
    } else if (index === 0) this.samples.practice('keep');
  }

  /** Lets the user choose what they wrote from all that the alphabet is of. */
  private pick(): void {
    this.pickFrom(this.settings.alphabet === 'symbols' ? 'symbols' : 'characters');
  }

  private pickFrom(of: 'characters' | 'symbols'): void {
    this.stopResting();
    this.insertions.pick(of);
  }

  private edit(edit: 'space' | 'backspace' | 'newLine'): void {
    this.tell({ type: 'edit', edit });
  }

  private rested(): void {
    if (this.settings.insertAfter === 0 || this.writing.isDown || !this.sure || this.samples.task) return;
    this.resting = Math.max(this.settings.insertAfter - this.writing.rested, 1);
    this.insertAfterRest.start(this.resting);
  }

  private stopResting(): void {
    this.insertAfterRest.stop();
    this.resting = 0;
  }

  // --- the host

  protected override receive(message: HostToPad): void {
    switch (message.type) {
      case 'settings':
        return this.take(message);
      case 'target':
        this.target = message;
        return;
      case 'candidates':
        if (this.recognizer.accept(message.id)) this.answered(message.readings, message.picture);
        return;
      case 'alternatives':
        return this.showAlternatives(message.id, message.at, message.readings);
      case 'failed':
        return this.failed(message.id, message.message);
      case 'inserted':
        return this.insertions.inserted(message, this.writing.isDown);
      case 'notInserted':
        return this.insertions.notInserted(message.id);
      case 'replaced':
        return this.insertions.replaced(message);
      case 'takenBack':
        return this.insertions.takenBack(message.id, message.done);
      case 'kept':
        return this.samples.kept(message);
      case 'practice':
        this.samples.task = message.label === undefined ? undefined : message;
        this.requestUpdate();
        return;
      case 'showInk':
        return this.layInk(message.ink, message.penWidth);
      case 'showPicture':
        return this.change(() => this.paper.layPicture(message.picture));
      case 'insertCandidate':
        return this.insertAt(message.index);
      case 'command':
        return this.obey(message.command);
    }
  }

  private layInk(ink: Ink, penWidth: number | undefined): void {
    this.change(() => this.paper.layInk(ink, penWidth, this.surface.paperSize));
  }

  /** New settings; another alphabet or model gives other candidates. */
  private take(settings: PadSettings): void {
    const { alphabet, customAlphabet, model, guideLines } = this.settings;
    this.settings = settings;
    this.paper.showsLines = settings.guideLines;
    const changed =
      settings.alphabet !== alphabet ||
      settings.customAlphabet !== customAlphabet ||
      settings.model !== model ||
      settings.guideLines !== guideLines;
    if (changed && !this.writing.isDown && !this.insertions.isPending)
      this.recognizer.changed(this.paper.content());
  }

  private answered(readings: readonly ShownReading[], picture: Picture | undefined): void {
    this.readings.take(readings, picture);
    this.letter.close();
    // what was said of keeping stands until the ink changes, even where the same ink is read again
    if (this.notice?.failed) this.notice = undefined;
    this.requestUpdate();
    if (this.insertions.isPending) this.insertions.answered();
    else this.rested();
  }

  private failed(id: number | undefined, message: string): void {
    if (id === undefined || !this.recognizer.accept(id)) return;
    this.readings.forget();
    this.insertions.giveUpWaiting();
    this.say(message, true);
  }

  private obey(command: Extract<HostToPad, { type: 'command' }>['command']): void {
    if (command === 'focus') this.surface.focus({ preventScroll: true });
    else if (command === 'pick') this.pickFrom('characters');
    else if (command === 'findSymbol') this.pickFrom('symbols');
    else if (command === 'keep') this.samples.keep();
    else this[command]();
  }

  // --- the keyboard

  protected override keyAction(event: KeyboardEvent, target: Element | undefined): (() => void) | undefined {
    if (target?.closest('vscode-single-select')) return undefined;
    const onControl = target?.closest('button') != null;
    const hasInk = !this.paper.isEmpty || this.samples.task !== undefined;
    const action = actionFor(event, { onControl, hasInk });
    return action && (() => this.act(action, event.repeat));
  }

  private act(action: KeyAction, repeats: boolean): void {
    switch (action.type) {
      case 'insert':
        if (!repeats) this.insertAt(action.index);
        return;
      case 'teach':
        if (!repeats) this.samples.teach(action.index);
        return;
      case 'type':
        return this.tell({ type: 'type', text: action.text });
      case 'takeStroke':
        this.backspaceTakesInk = true;
        return this.takeStroke();
      case 'edit':
        if (action.edit === 'backspace' && repeats && this.backspaceTakesInk) return;
        this.backspaceTakesInk = false;
        return this.edit(action.edit);
      case 'read':
        return this.surface.focusLetter(0);
      default:
        if (!repeats) this[action.type]();
    }
  }
}
