import { existsSync } from 'node:fs';
import path from 'node:path';

const LOADER = 'libvulkan.so.1';

/** Where Linux distributions keep libraries. */
const FOLDERS = [
  '/usr/lib',
  '/usr/lib64',
  '/usr/local/lib',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/run/opengl-driver/lib',
];

/** Whether Dawn finds the library that it reaches Linux' graphics drivers through. */
export function hasVulkanLoader(): boolean {
  const named = process.env['LD_LIBRARY_PATH']?.split(path.delimiter) ?? [];
  return [...named, ...FOLDERS].some((folder) => existsSync(path.join(folder, LOADER)));
}
