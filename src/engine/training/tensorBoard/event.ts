/** Numbers of the fields of TensorFlow's messages Event, Summary and Summary.Value, and their types in the encoding. */
const WALL_TIME = 1;
const STEP = 2;
const FILE_VERSION = 3;
const SUMMARY = 5;
const VALUE = 1;
const TAG = 1;
const SIMPLE_VALUE = 2;
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** What an events file begins with. */
export function versionEvent(wallTime: number): Buffer {
  return Buffer.concat([double(WALL_TIME, wallTime), bytes(FILE_VERSION, Buffer.from('brain.Event:2'))]);
}

/**
 * Numbers that were measured together, by their tags.
 *
 * @param wallTime seconds since 1970
 * @param step a whole number that TensorBoard draws them over
 */
export function scalarsEvent(
  wallTime: number,
  step: number,
  scalars: Readonly<Record<string, number>>,
): Buffer {
  const values = Object.entries(scalars).map(([tag, value]) =>
    bytes(VALUE, Buffer.concat([bytes(TAG, Buffer.from(tag)), float(SIMPLE_VALUE, value)])),
  );
  return Buffer.concat([
    double(WALL_TIME, wallTime),
    key(STEP, VARINT),
    varint(step),
    bytes(SUMMARY, Buffer.concat(values)),
  ]);
}

const key = (field: number, type: number) => varint(field * 8 + type);

function varint(value: number): Buffer {
  const parts: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) parts.push((left % 128) + 128);
  return Buffer.from([...parts, left]);
}

function double(field: number, value: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([key(field, FIXED64), content]);
}

function float(field: number, value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.concat([key(field, FIXED32), content]);
}

function bytes(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([key(field, BYTES), varint(content.length), content]);
}
