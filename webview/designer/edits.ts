import type { DesignerEdit } from '../../src/protocol/pages/designer';

/** A change to ask for, and what to do once it is made. */
export interface Plan {
  readonly edit: DesignerEdit;
  /** The layer that is chosen then; -1 for none. */
  readonly chosen?: number;
  readonly focus?: 'head' | 'form';
  /** What to tell the user. */
  readonly say?: string;
}

/**
 * Changes are asked for one at a time: each is planned on the network as the one before has left it, however quickly
 * keys are pressed.
 */
export class Edits {
  private readonly waiting: (() => Plan | undefined)[] = [];
  private asked: Plan | undefined;

  constructor(private readonly ask: (edit: DesignerEdit) => void) {}

  /** Makes a plan as soon as nothing else is asked for; it may come to nothing. */
  plan(make: () => Plan | undefined): void {
    this.waiting.push(make);
    this.next();
  }

  /** The plan whose answer came. */
  done(): Plan | undefined {
    const { asked } = this;
    this.asked = undefined;
    return asked;
  }

  next(): void {
    while (!this.asked) {
      const make = this.waiting.shift();
      if (!make) return;
      this.asked = make();
      if (this.asked) this.ask(this.asked.edit);
    }
  }
}
