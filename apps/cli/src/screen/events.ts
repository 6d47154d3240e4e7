/** `AssertionRecorded` as "assertion recorded". */
export const eventWords = (type: string): string => type.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
