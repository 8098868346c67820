import { LitElement } from 'lit';

/** A part of a page. It has no document of its own: the styles of the page reach into it. */
export class Part extends LitElement {
  override createRenderRoot(): this {
    return this;
  }

  /** Tells what the part stands in that something happened. */
  protected fire(event: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}
