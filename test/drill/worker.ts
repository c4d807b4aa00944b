/** Failures of the worker: none is there, and one whose code has a bug in a stage. */
import { readFile, writeFile } from 'node:fs/promises';
import { mutant } from '../replay/support.ts';
import { until } from '../support/until.ts';
import type { Failure } from './world.ts';

/** In health; operations.md promises four seconds, and the answer holds for one. */
const noticedSeconds = 6;
/** A process has to begin, and to wait for what nobody answers. */
const checkedSeconds = 30;
/** The worker looks after three seconds and after fifteen. */
const reportedSeconds = 35;

export const workerDown: Failure = {
  name: 'worker down',
  async run(world, told) {
    const api = await world.manager();
    const routeId = await world.start(api);
    await world.behave(routeId);
    await world.identify(api, routeId);
    await world.parts.worker.kill();
    told.breaks('the worker was killed');
    await told.found('GET /v1/health', noticedSeconds, async () => {
      const { body } = await api.get('/health');
      return body.worker === 'away';
    });
    const { out } = await told.found('ops check', checkedSeconds, async () => {
      const checked = await world.ops('check');
      return checked.code === 1 && checked;
    });
    await told.reads('ops check', () => Promise.resolve(out), /No worker polls the task queue: start one/);
    await told.mended('No worker: start one', () => world.parts.worker.start());
    return async () => told.ended(await world.toItsEnd(api, routeId));
  },
};

const municipality = 'GM0173';
/** It throws in one municipality: other routes go on under the same code. */
const bug = {
  file: 'workflows/stages/debt-restructuring.ts',
  from: "  await step(route, 'debt.registration');\n",
  to: `  if (route.state.municipality === '${municipality}') throw new TypeError('there is a bug');\n  await step(route, 'debt.registration');\n`,
};
let bugged: Promise<string> | undefined;
/** Made before anything runs: it keeps a processor busy for seconds. */
export const prepareBug = () => (bugged ??= mutant([bug]).then(({ code }) => code));

export const stageBug: Failure = {
  name: 'bug in a stage',
  async run(world, told) {
    const [good, bad] = [await readFile(world.bundle, 'utf8'), await prepareBug()];
    const rollOut = async (code: string) => {
      await writeFile(world.bundle, code);
      await world.parts.worker.kill();
      await world.parts.worker.start();
    };
    await rollOut(bad);
    const api = await world.manager(municipality);
    const routeId = await world.start(api, { municipality });
    await world.behave(routeId, { stepId: 'intake.debt-screening', mode: 'normal', delayMs: 50 });
    void world.identify(api, routeId).catch(() => undefined); // nobody may answer from now on
    const trouble = `trouble/${routeId}`;
    await until('its workflow task fails', async () => {
      const { raw } = await world.client.workflow.getHandle(`route/${routeId}`).describe();
      return (raw.pendingWorkflowTask?.attempt ?? 0) > 1;
    });
    told.breaks(`the workflow task of route/${routeId} fails`);
    await told.found(`view technical, as trouble/…`, reportedSeconds, () =>
      world.inView('technical', trouble),
    );
    await told.reads(
      `current details of trouble/…`,
      () => world.details(trouble),
      /Oorzaak: de workflow task mislukt steeds: TypeError: there is a bug/,
      new RegExp(`Vastgelopen: \`route/${routeId}\` \\(${municipality}`),
      /Volgende stap: docs\/runbook\.md, "Reset after a bug fix"/,
    );
    await told.mended('Reset after a bug fix, 1: the mended worker', () => rollOut(good));
    return async () => {
      const outcome = (await world.client.workflow.getHandle(trouble).result()) as { ended: string };
      if (outcome.ended !== 'mended') throw new Error(`its trouble ended as ${outcome.ended}`);
      told.ended(await world.toItsEnd(api, routeId));
    };
  },
};
