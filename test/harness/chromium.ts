import { type Browser, chromium } from 'playwright-core';
import { findProgram } from '../../scripts/processes.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Quiet on a closed network: none of these features is under test. */
const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the machine's own Chromium, or Chrome, without a window. */
export function launchChromium(): Promise<Browser> {
  const executablePath = NAMES.map((name) => findProgram(name)).find((found) => found !== undefined);
  // Chromium has no sandbox for root
  const args = process.getuid?.() === 0 ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS;
  // on Windows and macOS programs are not found by PATH: Playwright knows where Chrome is installed
  return chromium.launch({ args, ...(executablePath ? { executablePath } : { channel: 'chrome' }) });
}
