import { z } from 'zod';

/** A schema that also takes the files of Scrawl 0.1, which say `licence` where `license` stands now. */
export function takingLicence<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || !('licence' in value)) return value;
    const { licence, ...others } = value;
    return { license: licence, ...others };
  }, schema);
}
