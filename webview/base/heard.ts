import { html } from 'lit';

/**
 * The name of a control whose signs and figures need words to be understood. Unlike a label it stands among what is
 * seen, which is then hidden from who listens.
 */
export const heard = (words: string) => html`<span class="hidden">${words}</span>`;
