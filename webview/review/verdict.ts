import { html } from 'lit';
import { Verdict } from '../../src/protocol/pages/review';

const ICONS: Record<Verdict, string> = {
  [Verdict.open]: 'circle-large-outline',
  [Verdict.kept]: 'check',
  [Verdict.relabeled]: 'tag',
  [Verdict.excluded]: 'eye-closed',
};

/** What was made of a label as an icon. */
export function verdictIcon(verdict: Verdict) {
  return html`<span class="codicon codicon-${ICONS[verdict]}" aria-hidden="true"></span>`;
}

/** What was made of a label in words; nothing of one that is open. */
export function verdictWords(verdict: Verdict, label: string): string {
  switch (verdict) {
    case Verdict.open:
      return '';
    case Verdict.kept:
      return `kept as ${label}`;
    case Verdict.relabeled:
      return `relabeled as ${label}`;
    case Verdict.excluded:
      return 'excluded';
  }
}
