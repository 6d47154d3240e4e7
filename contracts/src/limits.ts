/** Dossiers are written by people; what they describe is in captures. A larger file is refused before it is parsed. */
export const MAX_DOSSIER_BYTES = 64 * 1024 * 1024;
/** Entries, hops of chains among them. All are in memory at once, for any may name any other: some 5 kB each. */
export const MAX_DOSSIER_ENTRIES = 200_000;
