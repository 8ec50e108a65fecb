import type { HandlesFacts } from '../protocol/panel';
import type { HandlesView, Hidden } from '../protocol/profile';
import { membersOf } from './handleFilter';
import { healthOf, longWaits, stuckMembers } from './health';
import { hiddenCount } from './hidden';
import { isProblem } from './problems';

/**
 * What a page needs to know of all groups, of which it has only those in sight.
 *
 * @param arrivalNotes What to know of the groups that came in the selected time.
 */
export function handlesFacts(handles: HandlesView, hidden: Hidden, arrivalNotes: readonly string[]): HandlesFacts {
  const { rows, ...facts } = handles;
  const estimated = rows.filter((row) => row.estimated);
  return {
    ...facts,
    groups: rows.length,
    hiddenGroups: hiddenCount(rows, hidden),
    members: membersOf(rows),
    // A sum over some of the rows is an estimate when one of them is.
    estimates: {
      background: estimated.some(({ category }) => category === 'background'),
      perRequest: estimated.some(({ category }) => category === 'per_request'),
      longWaiting: estimated.some(({ longWaiting }) => longWaiting),
      potentiallyStuck: estimated.some(({ stuck }) => stuck),
    },
    hasInterval: rows[0] !== undefined && rows[0].appeared !== null,
    arrivalNotes,
    health: healthOf(handles, hidden),
    longWaits: longWaits(handles, hidden),
    stuckMembers: stuckMembers(handles, hidden),
    hiddenProblems: hiddenCount(rows.filter(isProblem), hidden),
  };
}
