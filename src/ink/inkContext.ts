import { childOf, childrenOf, referred, type InkElement } from './inkXml';

/** What the numbers of a point mean. */
export interface TraceFormat {
  /** Place among the numbers of a point; -1 where there is none. */
  readonly x: number;
  readonly y: number;
  readonly t: number;
  readonly pressure: number;
  /** Whether the pen touches, of channels of that kind. */
  readonly tip: number;
  /** What makes X and Y of one unit, Y downwards, T milliseconds and the force 0 to 1. */
  readonly scale: { readonly x: number; readonly y: number; readonly t: number; readonly pressure: number };
}

/** What holds for traces: their format and the pen's width in their unit, where it is said. */
export interface InkContext {
  readonly format: TraceFormat;
  readonly penWidth: number | undefined;
}

const SAME = { x: 1, y: 1, t: 1, pressure: 1 };
const PLAIN_FORMAT: TraceFormat = { x: 0, y: 1, t: -1, pressure: -1, tip: -1, scale: SAME };
export const PLAIN_CONTEXT: InkContext = { format: PLAIN_FORMAT, penWidth: undefined };

/** Millimeters of InkML's units of length, and of Microsoft's. */
const MILLIMETERS = new Map([
  ['m', 1000],
  ['cm', 10],
  ['mm', 1],
  ['in', 25.4],
  ['pt', 25.4 / 72],
  ['pc', 25.4 / 6],
  ['px', 25.4 / 96],
  ['himetric', 0.01],
]);
const MILLISECONDS = new Map([
  ['s', 1000],
  ['ms', 1],
  ['us', 0.001],
  ['ns', 0.000001],
]);
/** A chain of references longer than this leads in a circle. */
const LONGEST_CHAIN = 20;

/** Finds what holds for traces in a document's definitions. */
export class InkContexts {
  constructor(private readonly byId: ReadonlyMap<string, InkElement>) {}

  /** What holds for a trace or a group of traces in another. */
  of({ attributes }: InkElement, around: InkContext): InkContext {
    const context = this.find(attributes['contextRef'], 'context');
    const inherited = context ? this.within(context, around) : around;
    const brush = this.find(attributes['brushRef'], 'brush');
    return brush ? { ...inherited, penWidth: widthOf(brush) } : inherited;
  }

  /** What holds behind an element that says so for all that follows: a context, a format, a brush, a device. */
  after(element: InkElement, around: InkContext): InkContext {
    switch (element.name) {
      case 'context':
        return this.within(element, around);
      case 'traceFormat':
        return { ...around, format: formatOf(element, undefined) };
      case 'inkSource':
        return this.from(element, around);
      default:
        return around;
    }
  }

  private within(element: InkElement, around: InkContext, chain = 0): InkContext {
    const { attributes } = element;
    const other = this.find(attributes['contextRef'], 'context');
    let context = other && chain < LONGEST_CHAIN ? this.within(other, around, chain + 1) : around;
    const source = childOf(element, 'inkSource') ?? this.find(attributes['inkSourceRef'], 'inkSource');
    if (source) context = this.from(source, context);
    const format = childOf(element, 'traceFormat') ?? this.find(attributes['traceFormatRef'], 'traceFormat');
    if (format) context = { ...context, format: formatOf(format, source) };
    const brush = childOf(element, 'brush') ?? this.find(attributes['brushRef'], 'brush');
    return brush ? { ...context, penWidth: widthOf(brush) } : context;
  }

  private from(source: InkElement, around: InkContext): InkContext {
    const format =
      childOf(source, 'traceFormat') ?? this.find(source.attributes['traceFormatRef'], 'traceFormat');
    return format ? { ...around, format: formatOf(format, source) } : around;
  }

  private find(reference: string | undefined, name: string): InkElement | undefined {
    const found = this.byId.get(referred(reference) ?? '');
    return found?.name === name ? found : undefined;
  }
}

/** Time and force are taken only from formats that also name X and Y. */
function formatOf(format: InkElement, source: InkElement | undefined): TraceFormat {
  const often = childrenOf(format, 'channel');
  const now = childrenOf(format, 'intermittentChannels').flatMap((each) => childrenOf(each, 'channel'));
  const channels = [...often, ...now];
  const at = (name: string) => channels.findIndex(({ attributes }) => attributes['name'] === name);
  const [x, y, t, pressure, tip] = [at('X'), at('Y'), at('T'), at('F'), at('S')];
  if (x < 0 || y < 0) return PLAIN_FORMAT;
  const unit = (place: number) => (place < 0 ? {} : (channels[place]?.attributes ?? {}));
  const [ofX, ofY] = [lengthOf('X', unit(x), source), lengthOf('Y', unit(y), source)];
  const most = Number(unit(pressure)['max']);
  const scale = {
    x: signOf(unit(x)),
    y: signOf(unit(y)) * (ofX !== undefined && ofY !== undefined ? ofY / ofX : 1),
    t: MILLISECONDS.get(unit(t)['units'] ?? '') ?? 1,
    pressure: most > 0 && Number.isFinite(most) ? 1 / most : 1,
  };
  return { x, y, t, pressure, tip: unit(tip)['type'] === 'boolean' ? tip : -1, scale };
}

function signOf(attributes: Readonly<Record<string, string>>): 1 | -1 {
  return attributes['orientation'] === '-ve' ? -1 : 1;
}

/** Millimeters of a step of a channel: by the resolution that the device says, else by the channel's unit. */
function lengthOf(
  name: string,
  { units = '' }: Readonly<Record<string, string>>,
  source: InkElement | undefined,
): number | undefined {
  const properties = source ? childrenOf(source, 'channelProperties') : [];
  const resolution = properties
    .flatMap((each) => childrenOf(each, 'channelProperty'))
    .find(({ attributes }) => attributes['channel'] === name && attributes['name'] === 'resolution');
  const steps = Number(resolution?.attributes['value']);
  const per = MILLIMETERS.get(/([a-z]+)$/i.exec(resolution?.attributes['units'] ?? '')?.[1] ?? '');
  if (steps > 0 && Number.isFinite(steps)) return (per ?? 1) / steps;
  return MILLIMETERS.get(units);
}

function widthOf(brush: InkElement): number | undefined {
  const property = childrenOf(brush, 'brushProperty').find(
    ({ attributes }) => attributes['name'] === 'width',
  );
  const width = Number(property?.attributes['value']);
  return width > 0 && Number.isFinite(width) ? width : undefined;
}
