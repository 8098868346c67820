import path from 'node:path';
import * as z from 'zod';
import { ModelError } from './errors';

const LONGEST = 100;

/** What is wrong with a text as the name of a model, as a request; undefined where it can be one. */
export function nameProblem(text: string): string | undefined {
  if (text.trim() !== '' && text.length <= LONGEST && !/\p{Cc}/u.test(text)) return undefined;
  return `Type a name of 1 to ${String(LONGEST)} characters on one line.`;
}

/** @throws ModelError where a text cannot be the name of a model */
export function checkModelName(name: string): void {
  if (nameProblem(name) === undefined) return;
  throw new ModelError(`A model's name has 1 to ${String(LONGEST)} characters on one line: choose another.`);
}

export const modelNameSchema = z.string().refine((name) => nameProblem(name) === undefined);

/** The name that a model gets where nobody gives another: that of its folder or file. */
export const proposedModelName = (location: string): string =>
  path.basename(path.resolve(location)).replace(/\.(json|keras|h5|hdf5|onnx|zip)$/i, '');
