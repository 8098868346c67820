import * as vscode from 'vscode';

/** What VS Code's explorer and other programs name dragged files by. */
const URI_LIST = 'text/uri-list';

/** Takes files and folders that are dropped on a tree, one after the other. */
export class DroppedFiles<T> implements vscode.TreeDragAndDropController<T> {
  readonly dragMimeTypes: readonly string[] = [];
  readonly dropMimeTypes = [URI_LIST];

  /** @param take is told of each */
  constructor(private readonly take: (file: vscode.Uri) => PromiseLike<unknown>) {}

  async handleDrop(_target: T | undefined, dragged: vscode.DataTransfer): Promise<void> {
    const list = (await dragged.get(URI_LIST)?.asString()) ?? '';
    for (const line of list.split(/\r?\n/)) {
      // lines that begin so are comments
      if (line === '' || line.startsWith('#')) continue;
      const file = vscode.Uri.parse(line);
      if (file.scheme === 'file') await this.take(file);
    }
  }
}
