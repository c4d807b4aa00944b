/** docs/problems.md: every kind of problem with what it means, in both languages. Made of the list that answers come from. */
import { STATUS_CODES } from 'node:http';
import { t, type Text } from '../contracts/text.ts';
import { faultCodes } from './http/fault-codes.ts';
import { problemKinds } from './openapi-problems.ts';
import { meanings } from './problem-meanings.ts';
import { problems, problemTypes } from './problems.ts';

const head = `# What each problem means

Made by \`npm run openapi\`; a test keeps it current. An error is a problem document (RFC 9457): its \`type\` is
\`${problemTypes}{kind}\` and is the same in every language; \`title\` and \`detail\` are in Dutch, or in English
to who asks for that (\`Accept-Language: en\`); \`instance\` is the path of the call with the id under which the log has it.
Which call can answer with which kinds stands with each call in \`api/openapi.json\`.
`;

const more: Readonly<Record<string, Text>> = {
  unclear: t(
    'een bericht in VERA waar geen nieuws van te maken is',
    'a VERA message that no news can be made of',
  ),
  'in-the-future': t('een dag die nog moet komen', 'a day that is still to come'),
  'unknown-housing-form': t(
    'een woonvorm die niet in de lijst staat',
    'a housing form that is not in the catalogue',
  ),
  'unknown-target-group': t('een doelgroep die er niet is', 'a target group that there is not'),
  'too-young': t('jonger dan een doelgroep vraagt', 'younger than a target group asks'),
  'other-region': t('een gemeente van een andere regio', 'a municipality of another region'),
  'not-of-this-party': t('een doel dat niet bij deze partij hoort', 'a purpose that is not for this party'),
  twice: t('een header die er meer dan eens staat', 'a header that stands there more than once'),
  'attribute-name, attribute-type, sequence': t(
    'een attribuut van een CloudEvent dat niet is zoals die het voorschrijft',
    'an attribute of a CloudEvent that is not as those ask',
  ),
  'binary-data, not-a-header, not-encoded, contradicts-body': t(
    'een CloudEvent dat niet goed in het verzoek staat',
    'a CloudEvent that does not stand well in the request',
  ),
};

/** The codes of `errors`, as a table. */
function codesTable(): string {
  const rows = Object.entries({ ...faultCodes, ...more }).map(([code, { nl, en }]) => {
    const named = code
      .split(', ')
      .map((each) => `\`${each}\``)
      .join(', ');
    return `| ${named} | ${nl} | ${en} |`;
  });
  return [
    '## Codes of what is wrong with an input',
    '',
    '`invalid-input` lists in `errors` what is wrong: where (`in`, `location`), as a `code`, and in words (`detail`).',
    'All that is wrong of its form is said at once; what only the route or its catalogue can say comes after that.',
    '',
    '| code | nl | en |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The page as Markdown. */
export function problemsPage(): string {
  const statuses = [...new Set(problemKinds.map((kind) => problems[kind].status))];
  const sections = statuses.flatMap((status) => [
    `## ${status} ${STATUS_CODES[status]}`,
    ...problemKinds.filter((kind) => problems[kind].status === status).map(entryOf),
  ]);
  return `${[head.trimEnd(), ...sections, codesTable()].join('\n\n')}\n`;
}

function entryOf(kind: (typeof problemKinds)[number]): string {
  const { title } = problems[kind];
  const { nl, en } = meanings[kind];
  return `### ${kind}\n\n- nl: **${title.nl}**. ${nl}\n- en: **${title.en}**. ${en}`;
}
