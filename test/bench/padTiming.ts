/** What a bench has the pad's page keep. */
export type TimedPage = Window & {
  /** Milliseconds from the last stroke's end to its candidates. */
  penUp?: number;
};
type PadInPage = Element & { readonly recognizer: { readonly upToDate: boolean } };
type CandidatesInPage = Element & { readonly updateComplete: Promise<unknown> };

/** Runs in the pad's page: forgets what was timed, once all that was drawn is read. */
export function beginTiming(): boolean {
  const pad = document.querySelector<PadInPage>('scrawl-pad');
  delete (window as TimedPage).penUp;
  return pad?.recognizer.upToDate === true;
}

/** Runs in the pad's page: from now on it keeps what the last stroke's candidates took. */
export function timePenUps(): void {
  const pad = document.querySelector<PadInPage>('scrawl-pad');
  const candidates = document.querySelector<CandidatesInPage>('scrawl-candidates');
  let lifted: number | undefined;
  window.addEventListener('pointerup', () => (lifted = performance.now()), true);
  // behind the pad's own listener
  window.addEventListener('message', () => {
    const since = lifted;
    if (since === undefined || !pad?.recognizer.upToDate) return;
    lifted = undefined;
    void candidates?.updateComplete.then(() => {
      (window as TimedPage).penUp = performance.now() - since;
    });
  });
}
