import { crc32c } from './crc32c';

/** Added to checksums, so that data which hold checksums have other ones. */
const MASK = 0xa282ead8;

/** Bytes as a record of TensorFlow's TFRecord format: length, its checksum, the bytes, theirs. */
export function tfRecord(bytes: Uint8Array): Buffer {
  const record = Buffer.alloc(16 + bytes.length);
  record.writeBigUInt64LE(BigInt(bytes.length), 0);
  record.writeUInt32LE(maskedCrc(record.subarray(0, 8)), 8);
  record.set(bytes, 12);
  record.writeUInt32LE(maskedCrc(bytes), 12 + bytes.length);
  return record;
}

function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK) >>> 0;
}
