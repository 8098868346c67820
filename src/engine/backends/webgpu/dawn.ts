import { pathToFileURL } from 'node:url';
import { BackendUnavailableError } from '../errors';

interface DawnPackage {
  readonly create: (options: string[]) => GPU;
  readonly globals: object;
}

let instance: Promise<GPU> | undefined;

/**
 * Loads npm's package `webgpu` and puts WebGPU where a page would find it, as TensorFlow.js expects.
 *
 * @param file the package's main file
 * @throws BackendUnavailableError where it has no library for this platform, or the library does not load
 */
export function loadDawn(file: string): Promise<GPU> {
  instance ??= load(file);
  return instance;
}

async function load(file: string): Promise<GPU> {
  const { create, globals } = await importDawn(file);
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if ((globalThis as { navigator?: object }).navigator === undefined)
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  return gpu;
}

async function importDawn(file: string): Promise<DawnPackage> {
  try {
    return (await import(pathToFileURL(file).href)) as DawnPackage;
  } catch (cause) {
    throw new BackendUnavailableError(
      'webgpu',
      whyNotLoaded(cause),
      'install it again, or choose another backend',
      {
        cause,
      },
    );
  }
}

function whyNotLoaded(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.includes('GLIBC')) return 'its library needs glibc 2.34 or newer';
  if (/Cannot find module/.test(message))
    return `it has no library for ${process.platform} on ${process.arch}`;
  return 'its library does not load';
}
