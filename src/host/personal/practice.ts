import type { Drawn, PractiseAction, PractiseTask } from '../../protocol/pad';
import type { Keeper } from '../keeper';

/** Characters that the person is asked to draw, one after another; each is kept as a sample. */
export class Practice {
  private characters: readonly string[] = [];
  private place = 0;
  /** Whether the character of each place was kept. */
  private kept: boolean[] = [];

  constructor(private readonly keeper: Pick<Keeper, 'keep' | 'undo'>) {}

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

  /** Does what the person answered; going back takes back what was kept there. */
  async answer(action: PractiseAction, drawn: Drawn | undefined): Promise<void> {
    const label = this.characters[this.place];
    if (label === undefined) return;
    switch (action) {
      case 'keep':
        if (!drawn) return;
        await this.keeper.keep(label, drawn);
        this.kept[this.place++] = true;
        return;
      case 'skip':
        this.kept[this.place++] = false;
        return;
      case 'back':
        this.place = Math.max(0, this.place - 1);
        if (this.kept[this.place] === true) await this.keeper.undo();
        this.kept[this.place] = false;
        return;
      case 'end':
        this.begin([]);
    }
  }
}
