import { html } from 'lit';
import type { ShownNetwork } from '../../src/protocol/pages/designer';

export interface ToolbarActions {
  rename(box: HTMLInputElement): void;
  undo(): void;
  redo(): void;
  exportPicture(): void;
  verify(): void;
  train(): void;
}

/** The network's name, and what can be done with the whole of it. */
export function toolbar({ name }: ShownNetwork, actions: ToolbarActions) {
  return html`<header role="toolbar" aria-label="Network">
    <input
      class="control title"
      aria-label="Name of the network"
      maxlength="100"
      .value=${name}
      @change=${(event: Event) => actions.rename(event.target as HTMLInputElement)}
    />
    ${tool('discard', 'Undo', () => actions.undo())} ${tool('redo', 'Redo', () => actions.redo())}
    ${tool('file-media', 'Export picture…', () => actions.exportPicture())}
    <button class="control" title="Look for a layer that cannot work" @click=${() => actions.verify()}>
      <span class="codicon codicon-verified" aria-hidden="true"></span>Verify
    </button>
    <button class="control primary" @click=${() => actions.train()}>Train this network…</button>
  </header>`;
}

function tool(icon: string, label: string, then: () => void) {
  return html`<button class="tool" aria-label=${label} title=${label} @click=${then}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}
