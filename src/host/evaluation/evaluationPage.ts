import {
  type ChosenSamples,
  type EvaluationAction,
  type EvaluationToHost,
  type HostToEvaluation,
} from '../../protocol/pages/evaluation';
import type { Page, PageContent } from '../shell/page';
import type { CurrentEvaluation } from './currentEvaluation';
import { evaluationMessage } from './evaluationMessage';
import type { EvaluationSpec } from './evaluationSpec';
import { ListedSamples, type ListSamples } from './listedSamples';
import type { Held, LiveEvaluations } from './liveEvaluations';

export interface EvaluationPageParts {
  current: CurrentEvaluation;
  evaluations: LiveEvaluations;
  /** Shows samples in the gallery. */
  open: (spec: EvaluationSpec, samples: ChosenSamples) => void;
  act: (action: EvaluationAction) => Promise<void>;
  /** Lists samples on the page, where it does that. */
  list?: ListSamples;
}

/** One page that shows the window's evaluation, in the sidebar or in a tab: follows it from its first message on. */
export class EvaluationPage implements PageContent<EvaluationToHost, HostToEvaluation> {
  private held: Held | undefined;
  /** Ends what follows the evaluation that is held. */
  private unfollow: (() => void) | undefined;
  private subscription: { dispose(): void } | undefined;
  private sending = false;
  /** Grows with each evaluation that is taken up: what comes late for another is let go. */
  private turn = 0;
  private readonly listed: ListedSamples | undefined;

  constructor(
    private readonly page: Pick<Page<EvaluationToHost, HostToEvaluation>, 'post' | 'tried' | 'title'>,
    private readonly parts: EvaluationPageParts,
  ) {
    this.listed = parts.list && new ListedSamples(page, parts.list);
  }

  /** Lets go of everything; the page's next first message takes it up again. */
  hidden(): void {
    this.turn++;
    this.listed?.hidden();
    this.subscription?.dispose();
    this.subscription = undefined;
    this.release();
  }

  private release(): void {
    this.unfollow?.();
    this.unfollow = undefined;
    this.held?.release();
    this.held = undefined;
  }

  async receive(message: EvaluationToHost): Promise<HostToEvaluation | undefined> {
    const { current, open, act } = this.parts;
    switch (message.type) {
      case 'ready':
        this.subscription ??= current.onDidChange(() => void this.page.tried(() => this.follow()));
        await this.follow();
        return;
      case 'judge':
        if (current.spec) current.show({ ...current.spec, judging: message.judging });
        return;
      case 'open':
        if (this.held) open(this.held.live.spec, message.samples);
        return;
      case 'list':
        if (this.held) {
          await this.listed?.show({ evaluation: this.held.live.spec, samples: message.samples });
        }
        return;
      case 'samples':
        return this.listed?.receive(message.message);
      case 'act':
        await act(message.action);
        return;
    }
  }

  /** Takes up the window's evaluation, and tells of it now and whenever it changes. */
  private async follow(): Promise<void> {
    const turn = ++this.turn;
    const { spec } = this.parts.current;
    if (!spec) {
      this.release();
      this.page.post({ type: 'nothing' });
      return;
    }
    const held = await this.parts.evaluations.hold(spec);
    if (turn !== this.turn) {
      held.release();
      return;
    }
    this.release();
    this.held = held;
    const { live } = held;
    const listener = live.onDidChange(() => this.sendSoon());
    this.unfollow = () => listener.dispose();
    if (JSON.stringify(live.spec.judging) !== JSON.stringify(spec.judging)) live.judgeBy(spec.judging);
    else this.send();
  }

  /** Several changes at once are told once. */
  private sendSoon(): void {
    if (this.sending) return;
    this.sending = true;
    setImmediate(() => {
      this.sending = false;
      void this.page.tried(() => this.send());
    });
  }

  private send(): void {
    if (!this.held) return;
    const message = evaluationMessage(this.held.live, this.listed !== undefined);
    this.page.title = `${message.model} · ${message.dataset}, ${message.split}`;
    this.page.post(message);
  }
}
