/** What is needed as soon as there is a program to be read, and not to be activated: it is loaded, as one file, with the first one. */
export { WebSocket } from 'ws';
export { FileSourceMaps } from './fileSourceMaps';
export { takeHeapSnapshot } from './heapSnapshot';
export { openSource } from './openSource';
