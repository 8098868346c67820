import { Emitter } from 'vscode-jsonrpc';
import type { WrittenSample } from '../../datasets/store/keptInk';
import type { KeptDataset } from '../../datasets/store/keptDataset';

type Drawn = Pick<WrittenSample, 'ink' | 'penWidth' | 'guide'>;

/** What this window kept. */
interface Kept {
  /** Of its file. */
  readonly name: string;
  readonly label: string;
  readonly isLine: boolean;
}

/** Keeps what the user writes as samples of their handwriting, and takes back what they did not mean to keep. */
export class Keeper {
  /** The last one last. */
  private kept: Kept[] = [];
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly handwriting: KeptDataset,
    private readonly lines: KeptDataset,
  ) {}

  /** Keeps a character; gives the name of the file, with which it can be taken back. */
  async keep(label: string, { ink, penWidth }: Drawn): Promise<string> {
    const name = await this.handwriting.keep({ label, ink, penWidth });
    this.remember({ name, label, isLine: false });
    return name;
  }

  /** Keeps what stands for a text: a character among the characters, a word or a line among the lines. */
  async keepText(text: string, drawn: Drawn): Promise<string> {
    if ([...new Intl.Segmenter().segment(text)].length <= 1) return this.keep(text, drawn);
    const name = await this.lines.keep({ label: text, ...drawn });
    this.remember({ name, label: text, isLine: true });
    return name;
  }

  /** How many samples of a label this window keeps. */
  countOf(label: string): number {
    return this.kept.filter((each) => each.label === label).length;
  }

  /** Takes samples back that were kept, by the names of their files. */
  async takeBack(names: readonly string[]): Promise<void> {
    for (const name of names) await this.remove(name, this.kept.find((each) => each.name === name)?.isLine);
    this.changed.fire();
  }

  /**
   * Takes back the last sample that this window kept, or else the last one of all.
   *
   * @returns what it was a sample of; undefined where there is none
   */
  async undo(): Promise<string | undefined> {
    const last = await this.lastHere();
    if (last) await this.remove(last.name, last.isLine);
    const label = last ? last.label : await (await this.newest()).undo();
    if (label !== undefined) this.changed.fire();
    return label;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private remember(kept: Kept): void {
    this.kept.push(kept);
    this.changed.fire();
  }

  private async remove(name: string, isLine = false): Promise<void> {
    await (isLine ? this.lines : this.handwriting).undo(name);
    this.kept = this.kept.filter((each) => each.name !== name);
  }

  /** Where the last sample of all lies: the names of files begin with the time. */
  private async newest(): Promise<KeptDataset> {
    const { handwriting, lines } = this;
    const last = async (of: KeptDataset) => (await of.list()).at(-1) ?? '';
    return (await last(lines)) > (await last(handwriting)) ? lines : handwriting;
  }

  /** The last one that is still there: another window may have taken it back, or removed all. */
  private async lastHere(): Promise<Kept | undefined> {
    const there = new Set([...(await this.handwriting.list()), ...(await this.lines.list())]);
    this.kept = this.kept.filter(({ name }) => there.has(name));
    return this.kept.at(-1);
  }
}
