import path from 'node:path';
import { readWhole } from '../datasets/files';
import { decodeText, decodeXml } from '../datasets/formats/decodeText';
import { JSON_LINES } from '../datasets/formats/inkDataset';
import { readInkml } from '../ink/inkml';
import { readJsonInk, readJsonLines, type InkLine } from '../ink/jsonLines';

/**
 * The inks of a file: of JSON Lines one a line, of InkML, which is known by what it begins with, one.
 *
 * @throws DatasetError, InkError where the file cannot be read
 */
export async function readInk(file: string): Promise<Pick<InkLine, 'id' | 'ink'>[]> {
  const bytes = await readWhole(file);
  const xml = decodeXml(bytes, file);
  if (/^\s*</.test(xml)) return [{ id: path.basename(file), ink: readInkml(xml).strokes }];
  const text = decodeText(bytes, file);
  return JSON_LINES.test(file) ? readJsonLines(text) : (readJsonInk(text) ?? readJsonLines(text));
}
