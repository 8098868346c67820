import { UserError } from '../../../base/userError';
import type { ModelLibrary } from '../../models/library';
import { isWholeLines } from '../../../models/modelStore';
import { modelFor } from '../../models/pickModel';
import type { LineEvaluationSpec } from './lineEvaluationSpec';
import { pickDecoding } from './pickDecoding';

/**
 * Asks which model, read in which way, an evaluation is to be compared with: another one, or the same read otherwise.
 *
 * @throws UserError where that is the very same
 */
export async function pickCompared(
  models: ModelLibrary,
  spec: LineEvaluationSpec,
): Promise<Pick<LineEvaluationSpec, 'model' | 'language'> | undefined> {
  const title = 'Compare Models';
  const model = await modelFor(models, undefined, {
    title,
    placeHolder: `The model to compare with on ${spec.dataset}, ${spec.split}`,
    suits: isWholeLines,
    first: ({ folder }) => folder !== spec.model,
    none: 'There is no model of lines: train one first.',
  });
  const decoding = model && (await pickDecoding(title));
  if (!decoding) return undefined;
  const { language } = decoding;
  if (model.folder === spec.model && language === spec.language) {
    throw new UserError('These are the very same readings: choose another model, or another way of reading.');
  }
  return { model: model.folder, ...(language !== undefined && { language }) };
}
