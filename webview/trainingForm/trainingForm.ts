import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import type { Gray } from '../../src/protocol/pages/importPreview';
import {
  type Draft,
  draftSchema,
  type Form,
  type FormChoice,
  type FormField,
  type FormToHost,
  type HostToForm,
  PREVIEWED,
} from '../../src/protocol/pages/trainingForm';
import { PageElement } from '../base/pageElement';
import '../base/grayPicture';
import './rateTest';
import type { RateTestState } from './rateTest';
import { problemsOf, problemWith, settled } from './fields';

/** The group that has the preview, and what its fields' names begin with. */
const VARIATION = 'augmentation.';

/** What else a preview depends on. */
const VARIED: ReadonlySet<string> = new Set(['dataset', 'network', 'seed']);

/** Milliseconds without a change after which the preview is drawn anew. */
const PREVIEW_AFTER = 200;

const savedSchema = z.object({ draft: draftSchema });
type Saved = z.infer<typeof savedSchema>;

/** All that can be chosen of a run, before it starts. */
export default class TrainingForm extends PageElement<FormToHost, HostToForm, Saved> {
  @state() private form: Form | undefined;
  @state() private draft: Draft | undefined;
  /** By field; those of the host until the field changes. */
  @state() private problems: ReadonlyMap<string, string> = new Map();
  @state() private pictures: readonly Gray[] = [];
  @state() private previewProblem: string | undefined;
  @state() private test: RateTestState = 'none';

  protected override readonly savedSchema = savedSchema;
  /** Questions so far, and the newest of each kind. */
  private asked = 0;
  private previewId = 0;
  private testId = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected override begin(saved: Saved | undefined) {
    return { type: 'ready' as const, ...(saved && { draft: saved.draft }) };
  }

  override render() {
    const { form, draft } = this;
    if (!form || !draft)
      return html`<p class="nothing" role="status">${this.failure ?? 'Getting ready…'}</p>`;
    const groups = [...new Set(form.fields.map(({ group }) => group))];
    return html`<form @submit=${(event: Event) => this.start(event)} novalidate>
      <header>
        <h1>${draft.from ? 'Continue Training' : 'Train Model'}</h1>
        <span class="space"></span>
        <button type="button" class="control" @click=${() => this.tell({ type: 'cancel' })}>Cancel</button>
        <button class="control primary">Start Training</button>
        ${this.summary()}
      </header>
      <section aria-label="Run">${this.what(form, draft)}</section>
      ${groups.map((group) => this.group(group, form, draft))}
    </form>`;
  }

  private summary() {
    const text =
      this.failure ??
      (this.problems.size > 0
        ? `Not yet: ${[...this.problems.keys()].map((name) => this.labelOf(name)).join(', ')}`
        : '');
    return text === '' ? nothing : html`<p class="failure" role="alert">${text}</p>`;
  }

  private labelOf(name: string): string {
    return (this.form?.fields.find((field) => field.name === name)?.label ?? name).toLowerCase();
  }

  // --- what is trained on what

  private what(form: Form, draft: Draft) {
    return html`${this.row(
      { name: 'name', label: 'Name', description: 'Of the model that comes of it.' },
      html`<input
        id="name"
        type="text"
        maxlength="100"
        .value=${draft.name}
        aria-invalid=${this.problems.has('name')}
        aria-describedby="name-about"
        @input=${(event: Event) => this.change('name', { ...draft, name: valueOf(event) })}
      />`,
    )}
    ${this.row(
      { name: 'dataset', label: 'Dataset', description: 'What it learns from.' },
      this.chooser('dataset', form.datasets, draft),
    )}
    ${
      draft.from
        ? this.layers(form.layers ?? [], draft, draft.from)
        : this.row(
            { name: 'network', label: 'Network', description: 'What learns.' },
            this.chooser('network', form.networks, draft),
          )
    }`;
  }

