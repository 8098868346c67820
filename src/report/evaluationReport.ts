import type { Comparison } from '../metrics/comparison';
import { confusedPairs, type ConfusedPair } from '../metrics/confusion';
import type { Figures } from '../metrics/figures';
import type { WriterFigure } from '../metrics/writers';
import { chance, grouped, percent, points } from '../base/words';
import { confusionSection } from './confusionSection';
import { html, type Html } from './html';
import { reliabilityDiagram } from './reliabilityDiagram';
import { ACCURACY, writersSection } from './writersTable';
import { bar, card, cards, measuredBy, reportPage, table } from './reportPage';

const MOST_PAIRS = 20;
const MOST_DIFFERENCES = 20;

/** A sample that the model is wrong about. */
export interface WrongSample {
  /** Address of its picture, which has the picture itself in it. */
  readonly picture: string;
  readonly truth: string;
  readonly predicted: string;
  /** Of the prediction, 0 to 1. */
  readonly probability: number;
  /** What it is found by in the dataset. */
  readonly place: number;
}

/** All that a report says. */
export interface ReportContent {
  readonly model: string;
  readonly dataset: string;
  readonly split: string;
  readonly alphabet: string;
  readonly merged: boolean;
  readonly backend: string;
  readonly samplesPerSecond: number;
  /** ISO 8601, of the evaluation. */
  readonly created: string;
  readonly figures: Figures;
  /** Those that are known, the worst first. */
  readonly writers: readonly WriterFigure[];
  /** The wrong ones that the model is most sure of, the surest first. */
  readonly worst: readonly WrongSample[];
  readonly comparison?: { readonly model: string; readonly result: Comparison } | undefined;
}

/** One HTML file that needs nothing else: it opens without a network. */
export function evaluationReport(content: ReportContent): string {
  const { model, dataset, figures, writers, worst, comparison, backend, samplesPerSecond, created } = content;
  return reportPage({
    title: `${model} on ${dataset}`,
    about: about(content),
    body: [
      figureCards(figures),
      ...(comparison ? [comparisonSection(model, comparison.model, comparison.result)] : []),
      confusionSection(
        figures.confusion,
        figures.classes,
        'A row for each true class, a column for each prediction; classes that are confused stand side by side.',
      ),
      pairsAndCalibration(figures),
      classesSection(figures),
      ...writersSection(writers, ACCURACY),
      ...(worst.length > 0 ? [worstSection(worst)] : []),
    ],
    footer: measuredBy({ backend, perSecond: samplesPerSecond, unit: 'samples', created }),
  });
}

function about({ split, alphabet, merged, figures }: ReportContent): string[] {
  return [
    `${split} split`,
    `${grouped(figures.samples)} samples`,
    `alphabet ${alphabet}`,
    ...(merged ? ['upper and lower case, and 0 and O, taken as one'] : []),
    ...(figures.leftOut > 0 ? [`${grouped(figures.leftOut)} samples of other classes left out`] : []),
  ];
}

function figureCards({ accuracy, interval, top3, loss, macro, weighted, calibration }: Figures): Html {
  const scores = ({ precision, recall }: typeof macro) =>
    `precision ${percent(precision)}, recall ${percent(recall)}`;
  return cards([
    card('Accuracy', percent(accuracy), `95% interval ${percent(interval.low)} to ${percent(interval.high)}`),
    card('Top-3', percent(top3), 'the truth is among the three likeliest'),
    card('Loss', loss.toFixed(4), 'cross-entropy, nats'),
    card('Macro F1', percent(macro.f1), scores(macro)),
    card('Weighted F1', percent(weighted.f1), scores(weighted)),
    card('Calibration error', percent(calibration.error), 'expected, 15 bins'),
  ]);
}

