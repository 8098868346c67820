import { html, nothing } from 'lit';
import { counted } from '../../src/base/words';
import type { Catalog, ShownNetwork } from '../../src/protocol/pages/designer';
import { type ClassChoice, classSelect } from './classes';
import './numberBox';
import type { Changed } from './numberBox';
import { shapeInWords } from './words';

const SIDE = { minimum: 1, maximum: 1024 };
const CHANNELS = { minimum: 1, maximum: 4 };
const BOXES = [
  ['Height', SIDE],
  ['Width', SIDE],
  ['Channels', CHANNELS],
] as const;

/** What goes in: the size of the pictures. */
export function inputCard({ input }: ShownNetwork, resize: (index: number, size: number) => void) {
  return html`<div class="card fixed">
    <div class="head-row">
      <span class="name">Input</span>
      <span class="caption what">the pictures</span>
      ${BOXES.map(
        ([label, range], index) =>
          html`<label class="side"
            ><span class="caption">${label}</span
            ><scrawl-number-box
              label=${`Input: ${label.toLowerCase()}`}
              whole
              .range=${range}
              .value=${input[index]}
              @number=${({ detail: { value } }: CustomEvent<Changed<number>>) =>
                value === undefined ? undefined : resize(index, value)}
            ></scrawl-number-box
          ></label>`,
      )}
    </div>
  </div>`;
}

/** What comes out: the layer that training adds. */
export function lastCard(
  { last }: ShownNetwork,
  datasets: Catalog['datasets'],
  chosen: ClassChoice,
  countFor: (choice: ClassChoice) => void,
) {
  return html`<div class="card fixed last">
    <div class="head-row">
      <span class="what"
        ><span class="name">${last?.flattens ? 'Flatten and classes' : 'Classes'}</span>
        <span class="caption">dense with softmax, one unit a class: training adds it</span></span
      >
      ${classSelect(datasets, chosen, countFor)}
      <span class="gives"
        ><span class="shape">${last ? shapeInWords([last.classes]) : '?'}</span>
        <span class="caption">${last ? counted(last.weights, 'weight') : nothing}</span></span
      >
    </div>
  </div>`;
}
