import * as vscode from 'vscode';
import type { RecognizeResult } from '../protocol/engine';
import type { RecognizeIntent } from '../protocol/pad';
import { requestAlphabet } from './alphabet';
import type { EngineClient } from './engineClient';
import { UserError } from './errors';
import type { ModelInUse } from './models/modelInUse';
import { settings } from './settings';

/** As many as the pad has keys for. */
const CANDIDATES = 5;

/** Recognises the newest ink only: a new request cancels the one before. */
export class Recognition implements vscode.Disposable {
  private current: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly model: ModelInUse,
    /** The folder of datasets. */
    private readonly home: string,
  ) {}

  /** The candidates for ink or a picture in the person's alphabet; throws Cancelled when overtaken. */
  async recognize(intent: RecognizeIntent): Promise<RecognizeResult> {
    this.cancel();
    const request = new vscode.CancellationTokenSource();
    this.current = request;
    try {
      const alphabet = requestAlphabet(settings.alphabet, settings.customAlphabet);
      const { folder } = await this.model.current();
      const common = { model: folder, alphabet, top: CANDIDATES };
      if (intent.type === 'recognizePicture') {
        return await this.engine.recognizePicture({ ...common, picture: intent.picture }, request.token);
      }
      const { ink, penWidth } = intent;
      return await this.engine.recognize({ ...common, ink, penWidth, home: this.home }, request.token);
    } catch (error) {
      // what was found may have gone since
      if (error instanceof UserError) void this.model.look();
      throw error;
    } finally {
      request.dispose();
      if (this.current === request) this.current = undefined;
    }
  }

  /** Every class the model can give. */
  async classes(): Promise<readonly string[]> {
    return (await this.engine.model((await this.model.current()).folder)).classes;
  }

  cancel(): void {
    this.current?.cancel();
    this.current = undefined;
  }

  dispose(): void {
    this.cancel();
  }
}
