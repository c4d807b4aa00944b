/** docs/problems.md: every kind of problem with what it means, in both languages. Made of the list that answers come from. */
import { STATUS_CODES } from 'node:http';
import { problemKinds } from './openapi-problems.ts';
import { meanings } from './problem-meanings.ts';
import { problems, problemTypes } from './problems.ts';

const head = `# What each problem means

Made by \`npm run openapi\`; a test keeps it current. An error is a problem document (RFC 9457): its \`type\` is
\`${problemTypes}{kind}\` and is the same in every language; \`title\` and \`detail\` are in Dutch, or in English
to who asks for that (\`Accept-Language: en\`); \`instance\` is the path of the call with the id under which the log has it.
Which call can answer with which kinds stands with each call in \`api/openapi.json\`.
`;

/** The page as Markdown. */
export function problemsPage(): string {
  const statuses = [...new Set(problemKinds.map((kind) => problems[kind].status))];
  const sections = statuses.flatMap((status) => [
    `## ${status} ${STATUS_CODES[status]}`,
    ...problemKinds.filter((kind) => problems[kind].status === status).map(entryOf),
  ]);
  return `${[head.trimEnd(), ...sections].join('\n\n')}\n`;
}

function entryOf(kind: (typeof problemKinds)[number]): string {
  const { title } = problems[kind];
  const { nl, en } = meanings[kind];
  return `### ${kind}\n\n- nl: **${title.nl}**. ${nl}\n- en: **${title.en}**. ${en}`;
}
