/** All workflows of this product: the entry of the workflow bundle. */
export { bulkRepair } from './bulk-repair.ts';
export { housingAgreement } from './housing-agreement.ts';
export { outflowRoute } from './outflow-route.ts';
export { partnerOutage } from './partner-outage.ts';
export { regionFigures } from './region-figures.ts';
export { stuckDigest } from './stuck-digest.ts';
export { technicalTrouble } from './technical-trouble.ts';
export { watchdog } from './watchdog.ts';
