import { Parser } from 'htmlparser2';
import { Stopped, unreadable, within } from './extracted.js';

/** What no reader of the page sees, or what is another document. */
const UNSEEN = new Set([
  'head',
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'audio',
  'video',
  'canvas',
  'select',
  'datalist',
]);

/** Elements that begin and end a line (HTML Standard, 15.3.3: `display: block` and its like). */
const BLOCKS = new Set(
  `address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search
  section summary table tbody tfoot thead title tr ul xmp`.split(/\s+/),
);
const VERBATIM = new Set(['pre', 'textarea', 'listing', 'xmp', 'plaintext']);
const MAX_DEPTH = 10_000;

/**
 * The words of a page in the order of its source: entities decoded, scripts, styles and hidden elements left out, white
 * space collapsed as a browser does, a line for each block, a tab between cells. Nothing is run and nothing is fetched.
 *
 * @throws Stopped
 */
export function htmlText(html: string): string {
  const out: string[] = [];
  let length = 0;
  let unseen = 0;
  let verbatim = 0;
  let depth = 0;
  /** What is to stand before the next words. */
  let gap: '' | ' ' | '\t' | '\n' = '';
  const write = (text: string) => {
    if (length > 0 && gap !== '') out.push(gap);
    length += text.length + gap.length;
    gap = '';
    within(length);
    out.push(text);
  };
  const breakLine = () => {
    gap = '\n';
  };
  const open: { readonly name: string; readonly unseen: boolean }[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (++depth > MAX_DEPTH)
          throw new Stopped(unreadable('broken', `its elements are nested more than ${String(MAX_DEPTH)} deep`));
        const hides =
          UNSEEN.has(name) || 'hidden' in attributes || /display\s*:\s*none/i.test(attributes['style'] ?? '');
        open.push({ name, unseen: hides });
        if (hides) unseen++;
        if (VERBATIM.has(name)) verbatim++;
        if (name === 'br' || BLOCKS.has(name)) breakLine();
        else if ((name === 'td' || name === 'th') && gap !== '\n') gap = '\t';
      },
      onclosetag: () => {
        const closed = open.pop();
        depth--;
        if (closed === undefined) return;
        if (closed.unseen) unseen--;
        if (VERBATIM.has(closed.name)) verbatim--;
        if (BLOCKS.has(closed.name)) breakLine();
      },
      ontext: text => {
        if (unseen > 0) return;
        if (verbatim > 0) return write(text);
        const words = text.replace(/[\t\n\f\r ]+/g, ' ');
        const inner = words.replace(/^ | $/g, ''); // a blank that does not break stays
        if (words.startsWith(' ') && gap === '') gap = ' ';
        if (inner === '') return;
        write(inner);
        if (words.endsWith(' ')) gap = ' ';
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html);
  parser.end();
  return out.join('');
}
