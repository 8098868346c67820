// A process that runs one folder of bundled tests: `node out/test/harness/suite.js FOLDER RESULT TIMEOUT [paths]`.
import { exitOnSignals } from '../../scripts/processes.mjs';
import { runMocha } from './mochaRun';

const [folder = '', resultFile = '', timeout = '', paths] = process.argv.slice(2);
const grep = process.env['SCRAWL_TEST_GREP'];

exitOnSignals();
void runMocha(folder, resultFile, { timeout: Number(timeout), grep, paths: paths === 'paths' }).then(
  (counts) => process.exit(counts.failed > 0 ? 1 : 0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
