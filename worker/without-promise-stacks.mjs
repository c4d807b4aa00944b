/**
 * To be loaded in front of the worker (`node --import`), and by that in the threads in which it runs workflows. For each
 * promise of a workflow the SDK keeps the stack with which it was made, for the page Stack Trace of the Temporal UI. That
 * took a quarter of the time in which routes are rebuilt after a crash and a third of what a parked one holds, and a route
 * says better itself on whom it waits. The SDK has no setting for it, but does without where Node has no hooks of promises.
 * The stacks of errors stay. Plain JavaScript, for threads load no TypeScript.
 */
import v8 from 'node:v8';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  const createHook = () => {
    const { warn } = console;
    console.warn = () => {
      console.warn = warn; // the SDK says now that there are none: they are not meant to be
    };
    throw new Error('No stacks of promises are kept');
  };
  // What the SDK finds; Node itself goes on with its own, which AsyncLocalStorage needs.
  v8.promiseHooks = { ...v8.promiseHooks, createHook };
}
