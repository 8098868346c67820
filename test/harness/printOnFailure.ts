import type { Workbench } from './workbench';

/**
 * Prints what a window shows and what Scrawl has logged behind each test that failed, before the window is closed: where
 * the tests run far away, that is all that tells why.
 */
export function printOnFailure(workbench: () => Workbench): void {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    console.log(`\n--- the window shows\n${await workbench().shown()}`);
    console.log(`--- Scrawl's log\n${await workbench().log()}\n---`);
  });
}
