/** The activities of operations' own workflows, over their ports. */
import { createOutageActivities, type OutageActivities } from './operations-outage.ts';
import type { OperationsPorts } from './operations-ports.ts';
import { createRepairActivities, type RepairActivities } from './operations-repair.ts';

export type OperationsActivities = RepairActivities & OutageActivities;

export const createOperationsActivities = (ports: OperationsPorts): OperationsActivities => ({
  ...createRepairActivities(ports),
  ...createOutageActivities(ports),
});
