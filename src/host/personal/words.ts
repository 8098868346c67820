import type { BeforeAfter, PersonalizeProgress, PersonalizeResult } from '../../protocol/personal';

const PHASES: Record<PersonalizeProgress['phase'], string> = {
  reading: 'reading your samples',
  looking: 'looking at the samples',
  learning: 'learning your hand',
  measuring: 'measuring',
};

export function phaseWord(phase: PersonalizeProgress['phase']): string {
  return PHASES[phase];
}

/** What to do where no sample that Scrawl has is read wrong. */
export function nothingToPractise(model: string): string {
  return (
    `${model} confuses no character of the samples that Scrawl has: draw on the pad, and keep as samples ` +
    'what it reads wrong there.'
  );
}

/** What became of a model that learnt a person's hand, before and after. */
export function summaryOf({ name, learnt, newClasses, person, original }: PersonalizeResult): string {
  const added = newClasses.length > 0 ? ` It knows ${newClasses.join(' ')} now.` : '';
  return (
    `${name} learnt from ${String(learnt)} samples of your hand.${added} ` +
    `Right on your other samples: ${change(person)}; on those of other hands: ${change(original)}${besides(original)}.`
  );
}

/** What else there is to say of a figure on the original samples. */
function besides({ first, perhapsLearnt }: PersonalizeResult['original']): string {
  const atFirst = first === undefined ? '' : `, ${percent(first)} before it learnt any hand`;
  return atFirst + (perhapsLearnt ? '; the model may have been trained on some of them' : '');
}

function change({ before, after, samples }: BeforeAfter): string {
  if (samples === 0) return 'too few to tell';
  return `${percent(before)} before, ${percent(after)} now (of ${String(samples)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
