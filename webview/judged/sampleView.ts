import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { spoken } from '../../src/base/words';
import type {
  FoundNeighbors,
  GalleryAbout,
  HostToGallery,
  LookedAt,
  Occluded,
} from '../../src/protocol/pages/gallery';
import { Part } from '../base/part';
import '../base/grayPicture';
import './attention';
import { strongest } from './attention';
import './inkReplay';
import type { InkReplay } from './inkReplay';
import './likelihoods';
import { neighbors } from './neighbors';
import { whereItLies } from './sample';
import { shortPercent } from './words';

type Searching = Extract<HostToGallery, { type: 'searching' }>;
type Missing = Extract<HostToGallery, { type: 'missing' }>;

/**
 * One sample, closely: large, with what the model makes of it and why.
 *
 * @fires answer with the index of the answer whose reasons are wanted
 * @fires attention with whether it is to show where the network looked
 * @fires step with 1 or -1: the next or the previous sample
 * @fires close
 */
@customElement('scrawl-sample-view')
export class SampleView extends Part {
  @property({ attribute: false }) about!: GalleryAbout;
  @property({ attribute: false }) answers: readonly string[] = [];
  @property({ attribute: false }) sample: LookedAt | undefined;
  @property({ attribute: false }) occluded: Occluded | undefined;
  @property({ attribute: false }) found: FoundNeighbors | undefined;
  @property({ attribute: false }) searching: Searching | undefined;
  @property({ attribute: false }) missing: readonly Missing[] = [];
  /** Whether it shows where the network looked. */
  @property({ type: Boolean }) attention = true;
  @state() private playing = false;
  @query('scrawl-ink-replay') private readonly replay: InkReplay | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', 'Sample');
    this.tabIndex = -1;
  }

  override render() {
    const { sample } = this;
    return html`${this.head(sample)}
    ${
      sample
        ? html`<div class="look">${this.picture(sample)} ${this.tools(sample)} ${this.legend()}</div>
            <section>
              <h2>Probabilities</h2>
              <scrawl-likelihoods
                .sample=${sample}
                .answers=${this.answers}
                .watched=${this.occluded?.answer ?? sample.predicted}
                @answer=${(event: CustomEvent<number>) => this.fire('answer', event.detail)}
              ></scrawl-likelihoods>
            </section>
            <section>
              <h2>Nearest training samples</h2>
              ${neighbors({
                sample,
                size: this.about,
                found: this.found,
                searching: this.searching,
                missing: this.missing.find(({ part }) => part === 'neighbors'),
              })}
            </section>`
        : html`<p class="nothing" role="status">Reading the sample…</p>`
    }`;
  }

  /** Plays its ink, or pauses. */
  toggleReplay(): void {
    this.replay?.toggle();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('sample')) this.playing = false;
  }

  private head(sample: LookedAt | undefined) {
    return html`<div class="sample-head">
        <h2>${sample ? this.reading(sample) : 'Sample'}</h2>
        <span class="space"></span>
        ${this.icon('chevron-left', 'Previous Sample (←)', () => this.fire('step', -1))}
        ${this.icon('chevron-right', 'Next Sample (→)', () => this.fire('step', 1))}
        ${this.icon('close', 'Close (Escape)', () => this.fire('close', undefined))}
      </div>
      ${sample ? html`<p class="about">${this.details(sample)}</p>` : nothing}`;
  }

  private reading({ label, predicted, right }: LookedAt) {
    const answer = this.answers[predicted] ?? '';
    return predicted === right
      ? html`<span class="class">${label}</span> read right`
      : html`<span class="class" aria-label=${spoken(label)}>${label}</span> taken for
          <span class="class" aria-label=${spoken(answer)}>${answer}</span>`;
  }

  private details({ split, index, label, stored, excluded, predicted, probabilities }: LookedAt): string {
    const surely = `${shortPercent(probabilities[predicted] ?? 0)} sure`;
    const relabeled = label !== stored && `stored as ${stored}`;
    return [surely, whereItLies(split, index), relabeled, excluded && 'excluded']
      .filter((part) => part !== false)
      .join(' · ');
  }

  private picture({ pixels, label, ink }: LookedAt) {
    const { width, height } = this.about;
    const { occluded, attention, playing } = this;
    return html`<div
      class="picture ${playing ? 'playing' : ''}"
      role="img"
      aria-label="Picture of ${spoken(label)}"
    >
      <scrawl-gray-picture .picture=${{ width, height, pixels }} ink></scrawl-gray-picture>
      ${occluded && attention ? html`<scrawl-attention .occluded=${occluded}></scrawl-attention>` : nothing}
      ${
        ink
          ? html`<scrawl-ink-replay
              .ink=${ink}
              @playing=${(event: CustomEvent<boolean>) => (this.playing = event.detail)}
            ></scrawl-ink-replay>`
          : nothing
      }
    </div>`;
  }

  private tools({ ink }: LookedAt) {
    return html`<div class="look-tools">
      <label class="check" title="Where the network looked (O)">
        <input
          type="checkbox"
          .checked=${this.attention}
          @change=${(event: Event) => this.fire('attention', (event.target as HTMLInputElement).checked)}
        />Where it looked
      </label>
      ${
        ink
          ? html`<button
              class="control"
              title="Draw it as it was drawn (P)"
              @click=${() => this.toggleReplay()}
            >
              <span class="codicon codicon-${this.playing ? 'debug-pause' : 'play'}" aria-hidden="true"></span
              >${this.playing ? 'Pause' : 'Replay Ink'}
            </button>`
          : nothing
      }
    </div>`;
  }

  private legend() {
    const { occluded } = this;
    const missing = this.missing.find(({ part }) => part === 'occlusion');
    if (missing) return html`<p class="hint">${missing.message}</p>`;
    if (!this.attention) return nothing;
    if (!occluded) return html`<p class="hint" role="status">Hiding it part by part…</p>`;
    const name = this.answers[occluded.answer] ?? '';
    const points = (100 * strongest(occluded)).toFixed(0);
    return html`<div class="legend" title="Of the probability of ${name}, when what is there is hidden">
      <span>against <span class="class">${name}</span></span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <defs>
          <linearGradient id="attention">
            <stop class="against" offset="0" />
            <stop class="against none" offset="0.5" />
            <stop class="for none" offset="0.5" />
            <stop class="for" offset="1" />
          </linearGradient>
        </defs>
        <rect width="100" height="8" fill="url(#attention)" />
      </svg>
      <span>for <span class="class">${name}</span>, up to ${points} points</span>
    </div>`;
  }

  private icon(icon: string, label: string, act: () => void) {
    return html`<button class="icon" title=${label} aria-label=${label} @click=${act}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-sample-view': SampleView;
  }
}
