/**
 * What the extension does not need to be activated: it is loaded, as one file, when one of its commands is run or a language model
 * asks. One file, because each takes a millisecond to be found and compiled, and so does each that several of them would share.
 */
export { toolAnswer } from '../export/toolAnswers';
export { compareAllocations } from './compareAllocations';
export { deepCheckOnShow } from './deepCheck';
export { exportProfile } from './exportProfile';
export { saveLastProfile } from './lastProfiles';
export { openSavedProfile } from './openSavedProfile';
export { reportIssue } from './reportIssue';
export { takeCpuProfile } from './takeCpuProfile';
export { takeHeapSnapshot } from './takeHeapSnapshot';
