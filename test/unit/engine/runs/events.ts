import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

/** The checksum of RFC 3720, bit by bit, as TFRecord masks it. */
function maskedCrc(bytes: Uint8Array): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  crc ^= 0xffffffffn;
  return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn);
}

/** The records of a file, whose checksums must be right. */
function recordsOf(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    assert.equal(file.readUInt32LE(at + 8), maskedCrc(file.subarray(at, at + 8)));
    const record = file.subarray(at + 12, at + 12 + length);
    assert.equal(file.readUInt32LE(at + 12 + length), maskedCrc(record));
    records.push(record);
    at += 16 + length;
  }
  return records;
}

/** The fields of a message of Protocol Buffers, by their numbers, in their order. */
function fieldsOf(message: Buffer): [field: number, value: bigint | Buffer][] {
  const fields: [number, bigint | Buffer][] = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => message.subarray(at, (at += length));
  while (at < message.length) {
    const key = Number(varint());
    const type = key & 7;
    const value = type === 0 ? varint() : take(type === 1 ? 8 : type === 5 ? 4 : Number(varint()));
    fields.push([key >> 3, value]);
  }
  return fields;
}

/** The scalars of an event file, each with its time and step, read without the code that writes them. */
export async function readEvents(file: string) {
  const [version, ...scalars] = recordsOf(await readFile(file)).map(fieldsOf);
  assert.equal(String(new Map(version).get(3)), 'brain.Event:2');
  return scalars.map((event) => {
    const [[, wallTime], [, step], [, summary]] = event as [[1, Buffer], [2, bigint], [5, Buffer]];
    const values = fieldsOf(summary).map(([, value]): [string, number] => {
      const [[, tag], [, number]] = fieldsOf(value as Buffer) as [[1, Buffer], [2, Buffer]];
      return [tag.toString(), number.readFloatLE()];
    });
    return { wallTime: wallTime.readDoubleLE(), step: Number(step), values };
  });
}
