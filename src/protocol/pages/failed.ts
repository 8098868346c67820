/** What every page may be told: something failed, in one sentence; `id` is that of the question, where it was one. */
export interface Failed {
  type: 'failed';
  id?: number;
  message: string;
}
