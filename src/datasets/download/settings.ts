/** How patient a download is. */
export interface TransferSettings {
  /** Tries in a row that bring nothing new until an address is given up. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each further one. */
  readonly backoff: number;
  /** Milliseconds in which at least `leastBytes` must arrive. */
  readonly stall: number;
  readonly leastBytes: number;
  /** How often a server may send a request elsewhere. */
  readonly redirects: number;
}

export const USUAL_TRANSFER: TransferSettings = {
  attempts: 5,
  backoff: 1000,
  stall: 30_000,
  leastBytes: 1024,
  redirects: 5,
};
