import * as vscode from 'vscode';

const EXTENSIONS = ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff'];

/** Asks for a picture file. */
export async function choosePicture(): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: 'Recognize Image',
      openLabel: 'Recognize',
      filters: { Pictures: EXTENSIONS },
    })) ?? [];
  return chosen;
}
