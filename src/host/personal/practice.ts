import type { Drawn, PractiseAction, PractiseTask } from '../../protocol/pad';
import type { Keeper } from '../keeper';

/** Characters that the person is asked to draw, one after another; each is kept as a sample. */
export class Practice {
  private characters: readonly string[] = [];
  private place = 0;
  /** The file that the drawing of each place is kept in, once it is written; undefined where it was skipped. */
  private kept: (Promise<string | undefined> | undefined)[] = [];

  constructor(private readonly keeper: Pick<Keeper, 'keep' | 'takeBack'>) {}

  /** What the pad is to ask for now. */
  get task(): PractiseTask {
    const label = this.characters[this.place];
    const task = { type: 'practise' as const, place: this.place + 1, of: this.characters.length };
    return label === undefined ? task : { ...task, label };
  }

  begin(characters: readonly string[]): void {
    this.characters = characters;
    this.place = 0;
    this.kept = [];
  }

  /**
   * Does what the person answered; going back takes back what was kept there. The next character is asked for at once,
   * and again the same one where it could not be kept.
   */
  async answer(action: PractiseAction, drawn: Drawn | undefined): Promise<void> {
    const label = this.characters[this.place];
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
    const keeping = this.keeper.keep(label, drawn);
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
