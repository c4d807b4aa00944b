/** Shows the route to operations: search attributes for the lists, current details for the one they opened. */
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { waitingsOf } from '../domain/standing.ts';
import { detailsText } from '../domain/texts.ts';
import { attributesOf } from './route-attributes.messages.ts';
import type { Route } from './route.ts';

/** What is shown of a route, by attribute. */
type Shown = ReadonlyMap<string, string>;

/** Publishes what differs from what is shown; where a trace is owed, at least when the route was changed last. */
export function publish(route: Route): void {
  if (route.published === route.state && !route.owesTrace) return;
  route.published = route.state;
  const shown = shownOf(route);
  const attributes = attributesOf(route.state);
  const differs = attributes.filter(({ key, value }) => shown.get(key.name) !== text(value));
  if (route.owesTrace || differs.some(({ key }) => key.name !== 'RouteChangedAt')) {
    upsertSearchAttributes(differs.length > 0 ? differs : attributes.filter(isChangedAt));
    route.owesTrace = false;
    route.shown = new Map(attributes.map(({ key, value }) => [key.name, text(value)]));
  }
  setCurrentDetails(`${detailsText(route.state, waitingsOf(route.state), 'nl')}${whoseClock}`);
}

/** The UI's own clock is another one; and it cuts off the last of some lines, which is this one then. */
const whoseClock = '\n\nTijden: Nederlandse tijd.';

const isChangedAt = ({ key }: { readonly key: { readonly name: string } }) => key.name === 'RouteChangedAt';

/** The first run was started with its attributes; a later one may be under code that derives other ones. */
function shownOf(route: Route): Shown {
  const isFirstRun = !workflowInfo().continuedFromExecutionRunId;
  route.shown ??= new Map(
    isFirstRun ? attributesOf(route.state).map(({ key, value }) => [key.name, text(value)]) : [],
  );
  return route.shown;
}

const text = (value: unknown): string => JSON.stringify(value);
