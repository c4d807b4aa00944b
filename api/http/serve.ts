/** Turns an operation into what Express runs: who calls, may they, what do they bring, and then the handler. */
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Caller } from '../access.ts';
import type { OperationDeps } from '../deps.ts';
import type { Operation, Reply } from '../operation.ts';
import { processingOf } from '../processing.ts';
import { admit } from './admit.ts';
import { withBasisIn } from './basis.ts';
import { bytesOf, readBody } from './body.ts';
import { openStream } from './event-stream.ts';
import { checkAll } from './input.ts';
import { withinCall } from './traced.ts';
import { languageOf, speak } from './language.ts';

/** A key that is not known may be one that was misspelt: whoever sent it would wait for what it asks. */
const noQuery = z.strictObject({});

/**
 * The handlers of an operation, in order. Who may not do this at all is told so first; then the form of the call is checked,
 * which says nothing of any route; only the operation itself looks at routes, and another's is unknown to it. So no refusal
 * tells more of a route than a caller may see, and no body is read of whoever may not send it.
 */
export function serve(operation: Operation, deps: OperationDeps): RequestHandler[] {
  const answer: RequestHandler = async (req, res) => {
    const language = languageOf(req);
    const [params, query, headers, body] = checkAll([
      { in: 'path', schema: operation.params, value: req.params },
      { in: 'query', schema: operation.query ?? noQuery, value: req.query },
      { in: 'header', schema: operation.headers, value: headersFor(operation, req) },
      {
        in: 'body',
        schema: operation.body?.schema,
        ...(operation.body?.read?.(req) ?? { value: req.body as unknown }),
      },
    ]);
    const caller = res.locals.caller as Caller;
    const sent = { headers: req.headers, bytes: bytesOf(req) };
    const call = { caller, params, query, headers, body, sent, language, deps } as Parameters<
      Operation['handle']
    >[0];
    const begunAt = Date.now();
    res.locals.routeId = (params as { routeId?: string } | undefined)?.routeId;
    const reply = await withinCall(res, () => operation.handle(call));
    if (reply.routeId) res.locals.routeId = reply.routeId;
    // Nothing of a person leaves before the log of data processing has it.
    const processing = processingOf(operation, caller, { params, reply, about: req.id as string, begunAt });
    if (processing) await deps.processing.record(processing);
    if (operation.speaks) speak(res, language);
    send(req, res, operation.speaks ? { ...reply, body: withBasisIn(language, reply.body) } : reply);
  };
  const named: RequestHandler = (_req, res, next) => {
    Object.assign(res.locals, { operation: operation.operationId, path: operation.path });
    next();
  };
  return [named, admit(operation.roles, deps), ...(operation.body ? [readBody(operation.body)] : []), answer];
}

function headersFor({ headers }: Operation, req: Request): Record<string, string | undefined> {
  const names = Object.keys(headers?.shape ?? {});
  return Object.fromEntries(names.map((name) => [name, req.get(name)]));
}

function send(req: Request, res: Response, { status, body, csv, events, headers }: Reply): void {
  res.status(status).set(headers ?? {});
  if (events) {
    openStream(req, res, events);
    return;
  }
  if (csv !== undefined) res.vary('Accept');
  if (csv !== undefined && req.accepts('application/json', 'text/csv') === 'text/csv')
    res.type('text/csv').send(csv);
  else if (body === undefined) res.end();
  else res.type('application/json').send(JSON.stringify(body));
}
