export { base32, concat, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.js';
export { canonicalize } from './canonical-json.js';
export { formatCheckpoint, parseCheckpoint, type LogCheckpoint } from './checkpoint.js';
export { hmacSha256, saltedHash, type Sha1, type Sha256 } from './hashes.js';
export {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
  type Consistency,
  type Inclusion,
} from './merkle-proofs.js';
export {
  appendLeaf,
  EMPTY_FRONTIER,
  emptyRoot,
  frontierAt,
  HASH_BYTES,
  leafHash,
  leafOfText,
  nodeHash,
  nodeHome,
  nodeInBlob,
  rootAt,
  rootOf,
  type Frontier,
  type NodeReader,
} from './merkle-tree.js';
export {
  formatNote,
  parseNote,
  parseVerifierKey,
  signNote,
  verifierKey,
  verifierKeyText,
  verifyNote,
  type Ed25519Sign,
  type Ed25519Verify,
  type NoteSignature,
  type SignedNote,
  type VerifierKey,
} from './signed-note.js';
export { uuid5, uuid8 } from './uuid.js';
