import { isRight, type Judgment, predictedOf } from '../../metrics/judgment';
import type { ChosenSamples } from '../../protocol/pages/evaluation';
import type { LiveEvaluation } from '../evaluation/liveEvaluation';

/** The rows of an evaluation's predictions that a choice means, as they are labeled and judged now, ascending. */
export function chosenRows(live: LiveEvaluation, chosen: ChosenSamples): Uint32Array {
  const { judgment } = live;
  switch (chosen.kind) {
    case 'places': {
      const wanted = new Set(chosen.places);
      // whoever chose them one by one sees all of them, those too that nothing judges
      const { places } = live.evaluation;
      return Uint32Array.from(places.keys()).filter((row) => wanted.has(places[row] ?? -1));
    }
    case 'onlyFirst':
    case 'onlySecond': {
      const { name } = chosen;
      const rows = live.comparison?.[chosen.kind] ?? [];
      if (name === undefined) return Uint32Array.from(rows);
      const truths = truthOfRows(judgment);
      return Uint32Array.from(rows.filter((row) => truths.get(row) === name));
    }
    case 'writer': {
      const { writers = [] } = live.evaluation;
      return judgment.rows.filter(
        (row, sample) => writers[row] === chosen.name && !isRight(judgment, sample),
      );
    }
    default: {
      const belongs = membershipIn(judgment, chosen);
      return judgment.rows.filter((_, sample) => belongs(sample));
    }
  }
}

/** Which samples of a judgment a choice means. */
function membershipIn(
  judgment: Judgment,
  chosen: Exclude<ChosenSamples, { kind: 'places' | 'writer' | 'onlyFirst' | 'onlySecond' }>,
): (sample: number) => boolean {
  const { classes, truth } = judgment;
  const predicted = predictedOf(judgment);
  switch (chosen.kind) {
    case 'all':
      return () => true;
    case 'wrong':
      return (sample) => !isRight(judgment, sample);
    case 'cell': {
      const [row, column] = [classes.indexOf(chosen.truth), classes.indexOf(chosen.predicted)];
      return (sample) => truth[sample] === row && predicted[sample] === column;
    }
    case 'truth': {
      const index = classes.indexOf(chosen.name);
      return (sample) => truth[sample] === index;
    }
    case 'predicted': {
      const index = classes.indexOf(chosen.name);
      return (sample) => predicted[sample] === index;
    }
    case 'class': {
      const index = classes.indexOf(chosen.name);
      return (sample) => truth[sample] === index || predicted[sample] === index;
    }
  }
}

function truthOfRows({ rows, truth, classes }: Judgment): Map<number, string> {
  return new Map(Array.from(rows, (row, sample) => [row, classes[truth[sample] ?? 0] ?? '']));
}

/** A choice in words, as a title. */
export function choiceInWords(chosen: ChosenSamples, models: { first: string; second: string }): string {
  switch (chosen.kind) {
    case 'all':
      return 'All Samples';
    case 'wrong':
      return 'Misclassified';
    case 'cell':
      return chosen.truth === chosen.predicted
        ? `${chosen.truth} Read Right`
        : `${chosen.truth} → ${chosen.predicted}`;
    case 'truth':
      return `Samples of ${chosen.name}`;
    case 'predicted':
      return `Taken for ${chosen.name}`;
    case 'class':
      return `${chosen.name}, Given or Predicted`;
    case 'writer':
      return `Misclassified of ${chosen.name}`;
    case 'onlyFirst':
      return `Only ${models.first} Is Right${ofClass(chosen.name)}`;
    case 'onlySecond':
      return `Only ${models.second} Is Right${ofClass(chosen.name)}`;
    case 'places':
      return chosen.title;
  }
}

const ofClass = (name: string | undefined) => (name === undefined ? '' : `: ${name}`);
