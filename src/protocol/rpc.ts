import * as z from 'zod';

/** What one process can ask of another, all of it under one name. */
export interface Call<
  P extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  G extends z.ZodType = z.ZodType,
> {
  /** Of JSON-RPC. */
  readonly method: string;
  readonly params: P;
  readonly result: R;
  /** Told while the work is under way. */
  readonly progress: G;
}

export type Params<C extends Call> = z.infer<C['params']>;
export type Result<C extends Call> = z.infer<C['result']>;
export type Progress<C extends Call> = z.infer<C['progress']>;

/** A call; one without `progress` tells nothing before its result. */
export function call<P extends z.ZodType, R extends z.ZodType, G extends z.ZodType = z.ZodNever>(
  method: string,
  { params, result, progress }: { params: P; result: R; progress?: G },
): Call<P, R, G> {
  return { method, params, result, progress: progress ?? (z.never() as unknown as G) };
}
