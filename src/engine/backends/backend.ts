import type { BackendName } from '../../runs/backendPackages';
import type { DeviceLoss } from './deviceLoss';

/** What computes: TensorFlow.js runs all its tensors on the one that was started last. */
export interface Backend {
  readonly name: BackendName;
  /**
   * Looks for what the backend needs, without running native code.
   *
   * @param home the folder that Scrawl installs packages in
   * @throws BackendUnavailableError
   */
  find(home: string): void;
  /**
   * Starts it and makes it the one that computes. Its native code may crash the process: try it in another one first.
   *
   * @throws BackendUnavailableError
   */
  start(home: string): Promise<StartedBackend>;
}

/** What a backend computes on. */
export interface Device {
  readonly device: string;
  readonly driver?: string | undefined;
  /** The device is a program on the processor: right, but slow. */
  readonly software: boolean;
  /** Threads that it computes on, where it knows. */
  readonly threads?: number | undefined;
  /** What the user should know of how it started. */
  readonly note?: string | undefined;
}

export interface StartedBackend extends Device {
  readonly name: BackendName;
  /** Tells when the device is gone. */
  readonly loss: DeviceLoss;
  /** Frees the device. Tensors on it are lost. */
  stop(): void;
}
