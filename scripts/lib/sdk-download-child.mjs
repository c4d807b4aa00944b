// Run by sdk-download.mjs: node sdk-download-child.mjs createLocal|createTimeSkipping DIR
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [server, downloadDir] = process.argv.slice(2);
const executable = { type: /** @type {const} */ ('cached-download'), downloadDir };
try {
  const environment =
    server === 'createLocal'
      ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
      : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  await environment.teardown();
} catch (error) {
  // The SDK's message repeats itself at every layer; the cause comes last.
  console.error(error instanceof Error ? error.message.split(': ').slice(-2).join(': ') : error);
  process.exitCode = 1;
}
