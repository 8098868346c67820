import { formatBytes } from '../../datasets/download/formatBytes';
import type { Card, CardEpoch } from '../../models/card';
import type { WholeModel } from '../../models/modelStore';
import { counted } from '../datasets/words';
import { percentOf } from './words';

/** Epochs of the history that are shown. */
const MOST_EPOCHS = 50;

/** All that a card says, as Markdown to read. */
export function cardText({ card, bytes, ensemble, id, folder }: WholeModel): string {
  const { description, classes, preprocessing, parameters, data, metrics, training, backend } = card;
  const facts: [string, string][] = [
    ['Id', id],
    ['Folder', folder],
    ['Classes', `${classes.length}`],
    ['Input', `${preprocessing.height} × ${preprocessing.width} pixels, made as EMNIST made its own`],
    ['Parameters', parameters.toLocaleString('en')],
    ['Size', formatBytes(bytes)],
    ...(card.network ? ([['Network', card.network.name]] as [string, string][]) : []),
    ...(ensemble
      ? ([['Ensemble', `${ensemble.combine} of ${counted(ensemble.members.length, 'member')}`]] as [
          string,
          string,
        ][])
      : []),
    ['Trained on', backend],
  ];
  return [
    `# ${plain(card.name)}`,
    plain(description),
    table(['', ''], facts),
    ...section('Characters', [classes.map(code).join(' ')]),
    ...section('Scores', metrics.length > 0 ? [scores(card)] : []),
    ...section('Learnt from', data.length > 0 ? [sources(card)] : []),
    ...section('Network', card.network ? [layers(card.network)] : []),
    ...section('Settings', settingsOf(card)),
    ...section('History', training.history.length > 0 ? [history(training.history)] : []),
  ].join('\n\n');
}

function section(title: string, content: readonly string[]): string[] {
  return content.length > 0 ? [`## ${title}`, ...content] : [];
}

function scores({ metrics }: Card): string {
  return table(
    ['Dataset', 'Split', 'Alphabet', 'Samples', 'Accuracy', 'Top 3', 'Macro F1', 'Loss'],
    metrics.map(({ dataset, split, alphabet, samples, accuracy, top3, macroF1, loss }) => [
      ...[dataset, split, alphabet, samples.toLocaleString('en')],
      ...[percentOf(accuracy), percentOf(top3), percentOf(macroF1), loss.toFixed(4)],
    ]),
  );
}

function sources({ data }: Card): string {
  return table(
    ['Data', 'Samples', 'Licence', 'Source'],
    data.map(({ name, samples, licence, source }) => [name, samples.toLocaleString('en'), licence, source]),
  );
}

function layers(network: NonNullable<Card['network']>): string {
  const input = ['Input', network.input.join(' × ')];
  const rows = network.layers.map(({ type, ...parameters }) => [
    type,
    Object.entries(parameters)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', '),
  ]);
  return table(['Layer', 'Parameters'], [input, ...rows]);
}

function settingsOf({ training }: Card): string[] {
  const rows = Object.entries(training.settings).map(([name, value]) => [name, String(value)]);
  return rows.length > 0 ? [table(['Setting', 'Value'], rows)] : [];
}

function history(epochs: readonly CardEpoch[]): string {
  const shown = epochs.slice(-MOST_EPOCHS);
  const rows = shown.map(({ epoch, loss, accuracy, validationLoss, validationAccuracy, seconds }) => [
    ...[String(epoch), loss.toFixed(4), percentOf(accuracy), validationLoss?.toFixed(4) ?? ''],
    ...[validationAccuracy === undefined ? '' : percentOf(validationAccuracy), `${seconds.toFixed(1)} s`],
  ]);
  return table(['Epoch', 'Loss', 'Accuracy', 'Validation loss', 'Validation accuracy', 'Time'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** A text of which nothing is taken for Markdown, HTML or a link. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()<>#+!|~&:/-]/g, '\\$&');
}

/** As inline code, which may hold backticks. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}
