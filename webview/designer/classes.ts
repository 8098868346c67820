import { html } from 'lit';
import type { Catalog } from '../../src/protocol/pages/designer';

/** How many classes the last layer is counted for, and whose they are. */
export interface ClassChoice {
  readonly classes: number;
  readonly of: string;
}

const USUAL: readonly ClassChoice[] = [
  { classes: 10, of: 'digits' },
  { classes: 26, of: 'letters' },
  { classes: 47, of: 'EMNIST Balanced' },
  { classes: 62, of: 'letters and digits' },
  { classes: 94, of: 'letters, digits and symbols' },
];

export const FIRST_CHOICE: ClassChoice = { classes: 62, of: 'letters and digits' };

/** A choice of how many classes there are: the usual alphabets, and the datasets that are here. */
export function classSelect(
  datasets: Catalog['datasets'],
  chosen: ClassChoice,
  then: (choice: ClassChoice) => void,
) {
  const own = datasets.map(({ name, classes }) => ({ classes, of: name }));
  const known = [...USUAL, ...own.filter((each) => !USUAL.some((usual) => isSame(usual, each)))];
  const choices = known.some((each) => isSame(each, chosen)) ? known : [...known, chosen];
  return html`<select
    class="control"
    aria-label="Classes"
    title="For how many classes the last layer is counted; training takes as many as the dataset has"
    @change=${({ target }: Event) => {
      const choice = choices[(target as HTMLSelectElement).selectedIndex];
      if (choice) then(choice);
    }}
  >
    ${choices.map(
      (each) => html`<option .selected=${isSame(each, chosen)}>${each.classes} (${each.of})</option>`,
    )}
  </select>`;
}

const isSame = (a: ClassChoice, b: ClassChoice) => a.classes === b.classes && a.of === b.of;
