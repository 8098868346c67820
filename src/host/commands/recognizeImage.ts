import * as vscode from 'vscode';
import { givenPictureSchema } from '../../protocol/imageView';
import type { ImagePanels } from '../views/imagePanels';

const EXTENSIONS = ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff'];

const FILE = 'Choose a file…';
const CLIPBOARD = 'Paste or drop one';

/**
 * Reads the characters of a picture in a tab.
 *
 * @param argument the picture's URI, or a picture that was given to the pad; without one the person is asked
 */
export async function recognizeImage(panels: ImagePanels, argument: unknown): Promise<void> {
  if (argument instanceof vscode.Uri) return panels.show(argument);
  const given = givenPictureSchema.safeParse(argument);
  if (given.success) return panels.show(given.data);
  const answer = await vscode.window.showQuickPick(
    [
      { label: FILE, detail: 'A photograph or scan: PNG, JPEG, WebP, BMP or TIFF' },
      { label: CLIPBOARD, detail: 'Opens a tab that takes a picture by Ctrl+V (Cmd+V), or dropped on it' },
    ],
    { title: 'Recognise Image', placeHolder: 'Where is the picture?' },
  );
  if (answer?.label === CLIPBOARD) return panels.show(undefined);
  const chosen = answer && (await choosePicture());
  if (chosen) await panels.show(chosen);
}

/** Asks for a picture file. */
export async function choosePicture(): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: 'Recognise Image',
      openLabel: 'Recognise',
      filters: { Pictures: EXTENSIONS },
    })) ?? [];
  return chosen;
}
