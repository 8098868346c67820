import type { GivenPicture } from '../../src/protocol/pages/image';

/** What VS Code's explorer and other programs name dragged files by. */
const URI_LISTS = ['application/vnd.code.uri-list', 'text/uri-list'];
const DATA_URI = /^data:image\/[\w.+-]+;base64,([\w+/]+=*)$/;

/**
 * Takes pictures that are dropped on a page (from VS Code's own explorer with Shift held) or pasted into it.
 *
 * @param taken is told of each picture
 * @returns ends it
 */
export function takePictures(taken: (picture: GivenPicture) => void): () => void {
  const over = (event: DragEvent) => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };
  const take = (event: Event, data: DataTransfer | null) => {
    if (!data || !hasPicture(data)) return;
    event.preventDefault();
    void pictureOf(data).then((picture) => picture && taken(picture));
  };
  const drop = (event: DragEvent) => take(event, event.dataTransfer);
  const paste = (event: ClipboardEvent) => take(event, event.clipboardData);
  document.addEventListener('dragover', over);
  document.addEventListener('drop', drop);
  document.addEventListener('paste', paste);
  return () => {
    document.removeEventListener('dragover', over);
    document.removeEventListener('drop', drop);
    document.removeEventListener('paste', paste);
  };
}

function hasPicture(data: DataTransfer): boolean {
  return fileOf(data) !== undefined || uriOf(data) !== undefined;
}

/** Reads at once what the browser forgets when the event is over. */
async function pictureOf(data: DataTransfer): Promise<GivenPicture | undefined> {
  const file = fileOf(data);
  const uri = uriOf(data);
  if (file) return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  const base64 = uri === undefined ? undefined : DATA_URI.exec(uri)?.[1];
  if (base64 !== undefined) return { name: 'picture', bytes: bytesOf(base64) };
  return uri === undefined ? undefined : { uri };
}

function fileOf(data: DataTransfer): File | undefined {
  return [...data.files].find(({ type, name }) => type.startsWith('image/') || /\.(bmp|tiff?)$/i.test(name));
}

function uriOf(data: DataTransfer): string | undefined {
  const lists = URI_LISTS.flatMap((type) => data.getData(type).split(/\r?\n/));
  return lists.find((line) => /^[a-z][\w+.-]*:/i.test(line));
}

/** The bytes that base64 stands for. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
