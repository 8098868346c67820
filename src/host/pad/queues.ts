import { Turns } from '../../base/turns';

/** The turns of the edits of each thing that can be written in, as long as that is there. */
export class Queues {
  private readonly queues = new WeakMap<object, Turns>();

  of(owner: object): Turns {
    const queue = this.queues.get(owner) ?? new Turns();
    this.queues.set(owner, queue);
    return queue;
  }
}
