import type { DeviceLoss } from '../deviceLoss';

/** The part of a GPUDevice that tells what becomes of it. */
export interface WatchedDevice extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly lost: Promise<{ readonly message: string }>;
}

/**
 * Notes when the device is lost, and errors of its work, which WebGPU throws nowhere: what comes after one is not to be
 * trusted.
 *
 * @returns what ends the watch
 */
export function watchDevice(device: WatchedDevice, loss: DeviceLoss): () => void {
  const onError = (event: Event) => loss.lose(asError((event as GPUUncapturedErrorEvent).error));
  let watching = true;
  device.addEventListener('uncapturederror', onError);
  void device.lost.then(({ message }) => {
    if (watching) loss.lose(new Error(message));
  });
  return () => {
    watching = false;
    device.removeEventListener('uncapturederror', onError);
  };
}

/** WebGPU's errors are no Errors; the name of one's class tells its kind. */
function asError(error: GPUError): Error {
  const kind = error.constructor.name === 'GPUOutOfMemoryError' ? 'out of memory' : error.constructor.name;
  return new Error(`${kind}: ${error.message}`, { cause: error });
}
