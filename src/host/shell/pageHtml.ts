export interface PageHtmlOptions {
  /** The custom element that is the whole page. */
  element: string;
  /** Where the webview may load its own files from. */
  cspSource: string;
  nonce: string;
  script: string;
  style: string;
  codicons: string;
}

/** A webview's page: nothing from elsewhere, and no script or style but ours. */
export function pageHtml(options: PageHtmlOptions): string {
  const { element, cspSource, nonce, script, style, codicons } = options;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link id="vscode-codicon-stylesheet" rel="stylesheet" href="${codicons}" />
    <link rel="stylesheet" href="${style}" />
    <title>Scrawl</title>
  </head>
  <body>
    <${element}></${element}>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
