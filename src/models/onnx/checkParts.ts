import protobuf from 'protobufjs/light';

/** Messages, numbers and texts in one model; small networks have some thousands. */
const MOST_PARTS = 1_000_000;
/** Names and other texts. */
const MOST_TEXT_BYTES = 2 ** 24;
/** How protobuf writes what has a length of its own. */
const LENGTH_DELIMITED = 2;

/** The fields of messages, by their names: types and numbers. */
export type MessageTypes = Readonly<Record<string, Readonly<Record<string, readonly (string | number)[]>>>>;

interface Left {
  parts: number;
  text: number;
}

/**
 * Counts what a message holds before any of it is made: two bytes can stand for an object, and a byte for a number.
 *
 * @throws Error where that is more than any model holds, or no message
 */
export function checkParts(bytes: Uint8Array, types: MessageTypes): void {
  const reader = protobuf.Reader.create(bytes);
  count(reader, reader.len, 'Model', types, { parts: MOST_PARTS, text: MOST_TEXT_BYTES });
}

function count(reader: protobuf.Reader, end: number, message: string, types: MessageTypes, left: Left): void {
  const fields = new Map(
    Object.values(types[message] ?? {}).map(([type, id]) => [id, String(type).replace('[]', '')]),
  );
  while (reader.pos < end) {
    const tag = reader.uint32();
    const type = fields.get(tag >>> 3);
    left.parts--;
    if ((tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7);
    } else {
      const length = reader.uint32();
      const until = reader.pos + length;
      if (until > end) throw new RangeError('A part is longer than what it lies in.');
      if (type === 'string') left.text -= length;
      // numbers one behind the other, of which each may take a byte
      else if (type !== undefined && type !== 'bytes' && !Object.hasOwn(types, type)) left.parts -= length;
      if (type !== undefined && Object.hasOwn(types, type)) count(reader, until, type, types, left);
      else reader.skip(length);
    }
    if (left.parts < 0 || left.text < 0) throw new RangeError('The model has more parts than any.');
  }
}
