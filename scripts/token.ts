/**
 * Prints a development token: `npm run token -- --role case-manager --subject cm-17 --municipality GM0153`;
 * `--all` prints one for each role; the one for a partner is the debt service's.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Municipality, RouteId, SubjectId } from '../contracts/ids.ts';
import { PartnerParty, Role } from '../contracts/vocabulary.ts';
import { ApiSettings, longestTokenHours, readSettings, SettingsError } from '../platform/settings.ts';
import { loadSigningKey, signingKeyFile, signToken } from '../simulator/identity.ts';

const usage = `Usage: npm run token -- --role ${Role.options.join('|')} --subject ID [--municipality GM0153] [--party PARTY] [--route ROUTE] [--hours 12]`;
const everyone = [
  { role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' },
  { role: 'process-director', subject: 'pd-1', municipality: 'GM0153' },
  { role: 'operations', subject: 'ops-1' },
  { role: 'policy', subject: 'pol-1' },
  { role: 'partner', subject: 'debt-service', party: 'debt-service' },
] as const;

const oneOf = <const T extends readonly string[]>(options: T) =>
  z.enum(options, `must be one of ${options.join(', ')}`);

/** Checked as the API does, so that no token is made which it would refuse. */
const Asked = z.object({
  all: z.boolean().optional(),
  role: oneOf(Role.options).optional(),
  subject: SubjectId.optional(),
  municipality: Municipality.optional(),
  party: oneOf(PartnerParty.options).optional(),
  route: RouteId.optional(),
  hours: z
    .string()
    .default('12')
    .transform(Number)
    .refine(
      (hours) => hours > 0 && hours <= longestTokenHours,
      `must be a number above 0, ${longestTokenHours} at the most`,
    ),
});

/** @throws SettingsError one line that names the option */
function asked(): z.infer<typeof Asked> {
  const result = Asked.safeParse(given());
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`);
  throw new SettingsError(wrong.join('; '));
}

function given() {
  const text = { type: 'string' } as const;
  const options = { role: text, subject: text, municipality: text, party: text, route: text, hours: text };
  try {
    return parseArgs({ options: { ...options, all: { type: 'boolean' } } }).values;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const [option] = /--\w+/.exec(message) ?? [];
    const noValue = code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option;
    throw new SettingsError(
      noValue
        ? `${option} needs a value, which does not begin with a hyphen`
        : `${firstLine(message)} ${usage}`,
    );
  }
}

/** For whom a single token is. @throws SettingsError when that was not said in full */
function oneAsked({ role, subject, municipality, party, route }: z.infer<typeof Asked>) {
  if (!role) throw new SettingsError(`--role is missing. ${usage}`);
  if (!subject) throw new SettingsError(`--subject is missing. ${usage}`);
  if (role === 'partner' && !party) throw new SettingsError(`A partner needs --party. ${usage}`);
  if ((role === 'case-manager' || role === 'process-director') && !municipality)
    throw new SettingsError(
      `A ${role} needs --municipality: a token without one is refused everywhere. ${usage}`,
    );
  if (role === 'person' && !route) throw new SettingsError(`A person needs --route, their own. ${usage}`);
  const limits = { ...(municipality && { municipality }), ...(party && { party }), ...(route && { route }) };
  return { role, subject, ...limits };
}

const firstLine = (text: string): string => text.split('\n')[0]!;

async function main(): Promise<void> {
  const options = asked();
  const one = options.all ? undefined : oneAsked(options);
  const { SIMULATOR_PORT = '8090', TOKEN_ISSUER } = process.env;
  const settings = readSettings(ApiSettings, {
    ...process.env,
    TOKEN_ISSUER: TOKEN_ISSUER ?? `http://127.0.0.1:${SIMULATOR_PORT}/identity`, // as npm start sets it
  });
  const isFirst = !existsSync(signingKeyFile(settings.DATA_DIR));
  const key = await loadSigningKey(settings.DATA_DIR);
  if (isFirst)
    process.stderr.write(
      `Made a new key to sign with in ${settings.DATA_DIR}: the token is good where npm start has this DATA_DIR, and no other\n`,
    );
  const common = {
    key,
    issuer: settings.TOKEN_ISSUER,
    audience: settings.TOKEN_AUDIENCE,
    expiresInSeconds: Math.ceil(options.hours * 3600),
  };
  for (const who of one ? [one] : everyone) {
    const label = one ? '' : `${who.role === 'partner' ? `partner ${who.party}` : who.role}\t`;
    process.stdout.write(`${label}${await signToken({ ...common, ...who })}\n`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${firstLine((error as Error).message)}\n`);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
