export type { ImportAnswer, ImportCommand, ImportPort, ImportProblem, LastImport } from './import-port.js';
