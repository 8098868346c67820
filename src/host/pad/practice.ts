import type { Drawn, PracticeAction, PracticeTask } from '../../protocol/pages/pad';
import type { Keeper } from '../samples/keeper';

/** Texts that the user is asked to write, one after another; each is kept as a sample. */
export class Practice {
  private texts: readonly string[] = [];
  private place = 0;
  /** The file that what was written at each place is kept in, once it is written; undefined where it was skipped. */
  private kept: (Promise<string | undefined> | undefined)[] = [];

  constructor(private readonly keeper: Pick<Keeper, 'keepText' | 'takeBack'>) {}

  /** What the pad is to ask for now. */
  get task(): PracticeTask {
    const label = this.texts[this.place];
    const task = { type: 'practice' as const, place: this.place + 1, of: this.texts.length };
    return label === undefined ? task : { ...task, label };
  }

  begin(texts: readonly string[]): void {
    this.texts = texts;
    this.place = 0;
    this.kept = [];
  }

  /**
   * Does what the user answered; going back takes back what was kept there. The next text is asked for at once,
   * and again the same one where it could not be kept.
   */
  async answer(action: PracticeAction, drawn: Drawn | undefined): Promise<void> {
    const label = this.texts[this.place];
    if (label === undefined) return;
    switch (action) {
      case 'keep':
        if (drawn) await this.keep(label, drawn);
        return;
      case 'skip':
        this.place++;
        return;
      case 'back':
        return this.back();
      case 'end':
        this.begin([]);
    }
  }

  private async keep(label: string, drawn: Drawn): Promise<void> {
    const { kept } = this;
    const place = this.place++;
    const keeping = this.keeper.keepText(label, drawn);
    kept[place] = keeping.catch(() => undefined);
    try {
      await keeping;
    } catch (error) {
      if (this.kept === kept) this.place = place;
      throw error;
    }
  }

  private async back(): Promise<void> {
    this.place = Math.max(0, this.place - 1);
    const keeping = this.kept[this.place];
    this.kept[this.place] = undefined;
    const name = await keeping;
    if (name !== undefined) await this.keeper.takeBack([name]);
  }
}
