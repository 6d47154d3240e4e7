export { importDossier } from './dossier/import.js';
export type { DossierRequest } from './dossier/import.js';
export { dossierSchema } from './dossier/schema.js';
export { rehearsalStore } from './rehearsal-store.js';
export type { CitationAnswer, CitationStyle, CslItem } from './citation/index.js';
export type { ImportAnswer, ImportCommand, ImportPort, ImportProblem, LastImport } from './import-port.js';