  private chooser(what: 'dataset' | 'network', choices: readonly FormChoice[], draft: Draft) {
    return html`<span class="chooser">
      <select
        id=${what}
        aria-invalid=${this.problems.has(what)}
        aria-describedby="${what}-about"
        @change=${(event: Event) => this.change(what, { ...draft, [what]: valueOf(event) })}
      >
        ${draft[what] === '' ? html`<option value="" selected>Choose…</option>` : nothing}
        ${choices.map(
          ({ value, label, detail }) =>
            html`<option value=${value} ?selected=${value === draft[what]}>
              ${label}${detail === undefined ? '' : ` (${detail})`}
            </option>`,
        )}
      </select>
      <button type="button" class="control" @click=${() => this.tell({ type: 'browse', what })}>
        From a File…
      </button>
    </span>`;
  }

  private layers(layers: readonly string[], draft: Draft, from: NonNullable<Draft['from']>) {
    const freeze = (name: string, frozen: boolean) => {
      const others = from.frozen.filter((each) => each !== name);
      this.change('frozen', { ...draft, from: { ...from, frozen: frozen ? [...others, name] : others } });
    };
    return html`<fieldset>
      <legend>Frozen layers</legend>
      <p class="about">These stay as the model has them; the others learn.</p>
      ${layers.map(
        (name) =>
          html`<label class="check"
            ><input
              type="checkbox"
              .checked=${from.frozen.includes(name)}
              @change=${(event: Event) => freeze(name, (event.target as HTMLInputElement).checked)}
            />${name}</label
          >`,
      )}
    </fieldset>`;
  }

  // --- how

  private group(group: string, form: Form, draft: Draft) {
    const fields = form.fields.filter((field) => field.group === group);
    const varied = fields.some(({ name }) => name.startsWith(VARIATION));
    return html`<section aria-label=${group}>
      <h2>${group}</h2>
      ${varied ? this.preview() : nothing}
      ${fields.map(
        (field) =>
          html`${this.row(field, this.input(field, draft))}
          ${field.name === 'learningRate' ? this.rateTest(field) : nothing}`,
      )}
    </section>`;
  }

  private row(
    { name, label, description }: { name: string; label: string; description: string },
    input: unknown,
  ) {
    const problem = this.problems.get(name);
    return html`<div class="row">
      <label for=${name}>${label}</label>
      ${input}
      <p id="${name}-about" class="about ${problem === undefined ? '' : 'failure'}">
        ${problem ?? description}
      </p>
    </div>`;
  }

  private input(field: FormField, draft: Draft) {
    const value = draft.settings[field.name] ?? '';
    const set = (event: Event) => this.set(field, valueOf(event));
    if (field.kind === 'choice') {
      return html`<select
        id=${field.name}
        aria-describedby="${field.name}-about"
        title=${field.choices.find((choice) => choice.value === value)?.description ?? ''}
        @change=${set}
      >
        ${field.choices.map(
          (choice) =>
            html`<option
              value=${choice.value}
              title=${choice.description}
              ?selected=${choice.value === value}
            >
              ${choice.label}
            </option>`,
        )}
      </select>`;
    }
    const number = html`<input
      id=${field.name}
      type="text"
      inputmode="decimal"
      .value=${String(value)}
      aria-invalid=${this.problems.has(field.name)}
      aria-describedby="${field.name}-about"
      @input=${set}
      @keydown=${(event: KeyboardEvent) => this.spin(event, field)}
    />`;
    if (!field.name.startsWith(VARIATION)) return number;
    return html`<span class="slider"
      ><input
        type="range"
        aria-label=${field.label}
        min=${field.min}
        max=${field.max}
        step=${field.step}
        .value=${String(value)}
        @input=${set}
      />${number}</span
    >`;
  }

  /** The arrow keys change a number by a step, as in VS Code's own settings. */
  private spin(event: KeyboardEvent, field: Extract<FormField, { min: number }>): void {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const value = Number(valueOf(event));
    if (direction === undefined || !Number.isFinite(value)) return;
    event.preventDefault();
    const next = Math.min(Math.max(value + direction * field.step, field.min), field.max);
    this.set(field, String(Number(next.toPrecision(6))));
  }

  private rateTest(field: FormField) {
    return html`<scrawl-rate-test
      .test=${this.test}
      @test=${() => this.askForRates()}
      @stop=${() => {
        this.test = 'none';
        this.testId = 0;
        this.tell({ type: 'stopTest' });
      }}
      @take=${(event: CustomEvent<number>) => this.set(field, String(event.detail))}
    ></scrawl-rate-test>`;
  }

