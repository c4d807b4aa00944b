/** How long something takes, in words: "8 weken", "3 werkdagen". Node's own words for durations come with version 23. */
import type { Limit } from '../contracts/rule-set.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { t, type Text } from './text.ts';

const workingDays = unit('werkdag', 'werkdagen', 'working day', 'working days');
/** In the order of ISO 8601, dates before times. */
const units = [
  unit('jaar', 'jaar', 'year', 'years'),
  unit('maand', 'maanden', 'month', 'months'),
  unit('week', 'weken', 'week', 'weeks'),
  unit('dag', 'dagen', 'day', 'days'),
  unit('uur', 'uur', 'hour', 'hours'),
  unit('minuut', 'minuten', 'minute', 'minutes'),
  unit('seconde', 'seconden', 'second', 'seconds'),
];

/** @param limit - working days, or an ISO 8601 duration; anything else is said as it is */
export function limitText(limit: Limit, language: Language): string {
  if (typeof limit !== 'string') return workingDays(limit.workingDays)[language];
  const parts = /^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(?:T(\d+H)?(\d+M)?(\d+S)?)?$/.exec(limit)?.slice(1) ?? [];
  const said = parts.flatMap((part, i) => (part ? [units[i]!(Number.parseInt(part, 10))[language]] : []));
  return said.join(language === 'nl' ? ' en ' : ' and ') || limit;
}

function unit(oneNl: string, manyNl: string, oneEn: string, manyEn: string): (count: number) => Text {
  return (count) => t(`${count} ${count === 1 ? oneNl : manyNl}`, `${count} ${count === 1 ? oneEn : manyEn}`);
}
