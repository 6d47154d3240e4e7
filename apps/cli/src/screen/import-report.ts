import type { ImportProblem } from '@credence/exchange';
import type { Ledger } from '@credence/runtime';
import type { Screen } from './screen.js';
import type { Style } from './paint.js';
import { isSilent } from './passages.js';
import { cleaned, counted } from './text.js';

type Imported = Awaited<ReturnType<Ledger['importDossier']>>;

/** What an import did, for people: the counts, then every place that needs attention. */
export function importReport(file: string, answer: Imported, screen: Screen, doubtful = 0): string {
  const { dossier, rejected, warnings, collided, gone, plan, ...counts } = cleaned(answer);
  const planned = plan === undefined ? '' : ' Nothing was written.';
  return [
    screen.paint.bold(`${cleaned(file)}${dossier === null ? '' : `: dossier ${dossier}`}`),
    `${String(counts.new)} new, ${String(counts.unchanged)} unchanged, ${String(counts.corrected)} corrected.${planned}`,
    ...(doubtful === 0
      ? []
      : [
          `${counted(doubtful, 'quotation')} in the ledger ${doubtful === 1 ? 'is' : 'are'} not found as quoted: credence quotes check`,
        ]),
    ...section('REJECTED', 'red', rejected.map(problemText), screen),
    ...section('WARNINGS', 'yellow', warnings.map(problemText), screen),
    ...section(
      'COLLIDED with edits made elsewhere, not applied',
      'red',
      collided.map(c => `${c.entry}: ${c.detail}`),
      screen,
    ),
    ...section('GONE from the file, still in the ledger', undefined, gone, screen),
    ...section(
      'PLAN',
      undefined,
      (plan ?? []).map(({ entry, command, passageState }) =>
        isSilent(passageState) ? `${entry}: ${command}` : `${entry}: ${command}, quotation ${String(passageState)}`,
      ),
      screen,
    ),
  ].join('\n');
}

function section(title: string, style: Style | undefined, lines: readonly string[], screen: Screen): string[] {
  if (lines.length === 0) return [];
  return [
    '',
    `${screen.paint.as(style, title)} (${counted(lines.length, 'entry', 'entries')})`,
    ...lines.map(line => screen.paragraph(line, 2)),
  ];
}

/** `file:line` first, as editors and terminals follow it. */
function problemText({ file, line, pointer, detail, found, wanted }: ImportProblem): string {
  const more = [
    ...(found === undefined ? [] : [`found ${found}`]),
    ...(wanted === undefined ? [] : [`wanted ${wanted}`]),
  ];
  const place = `${file}${line > 0 ? `:${String(line)}` : ''}${pointer === '' ? '' : ` ${pointer}`}`;
  return `${place}: ${detail}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}
