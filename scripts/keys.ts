/**
 * The keys of operations: `npm run keys -- list|add|use|drop [ID] [--of payloads|key-store]`, or `rewrap --of key-store`. One step at a time, and
 * every process gets the file and starts again between two: see docs/keys.md.
 */
import { parseArgs } from 'node:util';
import { runKeys } from './keys/run.ts';
import { SettingsError } from '../platform/settings.ts';

const usage =
  'Usage: npm run keys -- list|add [ID]|use ID|drop ID [--lose] [--of payloads|key-store], or rewrap --of key-store';

function asked() {
  const options = {
    of: { type: 'string', default: 'payloads' },
    lose: { type: 'boolean', default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [step = 'list', id, ...more] = positionals;
    if (more.length === 0) return { step, id, of: values.of, lose: values.lose };
  } catch {
    // said below
  }
  throw new SettingsError(usage);
}

try {
  const { step, id, of, lose } = asked();
  if (of !== 'payloads' && of !== 'key-store') throw new SettingsError(usage);
  const said = await runKeys({ step, id, of, lose, env: process.env, usage });
  process.stdout.write(`${said}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message.split('\n')[0]}\n`);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
