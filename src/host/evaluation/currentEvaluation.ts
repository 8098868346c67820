import { Emitter } from 'vscode-jsonrpc';
import { type EvaluationSpec, evaluationSpecSchema, withBundled } from './evaluationSpec';

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

  /** @param bundled folder of the bundled model */
  constructor(
    private readonly memory: Memory,
    private readonly bundled: string,
  ) {}

  get spec(): EvaluationSpec | undefined {
    const spec = evaluationSpecSchema.safeParse(this.memory.get(KEY)).data;
    return spec && withBundled(spec, this.bundled);
  }

  show(spec: EvaluationSpec): void {
    void this.memory.update(KEY, spec);
    this.changed.fire();
  }

  /** Shows the first of two models alone again. */
  endComparison(): void {
    if (!this.spec) return;
    const { other: _, ...alone } = this.spec;
    this.show(alone);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
