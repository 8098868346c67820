/** Classes that are judged as one, and the model's outputs that stand for it. */
export interface Answer {
  readonly name: string;
  /** Classes of the dataset that it is right for. */
  readonly labels: readonly number[];
  readonly outputs: readonly number[];
}

/** What a dataset says of its classes: `covers` are the characters that each stands for. */
export interface LabeledClasses {
  readonly classes: readonly string[];
  readonly covers: readonly string[];
}

/**
 * What a model can be right or wrong about: the dataset's classes first, in its order, then what else the model may
 * give. Where the dataset merges characters into one class, so does the judgment.
 *
 * @param outputs the model's classes
 * @param allowed which of them it may give
 * @param merged takes letters whatever their case, and 0 with O, as one, as some published figures do
 */
export function answersOf(
  outputs: readonly string[],
  allowed: readonly boolean[],
  { classes, covers }: LabeledClasses,
  merged = false,
): Answer[] {
  const given = [...outputs.keys()].filter((output) => allowed[output]);
  const covered = new Set(classes.flatMap((name, index) => textsOf(name, covers[index])));
  const own = classes.map((name, index) => {
    const texts = new Set(textsOf(name, covers[index]));
    return { name, labels: [index], outputs: given.filter((output) => texts.has(outputs[output] ?? '')) };
  });
  const others = given
    .filter((output) => !covered.has(outputs[output] ?? ''))
    .map((output) => ({ name: outputs[output] ?? '', labels: [], outputs: [output] }));
  const answers = [...own, ...others];
  return (merged ? mergedAnswers(answers) : answers).filter(({ outputs: any }) => any.length > 0);
}

/** The texts that count as a class: one of several characters, such as `sin`, covers itself and not its letters. */
function textsOf(name: string, covers = name): readonly string[] {
  return covers === name ? [name] : [...covers, covers];
}

function mergedAnswers(answers: readonly Answer[]): Answer[] {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = mergedName(answer.name);
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()].map((group) => ({
    name: [...new Set(group.map(({ name }) => name))].join(''),
    labels: group.flatMap(({ labels }) => labels),
    outputs: [...new Set(group.flatMap(({ outputs }) => outputs))],
  }));
}

/** What a class is called once case, and 0 and O, are not told apart; classes of several characters stay. */
function mergedName(name: string): string {
  if (!/^[A-Za-z0]$/.test(name)) return name;
  return name === '0' ? 'O' : name.toUpperCase();
}
