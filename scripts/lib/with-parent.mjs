// node with-parent.mjs COMMAND ...ARGS: runs a program that does not look after itself, and ends it when this
// process's standard input ends, which happens also when the parent was killed without a chance to clean up.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const KILL_AFTER_MS = 5_000;
const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

let ending = false;
const end = () => {
  if (ending) return;
  ending = true;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
};
process.stdin.on('end', end).on('error', end).resume();
process.on('SIGTERM', end).on('SIGINT', end).on('SIGHUP', end);

child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  // Nobody here asked for it: say so, or it ends without a known reason.
  if (!ending && signal) console.error(`ended by ${signal}, from another program or for want of memory`);
  process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
});
