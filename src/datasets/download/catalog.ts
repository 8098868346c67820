import { EMNIST_SPLITS, type EmnistSplit } from '../formats/emnist';

/** What one original file of a dataset holds. */
export interface CatalogFile {
  /** Without folders. */
  readonly name: string;
  readonly holds: 'images' | 'labels' | 'mapping';
  /** The split that it belongs to; a mapping belongs to both. */
  readonly split?: 'train' | 'test';
  /**
   * Of the unpacked content, where the publisher's bytes are known: MNIST's were summed up here from files whose MD5 is the
   * one that is published. Of a file in an archive the archive's CRC-32 is checked.
   */
  readonly sha256?: string;
  /** About how many bytes are downloaded for it. */
  readonly bytes: number;
}

/** Files that lie side by side at each of their addresses. */
export interface SingleFiles {
  readonly kind: 'files';
  /** Folders that hold the files, each one the second try of the one before. */
  readonly addresses: readonly string[];
  /** The folder below a mirror that the user names, where it keeps several sources. */
  readonly mirrorFolder: string;
}

/** Files in one zip archive that other datasets share. */
export interface SharedArchive {
  readonly kind: 'archive';
  /** Of the archive itself, each one the second try of the one before. */
  readonly addresses: readonly string[];
  readonly mirrorFolder: string;
  readonly name: string;
  /** Of the archive as its publisher has it; a mirror may hold another one, whose own checksums then count. */
  readonly bytes: number;
  readonly md5: string;
}

/** A dataset that Scrawl can download. */
export interface CatalogEntry {
  readonly id: string;
  readonly name: string;
  /** One sentence for the user. */
  readonly description: string;
  readonly license: string;
  /** How its files are laid out. */
  readonly layout: 'mnist' | EmnistSplit;
  readonly source: SingleFiles | SharedArchive;
  readonly files: readonly CatalogFile[];
  readonly samples: { readonly train: number; readonly test: number };
  /** Height and width of each picture. */
  readonly side: number;
}

/** About how many bytes a download takes in all, known exactly once the server was asked. */
export function downloadBytes({ files }: CatalogEntry): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes that the unpacked pictures and labels take on the disk. */
export function unpackedBytes({ samples, side }: CatalogEntry): number {
  return (samples.train + samples.test) * (side * side + 2);
}

const MNIST: CatalogEntry = {
  id: 'mnist',
  name: 'MNIST',
  description: 'The ten digits, 70,000 pictures (LeCun, Cortes, Burges 1998).',
  license: 'CC BY-SA 3.0',
  layout: 'mnist',
  source: {
    kind: 'files',
    addresses: [
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
    ],
    mirrorFolder: 'mnist',
  },
  files: [
    {
      name: 'train-labels-idx1-ubyte.gz',
      holds: 'labels',
      split: 'train',
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      bytes: 28_881,
    },
    {
      name: 'train-images-idx3-ubyte.gz',
      holds: 'images',
      split: 'train',
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      bytes: 9_912_422,
    },
    {
      name: 't10k-labels-idx1-ubyte.gz',
      holds: 'labels',
      split: 'test',
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
      bytes: 4_542,
    },
    {
      name: 't10k-images-idx3-ubyte.gz',
      holds: 'images',
      split: 'test',
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      bytes: 1_648_877,
    },
  ],
  samples: { train: 60_000, test: 10_000 },
  side: 28,
};

const EMNIST_ARCHIVE: SharedArchive = {
  kind: 'archive',
  addresses: [
    'https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip',
    'https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/gzip.zip',
  ],
  mirrorFolder: 'emnist',
  name: 'gzip.zip',
  bytes: 561_753_746,
  md5: '58c8d27c78d21e728a6bc7b3cc06412e',
};

/** What a packed picture of EMNIST takes in its archive, in the mean. */
const BYTES_PER_PICTURE = 249;

const EMNIST: Record<EmnistSplit, { name: string; train: number; test: number; description: string }> = {
  byclass: {
    name: 'ByClass',
    train: 697_932,
    test: 116_323,
    description:
      'Digits, capitals and small letters as 62 classes, 814,255 pictures, as often as people write them',
  },
  bymerge: {
    name: 'ByMerge',
    train: 697_932,
    test: 116_323,
    description: 'ByClass with the cases of look-alikes such as C and c as one: 47 classes, 814,255 pictures',
  },
  balanced: {
    name: 'Balanced',
    train: 112_800,
    test: 18_800,
    description: "ByMerge's 47 classes with as many pictures each, 131,600 in all",
  },
  letters: {
    name: 'Letters',
    train: 124_800,
    test: 20_800,
    description: 'The 26 letters with both cases as one, 145,600 pictures, as many of each',
  },
  digits: {
    name: 'Digits',
    train: 240_000,
    test: 40_000,
    description: 'The ten digits, 280,000 pictures, as many of each',
  },
  mnist: {
    name: 'MNIST',
    train: 60_000,
    test: 10_000,
    description: "The ten digits, 70,000 pictures, made anew from NIST's originals as MNIST was",
  },
};

function emnist(split: EmnistSplit): CatalogEntry {
  const { name, train, test, description } = EMNIST[split];
  const pair = (part: 'train' | 'test', count: number): CatalogFile[] => [
    { name: `emnist-${split}-${part}-labels-idx1-ubyte.gz`, holds: 'labels', split: part, bytes: count },
    {
      name: `emnist-${split}-${part}-images-idx3-ubyte.gz`,
      holds: 'images',
      split: part,
      bytes: count * BYTES_PER_PICTURE,
    },
  ];
  return {
    id: `emnist-${split}`,
    name: `EMNIST ${name}`,
    description: `${description} (Cohen et al. 2017).`,
    license: 'public domain (NIST)',
    layout: split,
    source: EMNIST_ARCHIVE,
    files: [
      { name: `emnist-${split}-mapping.txt`, holds: 'mapping', bytes: 400 },
      ...pair('train', train),
      ...pair('test', test),
    ],
    samples: { train, test },
    side: 28,
  };
}

/** Every dataset that can be downloaded, in the order in which it is shown. */
export const CATALOG: readonly CatalogEntry[] = [MNIST, ...EMNIST_SPLITS.map(emnist)];

/** How it is seen that what was downloaded is what its publisher has, for the user. */
export function checkedBy({ files, source }: CatalogEntry): string {
  if (files.every(({ sha256 }) => sha256 !== undefined))
    return 'Each file is checked against its SHA-256 sum.';
  return source.kind === 'archive'
    ? "Each file is checked against the CRC-32 in its archive, and the archive, where it is fetched whole, against its MD5: its files' SHA-256 sums are not known to Scrawl."
    : 'The size and the layout of each file are checked: its SHA-256 sum is not known to Scrawl.';
}
