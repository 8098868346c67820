import { Emitter } from 'vscode-jsonrpc';
import { type EvaluationSpec, evaluationSpecSchema } from './evaluationSpec';

/** What a window keeps across its restarts. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'evaluation';

/** Which evaluation the window shows; remembered when it is opened again. */
export class CurrentEvaluation {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {}

  get spec(): EvaluationSpec | undefined {
    return evaluationSpecSchema.safeParse(this.memory.get(KEY)).data;
  }

  show(spec: EvaluationSpec): void {
    void this.memory.update(KEY, spec);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
