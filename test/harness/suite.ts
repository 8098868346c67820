// A process that runs one folder of bundled tests: `node out/test/harness/suite.js FOLDER RESULT TIMEOUT RETRIES [paths]`.
import { exitOnSignals } from '../../scripts/processes.mjs';
import { runMocha } from './mochaRun';

const [folder = '', resultFile = '', timeout = '', retries = '0', paths] = process.argv.slice(2);

exitOnSignals();
const options = { timeout: Number(timeout), retries: Number(retries), paths: paths === 'paths' };
void runMocha(folder, resultFile, options).then(
  (counts) => process.exit(counts.failed > 0 ? 1 : 0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
