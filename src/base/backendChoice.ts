/**
 * What may compute, as the setting and a run name it. `auto` is the fastest that works; `kernels` is wasm with Scrawl's
 * own training kernels, for the networks that they have.
 */
export const BACKEND_CHOICES = [
  'auto',
  'tensorflow-cuda',
  'tensorflow-cpu',
  'webgpu',
  'wasm',
  'kernels',
] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];
