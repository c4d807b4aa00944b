/** What operations read of a trouble in the Temporal UI: codes, moments and the code's own words; nothing personal. */
import type { Language, Stage } from '../../contracts/vocabulary.ts';
import { stageText } from '../texts.ts';
import { repairTitles } from './repairs.ts';
import type { Trouble } from './trouble.ts';

/** The workflow that is in trouble, and what is known of its route. */
export interface Troubled {
  readonly workflowId: string;
  readonly municipality?: string;
  readonly stage?: Stage;
}

/** Where it is written how a trouble is mended. */
export const mendedBy = ({ cause }: Trouble): string =>
  ({
    'task-fails': `docs/runbook.md, "${repairTitles.reset}"`,
    'task-waits': 'docs/operations.md, "No worker"',
    'no-open-request': `docs/runbook.md, "${repairTitles.redo}"`,
  })[cause];

/** What is wrong, in one sentence. */
export function troubleText(trouble: Trouble, language: Language): string {
  const nl = language === 'nl';
  switch (trouble.cause) {
    case 'task-fails': {
      const { type, line } = trouble.failure ?? {};
      const why = type ? `: ${[type, line].filter(Boolean).join(': ')}` : '';
      return nl ? `de workflow task mislukt steeds${why}` : `the workflow task fails again and again${why}`;
    }
    case 'task-waits':
      return nl
        ? 'geen worker neemt de workflow task aan, terwijl er wel een worker is (een versie zonder worker?)'
        : 'no worker takes the workflow task, although there is a worker (a version without one?)';
    case 'no-open-request': {
      const steps = trouble.steps.join(', ');
      return nl
        ? `een stap wacht op een partij die niet gevraagd is: er loopt geen verzoek (${steps})`
        : `a step waits for a party that was not asked: no request is on its way (${steps})`;
    }
  }
}

/** The short list in the current details of a trouble. */
export function troubleDetails(
  { workflowId, municipality, stage }: Troubled,
  trouble: Trouble,
  looks: { readonly seenAt: string; readonly nextAt: string },
  language: Language,
): string {
  const nl = language === 'nl';
  const where = [municipality, stage && stageText(stage, language)].filter(Boolean).join(', ');
  const tries = 'attempts' in trouble ? trouble.attempts : undefined;
  return [
    `- ${nl ? 'Vastgelopen' : 'Stuck'}: \`${workflowId}\`${where && ` (${where})`}`,
    `- ${nl ? 'Oorzaak' : 'Cause'}: ${troubleText(trouble, language)}`,
    `- ${nl ? 'Sinds' : 'Since'} ${minute(trouble.since)}${tries ? `; ${tries} ${nl ? 'pogingen' : 'attempts'}` : ''}`,
    `- ${nl ? 'Volgende stap' : 'Next move'}: ${mendedBy(trouble)}`,
    nl
      ? `- Gezien ${minute(looks.seenAt)}; kijkt weer ${minute(looks.nextAt)}, of meteen na het signal \`lookNow\`. Eindigt vanzelf als het hersteld is.`
      : `- Seen ${minute(looks.seenAt)}; looks again ${minute(looks.nextAt)}, or at once after the signal \`lookNow\`. Ends by itself when it is mended.`,
  ].join('\n');
}

/** Ledgers have no calendar of their own, and a summary needs none: UTC, to the second where terms are as short as that. */
const minute = (moment: string): string => `${moment.slice(0, 19).replace('T', ' ')} UTC`;
