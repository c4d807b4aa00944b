/** An event that nothing is wrong with, in both modes. */
import { sourceOf } from '../../simulator/partners.ts';

export const party = 'debt-service';
const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';

/** The event as a body. */
export const anEvent = (more: object = {}): Record<string, unknown> => ({
  specversion: '1.0',
  id: 'ev-1',
  source: sourceOf(party),
  subject: routeId,
  type: 'nl.uitstroomroutes.step-completed.v1',
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  data: { requestId: `${routeId}:debt.first-talk:1` },
  ...more,
});

/** Its attributes as headers: name, value, name, value. */
export const asHeaders = (event: Record<string, unknown>): string[] =>
  Object.entries(event)
    .filter(([name]) => name !== 'data' && name !== 'datacontenttype')
    .flatMap(([name, value]) => [`ce-${name}`, String(value)]);
