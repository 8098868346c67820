import type { Event } from 'vscode-jsonrpc';
import type { DatasetStore } from '../../datasets/store/datasetStore';
import type { EvaluationSpec } from './evaluationSpec';
import { LiveEvaluation } from './liveEvaluation';

/** A page's hold on an evaluation. */
export interface Held {
  readonly live: LiveEvaluation;
  release(): void;
}

interface Entry {
  readonly live: Promise<LiveEvaluation>;
  holders: number;
}

/** The evaluations that pages look at: each is in memory once, and only as long as somebody looks. */
export class LiveEvaluations {
  private readonly entries = new Map<string, Entry>();
  private readonly subscription: { dispose(): unknown };

  /** @param onDidChange tells that datasets changed */
  constructor(
    private readonly store: DatasetStore,
    onDidChange: Event<unknown>,
    private readonly failed: (error: unknown) => void,
  ) {
    this.subscription = onDidChange((dataset) => {
      if (dataset === undefined) this.look();
    });
  }

  /**
   * Takes hold of an evaluation; one that is open stays judged as it is.
   *
   * @throws ModelError where it is gone or damaged
   */
  async hold(spec: EvaluationSpec): Promise<Held> {
    const key = JSON.stringify([spec.file, spec.model, spec.dataset, spec.other?.file, spec.other?.model]);
    const entry = this.entries.get(key) ?? { live: LiveEvaluation.open(spec, this.store), holders: 0 };
    this.entries.set(key, entry);
    entry.holders++;
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      this.release(key, entry);
    };
    try {
      return { live: await entry.live, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Looks whether the models of an evaluation are still what was evaluated; throws UserError where one is not. */
  async checkModels(spec: EvaluationSpec): Promise<void> {
    const held = await this.hold(spec);
    try {
      await held.live.model.use();
      await held.live.otherModel?.use();
    } finally {
      held.release();
    }
  }

  /** Looks at the models, and at what was changed in the samples. */
  look(): void {
    for (const { live } of this.entries.values()) {
      void live.then((open) => open.look()).catch(this.failed);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.entries.clear();
  }

  private release(key: string, entry: Entry): void {
    if (--entry.holders > 0) return;
    if (this.entries.get(key) === entry) this.entries.delete(key);
    void entry.live.then(
      (live) => live.dispose(),
      () => undefined,
    );
  }
}
