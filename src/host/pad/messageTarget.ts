import type { Turns } from '../../base/turns';
import type { Repository } from './sourceControl';
import { type Insertable, textAt } from './insertable';
import { lastCharacter } from './lastCharacter';
import type { Edit, Inserted, Target } from './target';

/** VS Code's id of what messages are written in. */
const LANGUAGE = 'scminput';

/** The message of the next commit in the Source Control view; its cursor is not to be had, so text goes to its end. */
export class MessageTarget implements Target {
  readonly problem = undefined;
  readonly editor = undefined;

  /** @param title what Source Control calls the repository, where there are several */
  constructor(
    private readonly repository: Repository,
    private readonly title: string | undefined,
    private readonly queue: Turns,
    private readonly show: () => Promise<void>,
  ) {}

  get name(): string {
    return this.title === undefined ? 'Source Control message' : `Source Control message of ${this.title}`;
  }

  get surroundings() {
    return { before: this.repository.inputBox.value, after: '', language: LANGUAGE };
  }

  insert(what: Insertable): Promise<Inserted> {
    const { repository, queue } = this;
    return queue.run(() => {
      const text = textAt(what, this.surroundings);
      repository.inputBox.value += text;
      return new InsertedInMessage(repository, text, queue);
    });
  }

  type(text: string): Promise<void> {
    return this.queue.run(() => {
      this.repository.inputBox.value += text;
    });
  }

  edit(edit: Edit): Promise<void> {
    const { inputBox } = this.repository;
    if (edit !== 'backspace') return this.type(edit === 'space' ? ' ' : '\n');
    return this.queue.run(() => {
      const { value } = inputBox;
      inputBox.value = value.slice(0, value.length - lastCharacter(value).length);
    });
  }

  focus(): Promise<void> {
    return this.show();
  }
}

class InsertedInMessage implements Inserted {
  constructor(
    private readonly repository: Repository,
    private text: string,
    private readonly queue: Turns,
  ) {}

  replace(what: Insertable): Promise<boolean> {
    return this.queue.run(() => {
      const { inputBox } = this.repository;
      if (!inputBox.value.endsWith(this.text)) return false;
      const before = inputBox.value.slice(0, inputBox.value.length - this.text.length);
      const text = textAt(what, { before, after: '', language: LANGUAGE });
      inputBox.value = before + text;
      this.text = text;
      return true;
    });
  }

  takeBack(): Promise<boolean> {
    return this.replace('');
  }

  dispose(): void {
    // nothing is held
  }
}
