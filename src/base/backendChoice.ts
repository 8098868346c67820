/** What may compute, as the setting and a run name it; `auto` is the fastest that works. */
export const BACKEND_CHOICES = ['auto', 'tensorflow-cuda', 'tensorflow-cpu', 'webgpu', 'wasm'] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];
