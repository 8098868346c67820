// Writes media/network.schema.json from the network's schema and the words of its layers.
import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './prepare.mjs';

const { outputFiles } = await build({
  entryPoints: [path.join(root, 'src', 'networks', 'fileSchema.ts')],
  bundle: true,
  format: 'esm',
  write: false,
});
const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
const { networkFileSchema } = await import(`data:text/javascript;base64,${code}`);
const text = `${JSON.stringify(networkFileSchema(), null, 2)}\n`;
await writeFile(path.join(root, 'media', 'network.schema.json'), text);
