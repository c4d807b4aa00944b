/**
 * docs/bodies.md: what each call sends, as an example to start from, and the codes that it may choose between. Made of the
 * OpenAPI document, which is made of the schemas that validate: people at a terminal look here, programs there.
 */
import type { documentFor } from './openapi.ts';

type Schema = Readonly<{
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  example?: unknown;
}>;
interface Operation {
  readonly summary: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

const head = `# What each call sends

Made by \`npm run openapi\`; a test keeps it current. Every call goes to \`http://127.0.0.1:8080/v1\` with
\`Authorization: Bearer $TOKEN\` (\`npm run token\`) and \`Content-Type: application/json\`; with an \`Idempotency-Key\` it can be
repeated. What is not listed sends no body. The whole of it, answers and problems too: \`api/openapi.json\`.
`;

/** The page as Markdown. */
export function bodiesPage({ paths = {}, components }: ReturnType<typeof documentFor>): string {
  const schemas = (components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
  const resolved = (schema: Schema): Schema => schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
  const sections = Object.entries(paths).flatMap(([path, calls]) =>
    Object.entries(calls as Readonly<Record<string, Operation>>).flatMap(([method, operation]) => {
      const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      const schema = content && resolved(content.schema);
      if (!schema || schema.example === undefined) return [];
      const media = type === 'application/json' ? '' : ` (\`${type}\`)`;
      const lines = codesOf(schema, resolved).map(([name, said]) => `- \`${name}\`: ${said}`);
      return [
        `## ${method.toUpperCase()} ${path}${media}`,
        `${operation.summary}.`,
        `\`\`\`json\n${JSON.stringify(schema.example, null, 2)}\n\`\`\``,
        ...(lines.length > 0 ? [lines.join('\n')] : []),
      ];
    }),
  );
  return `${[head.trimEnd(), ...sections].join('\n\n')}\n`;
}

/** Of each field with a closed list: its codes, and what is said of them. */
function codesOf(schema: Schema, resolved: (schema: Schema) => Schema): [name: string, said: string][] {
  const found = new Map<string, { codes: Set<string>; about: string }>();
  const look = (of: Schema) => {
    for (const each of [...(of.anyOf ?? []), ...(of.oneOf ?? [])]) look(resolved(each));
    for (const [name, property] of Object.entries(of.properties ?? {})) {
      const field = resolved(property);
      const { enum: codes = [], description } = field.items ? resolved(field.items) : field;
      const texts = codes.filter((code) => typeof code === 'string');
      if (texts.length === 0) continue;
      const known = found.get(name) ?? { codes: new Set<string>(), about: field.description ?? '' };
      for (const code of texts) known.codes.add(code);
      found.set(name, { ...known, about: description ?? known.about });
    }
  };
  look(schema);
  return [...found].map(([name, { codes, about }]) => {
    const listed = [...codes].map((code) => `\`${code}\``).join(', ');
    return [name, about ? `${listed}. ${about}` : listed];
  });
}
