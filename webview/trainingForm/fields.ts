import type { Draft, FormField } from '../../src/protocol/pages/trainingForm';

type NumberField = Extract<FormField, { min: number }>;

/** The number that a text stands for; undefined where it is none. */
export function numberIn(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? undefined : value;
}

/** What is wrong with a field's value, as a sentence; undefined where it is right. */
export function problemWith(field: FormField, value: string | number | undefined): string | undefined {
  if (field.kind === 'choice') {
    return field.choices.some((choice) => choice.value === value) ? undefined : 'Choose one of the list.';
  }
  const number = typeof value === 'number' ? value : numberIn(value ?? '');
  if (number === undefined) return 'Enter a number.';
  if (field.kind === 'integer' && !Number.isInteger(number)) return 'Enter a whole number.';
  if (number < field.min || number > field.max) return `Enter a number from ${range(field)}.`;
  return undefined;
}

function range({ min, max }: NumberField): string {
  return `${min.toLocaleString('en', { maximumFractionDigits: 6 })} to ${max.toLocaleString('en')}`;
}

/** What is wrong in a draft, by field; what only the host can know is not looked at. */
export function problemsOf(fields: readonly FormField[], draft: Draft): Map<string, string> {
  const problems = new Map<string, string>();
  if (draft.name.trim() === '') problems.set('name', 'Enter a name for the model.');
  else if (draft.name.length > 100) problems.set('name', 'Enter a name of at most 100 characters.');
  if (draft.dataset === '') problems.set('dataset', 'Choose a dataset.');
  for (const field of fields) {
    const problem = problemWith(field, draft.settings[field.name]);
    if (problem !== undefined) problems.set(field.name, problem);
  }
  return problems;
}

/** The draft as the host takes it: numbers as numbers. */
export function settled(fields: readonly FormField[], draft: Draft): Draft {
  const settings = { ...draft.settings };
  for (const { kind, name } of fields) {
    const value = settings[name];
    if (kind !== 'choice' && typeof value === 'string') settings[name] = numberIn(value) ?? value;
  }
  return { ...draft, settings };
}
