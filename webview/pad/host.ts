import { type HostToPad, hostToPadSchema, type PadToHost } from '../../src/protocol/pad';

interface VSCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VSCodeApi;

/** The extension host as the pad sees it; it is also what keeps the pad's state while it is hidden. */
export class Host {
  private readonly api = acquireVsCodeApi();

  tell(message: PadToHost): void {
    this.api.postMessage(message);
  }

  listen(receive: (message: HostToPad) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = hostToPadSchema.safeParse(data);
      if (message.success) receive(message.data);
      else console.error('The host sent what it may not:', message.error.message);
    });
  }

  get state(): unknown {
    return this.api.getState();
  }

  set state(state: unknown) {
    this.api.setState(state);
  }
}
