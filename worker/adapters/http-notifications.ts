/** Notices to people and partners: one POST to the service that knows how to reach them (mail, task list, chat). */
import type { Ports } from '../../activities/ports.ts';
import type { WayOut } from '../outbound/way-out.ts';
import { postJson } from './post-json.ts';

/** @param way - to the notification service */
export function httpNotifications(way: WayOut): Ports['notify'] {
  return ({ key, ...body }) => postJson({ way, path: '/notifications', key, body });
}
