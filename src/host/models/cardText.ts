import { inlineCode } from '../shell/inlineCode';
import { counted, formatBytes, grouped, percent } from '../../base/words';
import type { Card, CardEpoch } from '../../models/card';
import type { WholeLineModel, WholeModel, WholeSymbolModel } from '../../models/modelStore';

/** Epochs of the history that are shown. */
const MOST_EPOCHS = 50;

/** All that a card says, as Markdown to read. */
export function cardText({ card, bytes, ensemble, id, folder }: WholeModel): string {
  const { description, classes, preprocessing, parameters, data, metrics, training, backend } = card;
  const facts: [string, string][] = [
    ['Id', id],
    ['Folder', folder],
    ['Classes', `${classes.length}`],
    ['Input', `${preprocessing.height} × ${preprocessing.width} pixels, prepared like EMNIST`],
    ['Parameters', grouped(parameters)],
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
    ...section('Characters', [classes.map(inlineCode).join(' ')]),
    ...section('Scores', metrics.length > 0 ? [scores(card)] : []),
    ...section('Learned from', data.length > 0 ? [sources(card)] : []),
    ...section('Network', card.network ? [layers(card.network)] : []),
    ...section('Settings', settingsOf(training)),
    ...section('History', training.history.length > 0 ? [history(training.history)] : []),
  ].join('\n\n');
}

/** All that the card of a model of lines says. */
export function lineCardText({ lines, bytes, id, folder }: WholeLineModel): string {
  const { description, classes, parameters, data, metrics, training, network, backend } = lines;
  const facts: [string, string][] = [
    ['Id', id],
    ['Folder', folder],
    ['Reads', 'words and lines of ink'],
    ['Characters', `${classes.length}`],
    ['Parameters', grouped(parameters)],
    ['Size', formatBytes(bytes)],
    ['Network', network.name],
    ['Trained on', backend],
  ];
  const scored = metrics.map(({ dataset, split, decoding, samples, cer, exact }) => [
    ...[dataset, split, decoding, grouped(samples), percent(cer, 1), percent(exact, 1)],
  ]);
  const head = ['Dataset', 'Split', 'Decoding', 'Lines', 'Characters wrong', 'Lines read exactly'];
  return [
    `# ${plain(lines.name)}`,
    plain(description),
    table(['', ''], facts),
    ...section('Characters', [classes.map(inlineCode).join(' ')]),
    ...section('Scores', scored.length > 0 ? [table(head, scored)] : []),
    ...section('Learned from', data.length > 0 ? [sources(lines)] : []),
    ...section('Settings', settingsOf(training)),
  ].join('\n\n');
}

/** All that the card of a model of symbols says. */
export function symbolCardText({ symbols, bytes, id, folder }: WholeSymbolModel): string {
  const { description, classes, preprocessing, parameters, data, metrics, training, network, backend } =
    symbols;
  const facts: [string, string][] = [
    ['Id', id],
    ['Folder', folder],
    ['Reads', 'one drawn symbol'],
    ['Classes', `${classes.length}`],
    ['Input', `${preprocessing.height} × ${preprocessing.width} pixels for each direction of the strokes`],
    ['Parameters', grouped(parameters)],
    ['Size', formatBytes(bytes)],
    ...(network ? ([['Network', network.name]] as [string, string][]) : []),
    ['Trained on', backend],
  ];
  const scored = metrics.map(({ dataset, split, samples, top1, top5, top10 }) => [
    ...[dataset, split, grouped(samples)],
    ...[percent(top1, 1), percent(top5, 1), percent(top10, 1)],
  ]);
  const head = ['Dataset', 'Split', 'Drawings', 'First', 'Among five', 'Among ten'];
  return [
    `# ${plain(symbols.name)}`,
    plain(description),
    table(['', ''], facts),
    ...section('Symbols', [classes.map(inlineCode).join(' ')]),
    ...section('Scores', scored.length > 0 ? [table(head, scored)] : []),
    ...section('Learned from', data.length > 0 ? [sources(symbols)] : []),
    ...section('Network', network ? [layers(network)] : []),
    ...section('Settings', settingsOf(training)),
  ].join('\n\n');
}

function section(title: string, content: readonly string[]): string[] {
  return content.length > 0 ? [`## ${title}`, ...content] : [];
}

function scores({ metrics }: Card): string {
  return table(
    ['Dataset', 'Split', 'Alphabet', 'Samples', 'Accuracy', 'Top 3', 'Macro F1', 'Loss'],
    metrics.map(({ dataset, split, alphabet, samples, accuracy, top3, macroF1, loss }) => [
      ...[dataset, split, alphabet, grouped(samples)],
      ...[percent(accuracy, 1), percent(top3, 1), percent(macroF1, 1), loss.toFixed(4)],
    ]),
  );
}

function sources({ data }: Pick<Card, 'data'>): string {
  return table(
    ['Data', 'Samples', 'License', 'Source'],
    data.map(({ name, samples, license, source }) => [name, grouped(samples), license, source]),
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

function settingsOf({ settings }: Pick<Card['training'], 'settings'>): string[] {
  const rows = Object.entries(settings).map(([name, value]) => [name, String(value)]);
  return rows.length > 0 ? [table(['Setting', 'Value'], rows)] : [];
}

function history(epochs: readonly CardEpoch[]): string {
  const shown = epochs.slice(-MOST_EPOCHS);
  const rows = shown.map(({ epoch, loss, accuracy, validationLoss, validationAccuracy, seconds }) => [
    ...[String(epoch), loss.toFixed(4), percent(accuracy, 1), validationLoss?.toFixed(4) ?? ''],
    ...[validationAccuracy === undefined ? '' : percent(validationAccuracy, 1), `${seconds.toFixed(1)} s`],
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
