import type { ZodType } from 'zod';

interface VSCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VSCodeApi;

/** The extension host as a page sees it; it is also what keeps the page's state while it is hidden. */
export class Host<Sent, Received> {
  private readonly api = acquireVsCodeApi();

  constructor(private readonly schema: ZodType<Received>) {}

  tell(message: Sent): void {
    this.api.postMessage(message);
  }

  listen(receive: (message: Received) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = this.schema.safeParse(data);
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