function pairsAndCalibration({ confusion, classes, calibration }: Figures): Html {
  const pairs = confusedPairs(confusion).slice(0, MOST_PAIRS);
  const most = pairs[0]?.count ?? 1;
  const row = ({ truth, predicted, count, share }: ConfusedPair) =>
    html`<tr>
      <td class="class" data-value="${classes[truth] ?? ''}">${classes[truth] ?? ''}</td>
      <td class="class text">${classes[predicted] ?? ''}</td>
      <td data-value="${count}">${grouped(count)}</td>
      <td data-value="${share}">${percent(share)}</td>
      <td class="text" data-value="${count}">${bar(count, most)}</td>
    </tr>`;
  return html`<div class="side">
    <section>
      <h2>Most confused pairs</h2>
      <p>What is taken for what, how often, and of how many of the true class.</p>
      ${table(['Truth', 'Taken for', 'Samples', 'Share', ''], pairs.map(row), ['Taken for', ''])}
    </section>
    <section>
      <h2>Calibration</h2>
      <p>
        Bars on the dashed line: the probabilities can be taken at their word. Below it the model is too sure.
      </p>
      <div class="panel">${reliabilityDiagram(calibration)}</div>
    </section>
  </div>`;
}

function classesSection({ perClass, classes }: Figures): Html {
  const rows = perClass.flatMap(({ precision, recall, f1, support, answers, mostConfusedWith }, index) =>
    support + answers === 0
      ? []
      : [
          html`<tr>
            <td class="class">${classes[index] ?? ''}</td>
            <td data-value="${support}">${grouped(support)}</td>
            <td data-value="${precision}">${percent(precision)}</td>
            <td data-value="${recall}">${percent(recall)}</td>
            <td data-value="${f1}">${percent(f1)}</td>
            <td class="class text">
              ${mostConfusedWith === undefined ? '' : (classes[mostConfusedWith] ?? '')}
            </td>
          </tr>`,
        ],
  );
  const heads = ['Class', 'Samples', 'Precision', 'Recall', 'F1', 'Mostly taken for'];
  return html`<h2>Classes</h2>
    <p>Click a head to sort by it.</p>
    ${table(heads, rows, ['Mostly taken for'])}`;
}

function worstSection(worst: readonly WrongSample[]): Html {
  const figure = ({ picture, truth, predicted, probability, place }: WrongSample) =>
    html`<figure>
      <img src="${picture}" alt="${truth}, read as ${predicted}" title="sample ${place}" />
      <figcaption>
        <span class="class good">${truth}</span> read as <span class="class bad">${predicted}</span
        ><br /><small>${percent(probability)}</small>
      </figcaption>
    </figure>`;
  return html`<h2>Wrong and sure</h2>
    <p>
      The ${worst.length} wrong answers that the model is surest of. Some are errors of the model, some of the
      labels.
    </p>
    <div class="worst">${worst.map(figure)}</div>`;
}

function comparisonSection(first: string, second: string, result: Comparison): Html {
  const { test, perClass, samples } = result;
  const better = perClass.filter((each) => each.first !== each.second).slice(0, MOST_DIFFERENCES);
  const rows = better.map(({ name, support, first: a, second: b }) => {
    return html`<tr>
      <td class="class">${name}</td>
      <td data-value="${support}">${grouped(support)}</td>
      <td data-value="${a}">${percent(a)}</td>
      <td data-value="${b}">${percent(b)}</td>
      <td class="${a > b ? 'good' : 'bad'}" data-value="${a - b}">${points(a - b, 2)}</td>
    </tr>`;
  });
  return html`<h2>Compared with ${second}</h2>
    <p>
      On the ${grouped(samples)} samples that both can read, ${first} is right on ${percent(result.first)} and
      ${second} on ${percent(result.second)}. ${first} alone is right on ${grouped(test.onlyFirst)}, ${second}
      alone on ${grouped(test.onlySecond)}. McNemar's test (${test.method}): ${chance(test.p)}.
    </p>
    ${rows.length > 0 ? table(['Class', 'Samples', first, second, 'Difference'], rows) : ''}`;
}
