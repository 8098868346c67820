import { randomUUID } from 'node:crypto';
import type { Weight } from '../../weights';

/** Arrays as an HDF5 file in memory, each in the groups that its name says. */
export async function writeHdf5(weights: readonly Weight[]): Promise<Uint8Array> {
  const { File, ready } = await import('h5wasm');
  const { FS } = await ready;
  const name = `/${randomUUID()}`;
  const file = new File(name, 'w');
  try {
    const groups = new Set<string>();
    for (const { name: path, shape, values } of weights) {
      const parts = path.split('/');
      for (let depth = 1; depth < parts.length; depth++) {
        const group = parts.slice(0, depth).join('/');
        if (!groups.has(group)) file.create_group(group);
        groups.add(group);
      }
      file.create_dataset({ name: path, data: values, shape: [...shape], dtype: '<f4' });
    }
    file.close();
    return FS.readFile(name);
  } finally {
    FS.unlink(name);
  }
}
