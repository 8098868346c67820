import * as vscode from 'vscode';
import { givenPictureSchema } from '../../protocol/pages/image';
import { choosePicture } from './choosePicture';
import type { ImageTabs } from './imagePanels';

const FILE = 'Choose a file…';
const CLIPBOARD = 'Paste or drop one';

/**
 * Reads the characters of a picture in a tab.
 *
 * @param argument the picture's URI, or a picture that was given to the pad; without one the user is asked
 */
export async function recognizeImage(tabs: ImageTabs, argument: unknown): Promise<void> {
  if (argument instanceof vscode.Uri) return tabs.show(argument);
  const given = givenPictureSchema.safeParse(argument);
  if (given.success) return tabs.show(given.data);
  const answer = await vscode.window.showQuickPick(
    [
      { label: FILE, detail: 'A photo or scan: PNG, JPEG, WebP, BMP or TIFF' },
      { label: CLIPBOARD, detail: 'Opens a tab that takes a picture by Ctrl+V (Cmd+V), or dropped on it' },
    ],
    { title: 'Recognize Image', placeHolder: 'Where is the picture?' },
  );
  if (answer?.label === CLIPBOARD) return tabs.show(undefined);
  const chosen = answer && (await choosePicture());
  if (chosen) await tabs.show(chosen);
}
