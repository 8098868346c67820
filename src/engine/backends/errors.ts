import { UserError } from '../../base/userError';
import { BackendLost } from '../../protocol/failures';
import type { BackendName } from '../../runs/backendPackages';

/** A backend that cannot be used here: why not, and what the user can do about it. */
export class BackendUnavailableError extends UserError {
  override readonly name = 'BackendUnavailableError';

  /**
   * @param reason a clause, such as "libvulkan.so.1 is missing"
   * @param remedy a request, such as "install libvulkan1"
   */
  constructor(
    readonly backend: BackendName,
    readonly reason: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${backend} cannot compute here because ${reason}: ${remedy}.`, options);
  }
}

/** The device is gone or has no memory left: what is on it is lost, and the same work can go on elsewhere. */
export class BackendLostError extends BackendLost {
  override readonly name = 'BackendLostError';

  constructor(
    readonly backend: BackendName,
    readonly loss: 'device' | 'memory',
    options?: ErrorOptions,
  ) {
    super(
      loss === 'memory'
        ? `${backend} has no memory left for this: make the batch smaller, or continue with another backend.`
        : `${backend} lost its device: continue with another backend, or try this one again.`,
      options,
    );
  }
}
