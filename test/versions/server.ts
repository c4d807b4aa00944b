/** A whole Temporal server for one test: SQLite in memory, on ports of its own, with what a route needs registered. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openAsBlob } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { freePort } from '../support/ports.ts';
import { registerAttributes } from '../support/servers.ts';
import { until } from '../support/until.ts';

export interface Server {
  readonly address: string;
  readonly version: string;
  stop(): Promise<void>;
}

/** Ends the server also when this process was killed. */
const withParent = join(import.meta.dirname, '../../scripts/lib/with-parent.mjs');

/** Starts the server. Its configuration and its log are in the folder. */
export async function startServer(binary: string, dir: string): Promise<Server> {
  const config = await configuration(join(dir, 'dynamic.json'));
  await writeFile(join(dir, 'dynamic.json'), JSON.stringify(dynamicConfig));
  await writeFile(join(dir, 'server.json'), JSON.stringify(config, null, 2));
  const log = await open(join(dir, 'server.log'), 'w');
  const args = [withParent, binary, '--config-file', join(dir, 'server.json'), '--allow-no-auth', 'start'];
  const child = spawn(process.execPath, args, { cwd: dir, stdio: ['pipe', log.fd, log.fd] });
  const gone = once(child, 'exit');
  const stop = async () => {
    child.stdin?.end();
    await gone;
    await log.close();
  };
  try {
    const address = config.clusterMetadata.clusterInformation.active.rpcAddress;
    const connection = await Promise.race([
      until('the server answers', () => Connection.connect({ address }), 120_000),
      gone.then(([code]) => Promise.reject(new Error(`it ended with ${String(code)}`))),
    ]);
    const version = await prepare(connection);
    await connection.close();
    return { address, version, stop };
  } catch (error) {
    const said = await (await openAsBlob(join(dir, 'server.log'))).text();
    await stop();
    throw new Error(`The server does not come up. It said last:\n${said.slice(-2000)}`, { cause: error });
  }
}

/** Registers the namespace and the search attributes, and waits until the server knows them everywhere. */
async function prepare(connection: Connection): Promise<string> {
  const { workflowService, operatorService } = connection;
  const day = { seconds: 86_400 as unknown as never };
  await until('a namespace can be registered', async () => {
    const there = await workflowService.describeNamespace({ namespace: 'default' }).catch(() => undefined);
    if (!there)
      await workflowService.registerNamespace({
        namespace: 'default',
        workflowExecutionRetentionPeriod: day,
      });
    return true;
  });
  await until('attributes can be registered', async () => {
    await registerAttributes(connection);
    return true;
  });
  await until('attributes are known', async () => {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace: 'default' });
    return 'RouteHealth' in (customAttributes ?? {});
  });
  const { serverVersion } = await workflowService.getSystemInfo({});
  return serverVersion ?? 'unknown';
}

/** JSON is YAML as well. Drained versions are looked for every few seconds, rather than every three minutes. */
const often = [{ value: '3s' }];
const dynamicConfig = {
  'matching.wv.VersionDrainageStatusVisibilityGracePeriod': often,
  'matching.wv.VersionDrainageStatusRefreshInterval': often,
};

async function configuration(dynamicConfigFile: string) {
  const sqlite = {
    sql: {
      pluginName: 'sqlite',
      databaseName: 'default',
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: { mode: 'memory', cache: 'private' },
      maxConns: 1,
      maxIdleConns: 1,
      maxConnLifetime: '1h',
    },
  };
  const service = async () => ({
    rpc: { grpcPort: await freePort(), membershipPort: await freePort(), bindOnIP: '127.0.0.1' },
  });
  const services = {
    frontend: await service(),
    history: await service(),
    matching: await service(),
    worker: await service(),
  };
  const rpcAddress = `127.0.0.1:${services.frontend.rpc.grpcPort}`;
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'routes',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { routes: sqlite, visibility: sqlite },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services,
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    publicClient: { hostPort: rpcAddress },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '10s' },
  };
}
