/** What the workbench shows and loads. */
export interface WorkbenchContent {
  /** Folder to open, absolute. */
  folder: string;
  /** An extension to load from its sources; only a server with the test driver does. */
  development?: string;
  /** A module to run inside the extension host. */
  tests?: string;
}

/** The address of a server's workbench with a folder open. */
export function workbenchAddress(
  server: { url: string; port: number },
  { folder, development, tests }: WorkbenchContent,
): string {
  const address = new URL(server.url);
  address.searchParams.set('folder', folder);
  if (development) {
    const remote = (file: string) => `vscode-remote://127.0.0.1:${server.port}${file}`;
    const payload = [
      ['skipWelcome', 'true'],
      ['extensionDevelopmentPath', remote(development)],
    ];
    if (tests) payload.push(['extensionTestsPath', remote(tests)]);
    address.searchParams.set('payload', JSON.stringify(payload));
  }
  return address.href;
}
