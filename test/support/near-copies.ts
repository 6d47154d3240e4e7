/** The same passage again and again, a word in ten another one each time: the dearest thing to look for that we know. */
export function nearCopies(length: number): { readonly text: string; readonly quote: string } {
  let last = 7;
  const pick = (below: number) => (last = (last * 48_271) % 2_147_483_647) % below;
  const words = Array.from({ length: 3000 }, () => (pick(2 ** 30) + 2 ** 29).toString(36));
  const passage = Array.from({ length: 2800 }, () => words[pick(words.length)]);
  const varied = () => passage.map(word => (pick(10) === 0 ? words[pick(words.length)] : word)).join(' ');
  let text = '';
  while (text.length < length) text += `${varied()}.\n`;
  return { text, quote: varied().slice(0, 20_000) };
}
