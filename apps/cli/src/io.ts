/** What a verb sees of the process that runs it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output: the answer and nothing else. */
  out(text: string): void;
  /** Standard error: refusals, progress, what happens meanwhile. */
  err(text: string): void;
  /** Columns of the terminal at standard output; undefined: it is none. */
  readonly columns: number | undefined;
  /** Whether standard error is a terminal: progress is shown there alone. */
  readonly watched: boolean;
  loginName(): string;
  /** Resolves when somebody asks the process to stop. */
  stopped(): Promise<void>;
}
