/** Where people look at a route. */
import type { WorkerSettings } from './settings.ts';

/** @returns a URL: that of the settings, else the route's waits at the API */
export function linkTo(
  routeId: string,
  { ROUTE_LINK, API_URL }: Pick<WorkerSettings, 'ROUTE_LINK' | 'API_URL'>,
): string {
  const link = ROUTE_LINK ?? `${API_URL.replace(/\/$/, '')}/v1/routes/{routeId}/waits`;
  return link.replaceAll('{routeId}', routeId);
}
