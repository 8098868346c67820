/**
 * Why one request did not bring what was asked for. The message is a phrase for the middle of a sentence.
 *
 * `again`: the same address may do better; `unreachable`: it may once the network is back, where that is what failed;
 * `elsewhere`: only another one can; `changed`: the file there is not the one that it was, so what is known of it must be
 * read anew.
 */
export class TransferError extends Error {
  override readonly name = 'TransferError';

  constructor(
    message: string,
    readonly remedy: 'again' | 'unreachable' | 'elsewhere' | 'changed',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
