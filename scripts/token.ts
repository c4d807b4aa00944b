/**
 * Prints a development token: `npm run token -- --role case-manager --subject cm-17 --municipality GM0153`;
 * `--all` prints one for each role; the one for a partner is the debt service's.
 */
import { parseArgs } from 'node:util';
import { PartnerParty, Role } from '../contracts/vocabulary.ts';
import { ApiSettings, readSettings } from '../platform/settings.ts';
import { loadSigningKey, signToken } from '../simulator/identity.ts';

const usage = `npm run token -- --role ${Role.options.join('|')} --subject ID [--municipality GM0153] [--party PARTY] [--hours 12]`;
const everyone = [
  { role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' },
  { role: 'process-director', subject: 'pd-1', municipality: 'GM0153' },
  { role: 'operations', subject: 'ops-1' },
  { role: 'policy', subject: 'pol-1' },
  { role: 'person', subject: 'person-1' },
  { role: 'partner', subject: 'debt-service', party: 'debt-service' },
] as const;

function fail(message: string): never {
  process.stderr.write(`${message}\n${usage}\n`);
  process.exit(2);
}

function asked() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      options: {
        all: { type: 'boolean' },
        role: text,
        subject: text,
        municipality: text,
        party: text,
        hours: text,
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message.split('\n')[0]!);
  }
}

const { all, role, subject, municipality, party, hours = '12' } = asked();
const { SIMULATOR_PORT = '8090', TOKEN_ISSUER } = process.env;
const settings = readSettings(ApiSettings, {
  ...process.env,
  TOKEN_ISSUER: TOKEN_ISSUER ?? `http://127.0.0.1:${SIMULATOR_PORT}/identity`, // as npm start sets it
});
const key = await loadSigningKey(settings.DATA_DIR);
const expiresInSeconds = Number(hours) * 3600;
if (!Number.isFinite(expiresInSeconds)) fail(`--hours must be a number, not ${hours}`);
const common = { key, issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE, expiresInSeconds };

if (all) {
  for (const who of everyone) {
    const label = 'party' in who ? `partner ${who.party}` : who.role;
    process.stdout.write(`${label}\t${await signToken({ ...common, ...who })}\n`);
  }
} else {
  const checkedRole = Role.safeParse(role);
  const checkedParty = PartnerParty.optional().safeParse(party);
  if (!checkedRole.success) fail(`--role must be one of ${Role.options.join(', ')}`);
  if (!checkedParty.success) fail(`--party must be one of ${PartnerParty.options.join(', ')}`);
  if (!subject) fail('--subject is missing');
  if (checkedRole.data === 'partner' && !checkedParty.data) fail('A partner needs --party');
  const who = {
    role: checkedRole.data,
    subject,
    ...(municipality && { municipality }),
    ...(checkedParty.data && { party: checkedParty.data }),
  };
  process.stdout.write(`${await signToken({ ...common, ...who })}\n`);
}
