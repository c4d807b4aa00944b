/** What an operator reads of the SDK in the worker's log. */
import { ActivityFailure, ApplicationFailure, RetryState } from '@temporalio/common';
import type { LogMetadata } from '@temporalio/worker';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../platform/log.ts';
import { FailingTasks } from '../../worker/operations/failing-tasks.ts';
import { sdkLog } from '../../worker/sdk-log.ts';

const personal = 'K. de Vries, 999990019';
let written: string[];
let log: ReturnType<typeof sdkLog>;

beforeEach(() => {
  written = [];
  log = sdkLog(inMemory());
});

const inMemory = () => createLog('worker', 'debug', { write: (line) => written.push(line) });

const lines = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
/** As pino numbers them. */
const level = { debug: 20, warn: 40, error: 50 };

const down = (nonRetryable = false) =>
  ApplicationFailure.create({ type: 'PartnerUnreachable', message: personal, nonRetryable });

/** As the SDK says it of an activity: with all that it adds. */
const failedActivity = (meta: LogMetadata): void =>
  log.warn('Activity failed', {
    isLocal: false,
    namespace: 'default',
    taskToken: 'CiQ',
    taskQueue: 'outflow-routes',
    workflowId: 'route/01a2',
    workflowRunId: '01a3',
    workflowType: 'outflowRoute',
    activityType: 'debt-service.request',
    activityId: 'debt.first-talk:1',
    durationMs: 12,
    error: down(),
    ...meta,
  });

describe('an activity that failed', () => {
  it('is named, with its attempt and the kind of its failure, and nothing of what the failure says', () => {
    failedActivity({ attempt: 1 });
    expect(lines()).toEqual([
      {
        level: level.warn,
        time: expect.any(String),
        service: 'worker',
        workflow: 'route/01a2',
        type: 'outflowRoute',
        activity: 'debt-service.request',
        activityId: 'debt.first-talk:1',
        attempt: 1,
        failure: 'PartnerUnreachable',
        msg: 'Activity failed',
      },
    ]);
    expect(written.join()).not.toContain(personal);
  });

  it('is a warning at first and then ever more seldom, for as long as it is tried again', () => {
    for (let attempt = 1; attempt <= 40; attempt += 1) failedActivity({ attempt });
    expect(lines()).toHaveLength(40);
    const warned = lines().filter((line) => line['level'] === level.warn);
    expect(warned.map(({ attempt }) => attempt)).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it('is a warning at whatever attempt when it is not tried again', () => {
    failedActivity({ attempt: 7, error: down(true) });
    expect(lines()).toMatchObject([{ level: level.warn, attempt: 7 }]);
  });

  it('is no warning when it was tried at once, for a regular activity decides about it', () => {
    failedActivity({ attempt: 1, isLocal: true });
    expect(lines()).toMatchObject([{ level: level.debug }]);
  });
});

describe('an error', () => {
  it('is named by the type of its cause where it only wraps one', () => {
    const wrapped = new ActivityFailure(personal, 'x.request', '1', RetryState.TIMEOUT, 'w', down());
    log.warn('Workflow failed', { workflowId: 'repair/1', workflowType: 'bulkRepair', error: wrapped });
    expect(lines()).toMatchObject([{ level: level.warn, failure: 'PartnerUnreachable' }]);
    expect(written.join()).not.toContain(personal);
  });

  it('is named by its name where it has no type, and by nothing where that is no code', () => {
    log.error('Worker failed', { error: new TypeError(personal) });
    log.error('Worker failed', { error: Object.assign(new Error('x'), { name: personal }) });
    expect(lines().map(({ failure }) => failure)).toEqual(['TypeError', undefined]);
    expect(written.join()).not.toContain(personal);
  });

  it('of a Query that is asked again is no warning, and is counted', () => {
    const error = Object.assign(new Error('x'), { name: 'NotHeardYet' });
    let counted = 0;
    log = sdkLog(inMemory(), () => (counted += 1));
    log.error('Failed to process Workflow Activation', { error });
    log.error('Failed to process Workflow Activation', { error: new TypeError('x') });
    expect(lines()).toMatchObject([{ level: level.debug }, { level: level.error, failure: 'TypeError' }]);
    expect(counted).toBe(1);
  });
});

describe('a line of core', () => {
  it.each(['Query not found when attempting to respond to it', 'Failing legacy query request'])(
    'that nobody has to see to is no warning: %s',
    (line) => {
      log.warn(line, { sdkComponent: 'core', error: personal });
      expect(lines()).toMatchObject([{ level: level.debug }]);
      expect(written.join()).not.toContain(personal);
    },
  );

  it('says of which run it is, and is heard by who listens for failing tasks', () => {
    const failing = new FailingTasks();
    const heard: string[] = [];
    failing.on((runId) => heard.push(runId));
    failing.heardIn(log).log('WARN', 'Failing workflow task', { runId: '01a3', failure: personal });
    expect(heard).toEqual(['01a3']);
    expect(lines()).toMatchObject([{ level: level.warn, run: '01a3', msg: 'Failing workflow task' }]);
    expect(written.join()).not.toContain(personal);
  });
});
