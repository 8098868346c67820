import * as z from 'zod';
import { call } from '../rpc';

const common = {
  name: z.string(),
  /** What `auto` takes. */
  chosen: z.boolean(),
};

const backendInfoSchema = z.discriminatedUnion('available', [
  z.object({
    ...common,
    available: z.literal(true),
    device: z.string(),
    driver: z.string().optional(),
    /** The device is a program on the processor, which `auto` never takes. */
    software: z.boolean(),
    threads: z.number().optional(),
    /** What to know of how it started. */
    note: z.string().optional(),
    /** In a training step of a standard network. */
    samplesPerSecond: z.number().optional(),
  }),
  z.object({
    ...common,
    available: z.literal(false),
    /** A clause: why it cannot be used. */
    reason: z.string(),
    /** A request: what to do about it. */
    remedy: z.string(),
  }),
]);
export type BackendInfo = z.infer<typeof backendInfoSchema>;

/** Tries and measures every backend; it takes seconds the first time. */
export const listBackends = call('listBackends', {
  params: z.object({
    /** The folder that packages are installed and measurements remembered in. */
    home: z.string().min(1),
    /** Measures anew what is remembered. */
    measure: z.boolean(),
  }),
  result: z.array(backendInfoSchema),
});
