/** Notices to people and partners: one POST to the service that knows how to reach them (mail, task list, chat). */
import type { Notification } from '../../activities/ports.ts';
import { postJson } from './post-json.ts';

/** @param baseUrl - of the notification service, without a slash at its end */
export function httpNotifications(baseUrl: string): (notification: Notification) => Promise<void> {
  return ({ key, ...body }) =>
    postJson({ who: 'the notification service', url: `${baseUrl}/notifications`, key, body });
}
