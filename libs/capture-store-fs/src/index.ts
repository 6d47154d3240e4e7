export { fsCaptureStore } from './fs-capture-store.js';
