/** All that a Temporal server knows of its workflows, as whoever runs it can read it: without the keys, and with them. */
import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { EncryptionCodec } from '../../platform/payload-codec.ts';
import type { PayloadKeys } from '../../platform/payload-keys.ts';

/** Lists, descriptions and every event of every run, as they cross the wire. */
export async function kept({ workflowService, options }: Client): Promise<object[]> {
  const { namespace } = options;
  const { executions } = await workflowService.listWorkflowExecutions({ namespace, pageSize: 1000 });
  const parts: object[] = [...executions];
  for (const { execution } of executions) {
    const asked = { namespace, execution: execution! };
    parts.push(await workflowService.describeWorkflowExecution(asked));
    let nextPageToken: Uint8Array | undefined;
    do {
      const page = await workflowService.getWorkflowExecutionHistory({
        ...asked,
        ...(nextPageToken && { nextPageToken }),
      });
      parts.push(...page.history!.events!);
      nextPageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
    } while (nextPageToken);
  }
  return parts;
}

/** Everything of it as JSON, bytes in base64: what a command or a page would show. */
export const asJson = (parts: readonly object[]): Buffer =>
  Buffer.from(
    JSON.stringify(parts, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );

/** Every payload that stands anywhere inside, but for what has one of the names. */
export function payloadsIn(value: unknown, leftOut: readonly string[] = []): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const { metadata, data } = value as Payload;
  const own =
    metadata?.encoding instanceof Uint8Array && data instanceof Uint8Array ? [value as Payload] : [];
  const inside = Object.entries(value).filter(([name]) => !leftOut.includes(name));
  return [...own, ...inside.flatMap(([, part]) => payloadsIn(part, leftOut))];
}

/** Those that whoever runs the server can read, but for what lists are searched by: what each holds. */
export function inClear(parts: readonly object[]): string[] {
  return payloadsIn(parts, ['searchAttributes'])
    .filter(({ metadata }) => Buffer.from(metadata!.encoding!).toString() !== 'binary/encrypted')
    .map(({ data }) => Buffer.from(data!).toString());
}

/** What the payloads hold, for who has their keys. */
export async function decoded(parts: readonly object[], keys: PayloadKeys): Promise<Buffer> {
  const payloads = await new EncryptionCodec(keys).decode(payloadsIn(parts));
  return Buffer.concat(payloads.map(({ data }) => Buffer.from(data ?? [])));
}
