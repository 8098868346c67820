import { html, nothing } from 'lit';
import { spoken } from '../../src/base/words';
import type { FoundNeighbors, HostToGallery, LookedAt } from '../../src/protocol/pages/gallery';
import '../base/grayPicture';
import { whereItLies } from './sample';

type Searching = Extract<HostToGallery, { type: 'searching' }>;
type Missing = Extract<HostToGallery, { type: 'missing' }>;

/** From so many neighbors of one other class on the label itself is in doubt. */
const DOUBTFUL = 4;

export interface NeighborsShown {
  readonly sample: LookedAt;
  readonly size: { readonly width: number; readonly height: number };
  readonly found: FoundNeighbors | undefined;
  readonly searching: Searching | undefined;
  readonly missing: Missing | undefined;
}

/** The training samples that the network takes for most like a sample. */
export function neighbors(shown: NeighborsShown) {
  const { sample, found, searching, missing } = shown;
  if (missing) return html`<p class="hint">${missing.message}</p>`;
  if (!found) {
    return html`<p class="hint" role="status">
        ${searching?.message ? searching.message : 'Looking for the nearest training samples…'}
      </p>
      ${
        searching?.share === undefined
          ? nothing
          : html`<progress
              max="1"
              value=${searching.share}
              aria-label="Reading the training samples"
            ></progress>`
      }`;
  }
  return html`<ul class="neighbors" aria-label="Nearest training samples">
      ${found.neighbors.map((each, nth) => neighbor(each, pictureAt(shown, found, nth), each.label === sample.label))}
    </ul>
    ${doubt(sample, found)}
    <p class="hint">${found.among}</p>`;
}

function neighbor(
  { label, split, index, distance, changed }: FoundNeighbors['neighbors'][number],
  picture: { width: number; height: number; pixels: Uint8Array },
  same: boolean,
) {
  const where = whereItLies(split, index);
  const words = `${spoken(label)}${changed ? ', relabeled' : ''}, ${where}, distance ${distance.toFixed(3)}`;
  return html`<li title=${words}>
    <scrawl-gray-picture .picture=${picture} ink></scrawl-gray-picture>
    <span class="hidden">${words}</span>
    <span class="class ${same ? '' : 'other'}" aria-hidden="true">${label}</span>
    <span class="where" aria-hidden="true">${where}</span>
  </li>`;
}

/** A sentence where the neighbors speak against the label. */
function doubt({ label }: LookedAt, { neighbors: found }: FoundNeighbors) {
  const votes = new Map<string, number>();
  for (const each of found) votes.set(each.label, (votes.get(each.label) ?? 0) + 1);
  const [other] = [...votes].filter(([name]) => name !== label).sort((a, b) => b[1] - a[1]);
  if (!other || other[1] < DOUBTFUL) return nothing;
  return html`<p class="doubt" role="note">
    <span class="codicon codicon-warning" aria-hidden="true"></span> ${other[1]} of the ${found.length}
    nearest are labeled ${other[0]}: this label may be wrong.
  </p>`;
}

function pictureAt({ size }: NeighborsShown, { pixels }: FoundNeighbors, nth: number) {
  const { width, height } = size;
  return { width, height, pixels: pixels.subarray(nth * width * height, (nth + 1) * width * height) };
}
