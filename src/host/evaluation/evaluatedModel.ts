import { modelChecksum } from '../../models/checksum';
import type { EvaluationHeader } from '../../evaluations/evaluationFile';
import { modelStamp } from '../../evaluations/modelStamp';
import { UserError } from '../../base/userError';

/** What an evaluation says of its model. */
interface Evaluated {
  readonly key: Pick<EvaluationHeader['key'], 'model'>;
  readonly modelName: string;
}

/** The model that was evaluated, in a folder where another one may have taken its place since. */
export class EvaluatedModel {
  private stamp: string | undefined;
  private sentence: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly header: Evaluated,
  ) {}

  /** Why it cannot be asked any more, a sentence, as it was when it was looked at last. */
  get problem(): string | undefined {
    return this.sentence;
  }

  /** Looks at the folder. */
  async look(): Promise<void> {
    const stamp = await modelStamp(this.folder);
    if (stamp === this.stamp) return;
    const checksum = await modelChecksum(this.folder).catch(() => undefined);
    this.sentence = this.problemOf(checksum);
    this.stamp = stamp;
  }

  /** The folder; throws UserError where another model is in it by now, or none. */
  async use(): Promise<string> {
    await this.look();
    if (this.sentence !== undefined) throw new UserError(this.sentence);
    return this.folder;
  }

  private problemOf(checksum: string | undefined): string | undefined {
    const { key, modelName } = this.header;
    if (checksum === key.model) return undefined;
    return checksum === undefined
      ? `${modelName} no longer exists: its figures stay; evaluate another model.`
      : `${modelName} is another model than was evaluated: evaluate again.`;
  }
}
