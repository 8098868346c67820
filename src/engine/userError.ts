import { DatasetError } from '../datasets/errors';
import { InkError } from '../ink/errors';
import { ModelError } from '../models/errors';
import { NetworkError } from '../networks/network';
import { BackendLostError, BackendUnavailableError } from './backends/errors';

const KINDS = [InkError, DatasetError, ModelError, NetworkError, BackendUnavailableError, BackendLostError];

/** Whether an error's message is one sentence for the user, with what to do next. */
export function isUserError(error: unknown): error is Error {
  return KINDS.some((kind) => error instanceof kind);
}
