import * as z from 'zod/mini';

/** A whole number from 0. */
export const countSchema = /* @__PURE__ */ z.int().check(z.nonnegative());
