/** Every name that package.json's `contributes` and the code share; a test holds the two against each other. */

export const CATEGORY = 'Scrawl';

export const Command = {
  openPad: 'scrawl.openPad',
  openPadInPanel: 'scrawl.openPadInPanel',
  openPadInEditor: 'scrawl.openPadInEditor',
  clearPad: 'scrawl.clearPad',
  undoStroke: 'scrawl.undoStroke',
  redoStroke: 'scrawl.redoStroke',
  insertFirstCandidate: 'scrawl.insertFirstCandidate',
  insertCandidate2: 'scrawl.insertCandidate2',
  insertCandidate3: 'scrawl.insertCandidate3',
  insertCandidate4: 'scrawl.insertCandidate4',
  insertCandidate5: 'scrawl.insertCandidate5',
  insertSpace: 'scrawl.insertSpace',
  backspace: 'scrawl.backspace',
  newLine: 'scrawl.newLine',
  chooseTarget: 'scrawl.chooseTarget',
  writeInTerminal: 'scrawl.writeInTerminal',
  writeMessage: 'scrawl.writeMessage',
  selectAlphabet: 'scrawl.selectAlphabet',
  pickCharacter: 'scrawl.pickCharacter',
  findSymbol: 'scrawl.findSymbol',
  recognizeImage: 'scrawl.recognizeImage',
  downloadDataset: 'scrawl.downloadDataset',
  pauseDownload: 'scrawl.pauseDownload',
  resumeDownload: 'scrawl.resumeDownload',
  importDataset: 'scrawl.importDataset',
  exportDataset: 'scrawl.exportDataset',
  mergeDatasets: 'scrawl.mergeDatasets',
  splitByWriter: 'scrawl.splitByWriter',
  verifyDataset: 'scrawl.verifyDataset',
  removeDataset: 'scrawl.removeDataset',
  browseDataset: 'scrawl.browseDataset',
  showDatasetReport: 'scrawl.showDatasetReport',
  keepSample: 'scrawl.keepSample',
  undoKeepSample: 'scrawl.undoKeepSample',
  exportMyHandwriting: 'scrawl.exportMyHandwriting',
  newNetwork: 'scrawl.newNetwork',
  openNetworkDesigner: 'scrawl.openNetworkDesigner',
  openNetworkAsText: 'scrawl.openNetworkAsText',
  exportNetworkPicture: 'scrawl.exportNetworkPicture',
  trainModel: 'scrawl.trainModel',
  continueTraining: 'scrawl.continueTraining',
  resumeRun: 'scrawl.resumeRun',
  pauseRun: 'scrawl.pauseRun',
  stopRun: 'scrawl.stopRun',
  cancelRun: 'scrawl.cancelRun',
  removeRun: 'scrawl.removeRun',
  showTraining: 'scrawl.showTraining',
  openTraining: 'scrawl.openTraining',
  showRuns: 'scrawl.showRuns',
  startSweep: 'scrawl.startSweep',
  openSweep: 'scrawl.openSweep',
  pauseSweep: 'scrawl.pauseSweep',
  resumeSweep: 'scrawl.resumeSweep',
  removeSweep: 'scrawl.removeSweep',
  evaluateModel: 'scrawl.evaluateModel',
  compareModels: 'scrawl.compareModels',
  exportEvaluationReport: 'scrawl.exportEvaluationReport',
  showLeaderboard: 'scrawl.showLeaderboard',
  openEvaluation: 'scrawl.openEvaluation',
  openProjector: 'scrawl.openProjector',
  exportEmbeddings: 'scrawl.exportEmbeddings',
  reviewLabels: 'scrawl.reviewLabels',
  openGallery: 'scrawl.openGallery',
  selectBackend: 'scrawl.selectBackend',
  installTensorFlow: 'scrawl.installTensorFlow',
  installWebgpu: 'scrawl.installWebgpu',
  removeBackend: 'scrawl.removeBackend',
  useModel: 'scrawl.useModel',
  showModelCard: 'scrawl.showModelCard',
  renameModel: 'scrawl.renameModel',
  removeModel: 'scrawl.removeModel',
  duplicateModelSettings: 'scrawl.duplicateModelSettings',
  exportModel: 'scrawl.exportModel',
  importModel: 'scrawl.importModel',
  createEnsemble: 'scrawl.createEnsemble',
  personalizeModel: 'scrawl.personalizeModel',
  practiceCharacters: 'scrawl.practiceCharacters',
  restartEngine: 'scrawl.restartEngine',
  showLog: 'scrawl.showLog',
} as const;
export type Command = (typeof Command)[keyof typeof Command];

export const SETTINGS_SECTION = 'scrawl';

export const Setting = {
  model: 'scrawl.model',
  lineModel: 'scrawl.lineModel',
  alphabet: 'scrawl.alphabet',
  customAlphabet: 'scrawl.customAlphabet',
  insertAfter: 'scrawl.pad.insertAfter',
  notSureBelow: 'scrawl.pad.notSureBelow',
  guideLines: 'scrawl.pad.guideLines',
  penOnly: 'scrawl.pad.penOnly',
  leftHanded: 'scrawl.pad.leftHanded',
  returnFocus: 'scrawl.pad.returnFocus',
  keepCorrections: 'scrawl.keepCorrections',
  symbolForms: 'scrawl.symbols.insertAs',
  datasetsMirror: 'scrawl.datasets.mirror',
  backend: 'scrawl.backend',
  trainingLogDir: 'scrawl.training.logDir',
  runsAtOnce: 'scrawl.training.runsAtOnce',
  outliveWindow: 'scrawl.training.outliveWindow',
  resultsIn: 'scrawl.openResultsIn',
} as const;
export type Setting = (typeof Setting)[keyof typeof Setting];

export const View = {
  /** For writing. */
  container: 'scrawl',
  /** For learning. */
  labContainer: 'scrawlLab',
  panelContainer: 'scrawlPanel',
  pad: 'scrawl.pad',
  padPanel: 'scrawl.padPanel',
  /** The pad in an editor tab. */
  padTab: 'scrawl.padTab',
  datasets: 'scrawl.datasets',
  training: 'scrawl.training',
  /** The same in an editor tab. */
  trainingTab: 'scrawl.trainingTab',
  models: 'scrawl.models',
  evaluation: 'scrawl.evaluation',
  /** The editor of network files. */
  networkDesigner: 'scrawl.networkDesigner',
} as const;

export const ContextKey = {
  /** The pad has the keyboard. */
  padFocused: 'scrawl.padFocused',
} as const;

export const Walkthrough = {
  start: 'scrawl.start',
} as const;
