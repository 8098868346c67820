import assert from 'node:assert/strict';
import { packagedExtension } from '../harness/packagedExtension';
import { until } from '../harness/until';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';
import { handwritten } from '../harness/writer';
import { emnistFiles, emnistZip } from '../unit/datasets/downloads/samples';
import { asked, etagOf, type FileServer, serve } from '../unit/datasets/downloads/server';

describe('a window that is closed while a dataset downloads', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);
  let server: FileServer;

  before(async () => {
    server = await serve([['emnist/gzip.zip', await emnistZip()]]);
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      settings: { 'scrawl.datasets.mirror': server.address },
    });
  });

  after(async () => {
    await workbench.close();
    await server.close();
  });

  const notification = (text: string) => workbench.page.locator('.notification-toast').getByText(text);
  const onPad = (text: string) =>
    workbench.page
      .frameLocator('iframe.webview.ready[src*="extensionId=scrawl.scrawl"]')
      .frameLocator('iframe#active-frame')
      .getByText(text)
      .first();

  it('goes on where it was when it opens again, and takes back what was kept before', async () => {
    const pad = await workbench.openPad();
    await pad.draw(handwritten('A'));
    await pad.untilRead('A');
    await workbench.runCommand('Scrawl: Keep as Sample');
    await workbench.choose('A');
    await onPad('Kept as A').waitFor();

    const { length } = (await emnistFiles()).get('emnist-balanced-train-images-idx3-ubyte.gz') ?? [];
    let stuck: { first: number; last: number } | undefined;
    // the answer with the largest file stops half way and never ends
    server.manner = (request, response, body) => {
      const range = body && asked(request, body);
      if (!range || range.part.length !== length || stuck) return false;
      const [first, last, half] = [range.start, range.start + length - 1, length >> 1];
      response.writeHead(206, {
        'content-length': length,
        'content-range': `bytes ${String(first)}-${String(last)}/${String(body.length)}`,
        etag: etagOf(body),
      });
      response.write(range.part.subarray(0, half));
      stuck = { first, last };
      return true;
    };
    await workbench.runCommand('Scrawl: Download Dataset…');
    await workbench.choose('EMNIST Balanced');
    await until('half of a file', () => stuck !== undefined);
    await workbench.reload();
    await notification('EMNIST Balanced is ready: 286 samples.').waitFor({ timeout: 60_000 });
    const { first, last } = stuck ?? { first: 0, last: 0 };
    const starts = server.requests.flatMap((request) => /bytes=(\d+)-/.exec(request)?.[1] ?? []).map(Number);
    assert.ok(
      starts.some((start) => start > first && start < last),
      `${String(first)} to ${String(last)}: ${server.requests.join(', ')}`,
    );
    await workbench.pad();
    await workbench.runCommand('Scrawl: Undo Keep Sample');
    await onPad('Not kept: A').waitFor();
  });
});
