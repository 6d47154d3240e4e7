import { parentPort } from 'node:worker_threads';

/** What comes back from a thread. */
export type Answered<Answer> = { readonly answer: Answer } | { readonly failed: string };

/** Makes of this module the work of a thread (`threadOf`): each question is answered, or said to have failed. */
export function answering<Question, Answer>(answer: (question: Question) => Answer | Promise<Answer>): void {
  const answered = async (question: Question): Promise<Answered<Answer>> => {
    try {
      return { answer: await answer(question) };
    } catch (error) {
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  };
  parentPort?.on('message', (question: Question) => {
    void answered(question).then(said => parentPort?.postMessage(said));
  });
}