  private preview() {
    const { pictures, previewProblem } = this;
    if (previewProblem !== undefined)
      return html`<p class="about failure" role="status">${previewProblem}</p>`;
    const places = Array.from({ length: PREVIEWED }, (_, place) => pictures[place]);
    return html`<ul class="pictures" aria-label="Twelve samples as the run will see them">
      ${places.map(
        (picture) =>
          html`<li>
            ${picture ? html`<scrawl-gray-picture ink .picture=${picture}></scrawl-gray-picture>` : nothing}
          </li>`,
      )}
    </ul>`;
  }

  // --- what the user does

  private set(field: FormField, value: string): void {
    const { draft, form } = this;
    if (!draft || !form) return;
    const settings = { ...draft.settings, [field.name]: value };
    // another optimizer starts well with another rate; one that was chosen stays
    const usual = form.usualLearningRates;
    const untouched = usual[String(draft.settings['optimizer'])] === Number(draft.settings['learningRate']);
    const rate = field.name === 'optimizer' && untouched ? usual[value] : undefined;
    if (rate !== undefined) settings['learningRate'] = rate;
    this.change(field.name, { ...draft, settings }, problemWith(field, value));
  }

  private change(name: string, draft: Draft, problem?: string): void {
    const problems = new Map(this.problems);
    problems.delete(name);
    if (problem !== undefined) problems.set(name, problem);
    this.problems = problems;
    this.notice = undefined;
    this.draft = draft;
    this.save();
    if (VARIED.has(name) || name.startsWith(VARIATION)) this.previewSoon();
  }

  private start(event: Event): void {
    event.preventDefault();
    const { form, draft } = this;
    if (!form || !draft) return;
    this.problems = problemsOf(form.fields, draft);
    if (this.problems.size > 0) this.toFirstProblem();
    else this.tell({ type: 'start', draft: settled(form.fields, draft) });
  }

  private toFirstProblem(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  private previewSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.askForPreview(), PREVIEW_AFTER);
  }

  private askForPreview(): void {
    const { form, draft } = this;
    if (!form || !draft || draft.dataset === '') return;
    const wrong = problemsOf(form.fields, draft);
    if ([...wrong.keys()].some((name) => name === 'seed' || name.startsWith(VARIATION))) return;
    this.previewId = ++this.asked;
    this.tell({ type: 'preview', id: this.previewId, draft: settled(form.fields, draft) });
  }

  private askForRates(): void {
    const { form, draft } = this;
    if (!form || !draft) return;
    this.problems = problemsOf(form.fields, draft);
    if (this.problems.size > 0) {
      this.toFirstProblem();
      return;
    }
    this.test = 'under way';
    this.testId = ++this.asked;
    this.tell({ type: 'testRates', id: this.testId, draft: settled(form.fields, draft) });
  }

  protected override toSave(): Saved | undefined {
    return this.draft && { draft: this.draft };
  }

  // --- what the host tells

  protected override receive(message: HostToForm): void {
    switch (message.type) {
      case 'form':
        this.form = message;
        this.draft = message.draft;
        this.save();
        this.askForPreview();
        return;
      case 'chosen':
        this.chosen(message.what, message.choice);
        return;
      case 'preview':
        if (message.id !== this.previewId) return;
        this.pictures = message.pictures;
        this.previewProblem = undefined;
        return;
      case 'rates':
        if (message.id === this.testId) this.test = message;
        return;
      case 'invalid':
        this.test = 'none';
        this.problems = new Map(message.problems.map(({ field, message: text }) => [field, text]));
        this.toFirstProblem();
        return;
      case 'failed':
        if (message.id === this.previewId) this.previewProblem = message.message;
        if (message.id === this.testId) this.test = { problem: message.message };
    }
  }

  private chosen(what: 'dataset' | 'network', choice: FormChoice): void {
    const { form, draft } = this;
    if (!form || !draft) return;
    const list = what === 'dataset' ? 'datasets' : 'networks';
    const others = form[list].filter(({ value }) => value !== choice.value);
    this.form = { ...form, [list]: [...others, choice] };
    this.change(what, { ...draft, [what]: choice.value });
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
