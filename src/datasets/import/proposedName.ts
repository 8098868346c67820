import path from 'node:path';

/** What says nothing of the data: the folder that holds it is called better. */
const SAYS_NOTHING =
  /^(all|archive|data|dataset|gzip|images?|ink|labels?|samples?|test|train(ing)?|val(idation)?)$/i;

/** A name for the dataset that is made of a file or folder: its own, or that of where it lies where it says nothing. */
export function proposedDatasetName(location: string): string {
  const { dir, base } = path.parse(path.resolve(location));
  const name =
    base.replace(/(\.(tar|zip|gz|tgz|bz2|json|jsonl|ndjson|csv|tsv|inkml|txt|idx))+$/i, '') || base;
  const above = path.basename(dir);
  return SAYS_NOTHING.test(name) && above !== '' && !SAYS_NOTHING.test(above) ? above : name;
}
