/** Notices to people and partners: one POST to the service that knows how to reach them (mail, task list, chat). */
import type { Notification } from '../../activities/ports.ts';
import type { StuckDigest } from '../../contracts/digest.ts';
import type { RegionFigures } from '../../contracts/region-figures.ts';
import type { WayOut } from '../outbound/way-out.ts';
import { postJson } from './post-json.ts';

/** What is told, under a key that is the same at each sending. */
type Keyed = Notification | ((StuckDigest | RegionFigures) & { readonly key: string });

/** @param way - to the notification service */
export function httpNotifications(way: WayOut): (notification: Keyed) => Promise<void> {
  return ({ key, ...body }) => postJson({ way, path: '/notifications', key, body });
}
