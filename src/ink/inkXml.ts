import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { InkError } from './errors';

/** An element of a document of ink, without the prefix of its name. */
export interface InkElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly InkElement[];
  /** Its own text, without that of the elements in it. */
  readonly text: string;
}

/** As the parser gives an element: its name with what is in it, and its attributes beside it. */
type Parsed = Record<string, unknown>;

const ATTRIBUTES = ':@';
const TEXT = '#text';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // numeric references too
  htmlEntities: true,
  // an XML bomb (entities in entities) cannot grow
  processEntities: { enabled: true, maxTotalExpansions: 1_000_000, maxEntityCount: 100 },
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * The root of an InkML document.
 *
 * @throws InkError where the text is not well-formed, or no InkML
 */
export function parseInkXml(text: string): InkElement {
  // the parser itself takes what is cut off as if it ended there
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is to replace it is too young to rely on
  if (XMLValidator.validate(text) !== true) {
    throw new InkError('The file is not well-formed XML: export the ink again.');
  }
  const root = parsed(text)
    .map(elementOf)
    .find((element) => element !== undefined);
  if (root?.name !== 'ink') throw new InkError('The file is not InkML: its root element is not <ink>.');
  return root;
}

/** Well-formed XML may hold what the parser refuses: entities from elsewhere, elements in a hundred others. */
function parsed(text: string): Parsed[] {
  try {
    return parser.parse(text) as Parsed[];
  } catch (cause) {
    throw new InkError(
      'The file has XML that Scrawl does not read, as no ink needs it: export the ink again.',
      { cause },
    );
  }
}

function elementOf(node: Parsed): InkElement | undefined {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
  if (name === undefined) return undefined;
  const inside = node[name] as Parsed[];
  return {
    name,
    attributes: (node[ATTRIBUTES] ?? {}) as Record<string, string>,
    children: inside.flatMap((each) => elementOf(each) ?? []),
    text: inside.map((each) => (each[TEXT] as string | undefined) ?? '').join(''),
  };
}

/** The elements of a name among the children of another. */
export function childrenOf(element: InkElement, name: string): InkElement[] {
  return element.children.filter((child) => child.name === name);
}

export function childOf(element: InkElement, name: string): InkElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The id that a reference names: `#ctx0`, or `ctx0` as many programs write it. */
export function referred(reference: string | undefined): string | undefined {
  return reference?.slice(reference.indexOf('#') + 1).trim();
}
