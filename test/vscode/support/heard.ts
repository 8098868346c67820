import { until } from '../../harness/until';

/**
 * Waits for messages to a page.
 *
 * @returns gives the newest message of a type that is as it should be, once there is one
 */
export function listenFor<Message extends { type: string }>() {
  type Of<T extends Message['type']> = Extract<Message, { type: T }>;
  return <T extends Message['type']>(
    heard: readonly unknown[],
    type: T,
    fits: (message: Of<T>) => boolean = () => true,
  ): Promise<Of<T>> =>
    until(
      `the message '${type}'`,
      () =>
        (heard as Message[]).findLast(
          (message): message is Of<T> => message.type === type && fits(message as Of<T>),
        ) as Exclude<Of<T>, undefined | false> | undefined,
      60_000,
    );
}
