import { counted, percent } from '../../base/words';
import type {
  BeforeAfter,
  personalize,
  personalizeLines,
  PersonalizePhase,
} from '../../protocol/engine/personal';
import type { Result } from '../../protocol/rpc';

type Personalized = Result<typeof personalize>;

const PHASES: Record<PersonalizePhase, string> = {
  reading: 'reading your samples',
  looking: 'looking at the samples',
  learning: 'learning your hand',
  measuring: 'measuring',
};

export function phaseWord(phase: PersonalizePhase): string {
  return PHASES[phase];
}

/** What became of a model that learned a user's hand, before and after. */
export function summaryOf({ name, learned, newClasses, person, original }: Personalized): string {
  const added = newClasses.length > 0 ? ` It knows ${newClasses.join(' ')} now.` : '';
  return (
    `${name} learned from ${String(learned)} samples of your hand.${added} ` +
    `Right on your other samples: ${change(person)}; on those of other hands: ${change(original)}${besides(original)}.`
  );
}

/** The same of a model of lines: what counts is what it reads wrong. */
export function lineSummaryOf({
  name,
  learned,
  leftOut,
  person,
  original,
}: Result<typeof personalizeLines>): string {
  const without = leftOut > 0 ? ` ${counted(leftOut, 'of them was', 'of them were')} left out.` : '';
  return (
    `${name} learned from ${counted(learned, 'word or line', 'words and lines')} of your hand.${without} ` +
    `Characters wrong in your other lines: ${change(person)}; ` +
    `in those of other hands: ${change(original)}${besides(original)}.`
  );
}

/** What else there is to say of a figure on the original samples. */
function besides({
  first,
  perhapsLearned,
}: Pick<Personalized['original'], 'first' | 'perhapsLearned'>): string {
  const atFirst = first === undefined ? '' : `, ${percent(first, 1)} before it learned any hand`;
  return atFirst + (perhapsLearned ? '; the model may have been trained on some of them' : '');
}

function change({ before, after, samples }: BeforeAfter): string {
  if (samples === 0) return 'too few to tell';
  return `${percent(before, 1)} before, ${percent(after, 1)} now (of ${String(samples)})`;
}
