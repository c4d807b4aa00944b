/** A partner's port that follows where the partner is: made anew, with connections and tokens of its own, when that changes. */
import type { PartnerPort, Ports } from '../activities/ports.ts';
import type { Destination } from '../platform/destinations.ts';

/**
 * @param current - the same object for as long as nothing changes
 * @param reach - makes the port
 */
function live<P>(current: () => Destination, reach: (destination: Destination) => P): () => P {
  let at = current();
  let port = reach(at);
  return () => {
    const now = current();
    if (now !== at) {
      at = now;
      port = reach(now);
    }
    return port;
  };
}

export function livePartner(
  current: () => Destination,
  reach: (destination: Destination) => PartnerPort,
): PartnerPort {
  const port = live(current, reach);
  return {
    request: (request) => port().request(request),
    release: (release) => port().release(release),
    erase: (erasure) => port().erase(erasure),
  };
}

export function liveNotifications(
  current: () => Destination,
  reach: (destination: Destination) => Ports['notify'],
): Ports['notify'] {
  const notify = live(current, reach);
  return (notification) => notify()(notification);
}
