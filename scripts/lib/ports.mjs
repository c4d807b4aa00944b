import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SettingError } from './errors.mjs';

/** @typedef {{ port: number, use: string, variable: string }} Wanted */

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) =>
      resolve('code' in error && error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Loopback and all interfaces: some systems let two programs share a port that way. @param {number} port */
const isFree = async (port) => (await canListen(port, '127.0.0.1')) && (await canListen(port, '::'));

/** @param {Wanted[]} wanted @returns {Promise<string | undefined>} one line about the first port that cannot be had */
async function problemWith(wanted) {
  for (const [index, { port, use, variable }] of wanted.entries()) {
    const same = wanted.slice(0, index).find((other) => other.port === port);
    const set = `set ${variable} to another one`;
    if (same) return `Port ${port} is meant for both ${same.use} and ${use}: ${set}.`;
    if (!(await isFree(port))) return `Port ${port}, for ${use}, is taken by another program: ${set}.`;
  }
  return undefined;
}

/**
 * Makes sure that every port can be had.
 * @param {Wanted[]} wanted
 * @param {number} patienceMs how long the programs of a start that was killed get to leave
 * @throws {SettingError} one line: the port, what for, and the variable that moves it
 */
export async function checkPorts(wanted, patienceMs) {
  const until = Date.now() + patienceMs;
  let problem = await problemWith(wanted);
  while (problem && Date.now() < until) {
    await sleep(200);
    problem = await problemWith(wanted);
  }
  if (problem) throw new SettingError(problem);
}
