import * as vscode from 'vscode';
import { counted } from '../../base/words';
import { UserError } from '../../base/userError';
import { Verdict } from '../../protocol/pages/review';
import type { StoredPlace } from '../samples/placedPictures';
import type { ReviewSession } from './reviewSession';

/** What was made of labels, in words. Those that are excluded are good for no dataset. */
const GROUPS = [
  { verdict: Verdict.relabeled, label: 'Relabeled', picked: true },
  { verdict: Verdict.kept, label: 'Kept as labeled', picked: true },
  { verdict: Verdict.open, label: 'Not decided yet', picked: false },
] as const;

/** The samples of a review that the user wants for a dataset, by what was made of their labels; none where they gave up. */
export async function pickReviewed(session: ReviewSession): Promise<StoredPlace[]> {
  const groups = GROUPS.map((group) => ({ ...group, places: session.placesWith(group.verdict) }));
  const items = groups
    .filter(({ places }) => places.length > 0)
    .map((group) => ({ ...group, description: counted(group.places.length, 'sample') }));
  if (items.length === 0)
    throw new UserError('All of these samples are excluded: include some of them first.');
  if (items.every(({ picked }) => !picked)) return items.flatMap(({ places }) => places);
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Make Dataset',
    placeHolder: 'Which of the reviewed samples',
    canPickMany: true,
  });
  return picked?.flatMap(({ places }) => places) ?? [];
}
