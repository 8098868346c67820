/** TypeScript's keywords and common types beyond JavaScript's. */
export const TYPESCRIPT = `
  abstract any as asserts bigint boolean declare enum implements infer interface is keyof namespace
  never number object override private protected public readonly satisfies string symbol type unique
  unknown Partial Readonly Record Pick Omit Exclude Extract NonNullable ReturnType Parameters Awaited
  Iterable ReadonlyArray Float32Array Float64Array Uint8Array Int32Array Uint32Array
`;
