/** The activities by which operations watch routes from outside. What looks is in worker/operations. */
import { activityInfo, ApplicationFailure, heartbeat } from '@temporalio/activity';
import type { Trouble } from '../domain/operations/trouble.ts';

export interface WatchPorts {
  /** Looks at one workflow. */
  readonly look: (
    workflowId: string,
  ) => Promise<{ readonly isOpen: boolean; readonly trouble?: Trouble; readonly isMute?: true }>;
  /**
   * Looks at many, and begins a trouble for each that is stuck.
   * @param from - how far an attempt before this one came
   * @param reached - hears how far this one came, every few seconds
   */
  readonly sweep: (
    of: 'suspects' | 'all',
    from: Place | undefined,
    reached: (place: Place) => void,
  ) => Promise<Swept>;
}

export interface Swept {
  readonly looked: number;
  readonly found: number;
}

/** How far a sweep came: the page that is next, and what was counted. */
export interface Place extends Swept {
  readonly query: number;
  readonly token?: string;
}

export interface OperationsActivities {
  readonly 'operations.look': (
    workflowId: string,
  ) => Promise<{ readonly isOpen: boolean; readonly trouble?: Trouble }>;
  readonly 'operations.sweep': (of: 'suspects' | 'all') => Promise<Swept>;
}

export function createWatchActivities({ look, sweep }: WatchPorts): OperationsActivities {
  return {
    'operations.look': async (workflowId) => {
      const { isOpen, trouble, isMute } = await look(workflowId);
      // What it does not say is no sign that it is well: it is looked at again.
      if (isMute) throw ApplicationFailure.retryable('The route did not answer in time', 'RouteIsMute');
      return { isOpen, ...(trouble && { trouble }) };
    },
    'operations.sweep': (of) => sweep(of, activityInfo().heartbeatDetails as Place | undefined, heartbeat),
  };
}
