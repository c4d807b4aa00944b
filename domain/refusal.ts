/** What the state of a route forbids. A refused command changes nothing and comes back with its kind. */

import type { Text } from './text.ts';

export const refusalKinds = [
  'route-closed',
  'route-ending',
  'not-your-route',
  'route-changed',
  'step-not-open',
  'step-not-redoable',
  'step-not-skippable',
  'step-not-completable',
  'step-not-refused',
  'not-a-decision',
  'objection-decided',
  'objection-too-late',
  'objection-before-decision',
  'four-eyes',
  'track-not-reopenable',
  'already-on-hold',
  'not-on-hold',
  'hold-in-the-past',
  'no-deadlock',
  'round-under-way',
  'not-promisable',
  'same-case-manager',
  'same-rules',
  'already-identified',
  'decision-not-open',
  'decision-taken',
  'application-before-report',
  'provision-runs',
  'ladder-needs-reason',
  'no-consent-given',
  'training-under-way',
  'step-not-beginnable',
  'step-under-way',
  'beyond-limit',
  'debt-not-so',
  'network-full',
  'supporter-unknown',
  'supporter-not-so',
  'concern-unknown',
  'concern-settled',
  'track-not-ownable',
  'transfer-not-begun',
  'contact-outside-cti',
  'early-discharge',
  'transfer-under-way',
  'no-transfer',
  'transfer-not-yet',
  'transfer-not-yours',
  'same-municipality',
  'absence-not-so',
  'absence-too-short',
  'offer-unknown',
  'offer-already-answered',
  'erasure-asked',
  'erasure-before-route',
  'no-erasure-asked',
  'repair-unclear',
] as const;

export type RefusalKind = (typeof refusalKinds)[number];

/** Thrown by a transition: the route is as it was. */
export class Refused extends Error {
  readonly kind: RefusalKind;
  /** Why, in Dutch, where the kind alone does not say it. */
  readonly nl: string | undefined;

  /** @param why - in English alone where the kind says it in Dutch (api/refusals.ts) */
  constructor(kind: RefusalKind, why: string | Text) {
    super(typeof why === 'string' ? why : why.en);
    this.name = 'Refused';
    this.kind = kind;
    this.nl = typeof why === 'string' ? undefined : why.nl;
  }
}
