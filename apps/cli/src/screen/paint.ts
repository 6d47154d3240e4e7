const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Style = keyof typeof CODES;

/** Colours, on terminals that want them. */
export class Paint {
  constructor(private readonly coloured: boolean) {}

  as(style: Style | undefined, text: string): string {
    if (style === undefined || !this.coloured || text.trim() === '') return text;
    return `\u001b[${String(CODES[style])}m${text}\u001b[0m`;
  }

  bold = (text: string): string => this.as('bold', text);
  dim = (text: string): string => this.as('dim', text);
}

/** The colour of a status: what stands, what is contested, what is gone. */
export function statusStyle(code: string): Style | undefined {
  switch (code) {
    case 'corroborated':
      return 'green';
    case 'disputed':
    case 'denied':
    case 'refuted':
      return 'yellow';
    case 'retracted':
    case 'superseded':
      return 'dim';
    default:
      return 'cyan';
  }
}
