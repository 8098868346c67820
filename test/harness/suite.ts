// A process that runs one folder of bundled tests: `node out/test/harness/suite.js FOLDER RESULT TIMEOUT RETRIES`.
import { exitOnSignals } from '../../scripts/processes.mjs';
import { runMocha } from './mochaRun';

const [folder = '', resultFile = '', timeout = '', retries = '0'] = process.argv.slice(2);

exitOnSignals();
void runMocha(folder, resultFile, Number(timeout), Number(retries)).then(
  (counts) => process.exit(counts.failed > 0 ? 1 : 0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
