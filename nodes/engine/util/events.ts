import {
	type IHookFunctions,
	type IPollFunctions,
	UserError,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { quote } from './text';

const published: WorkflowActivateMode[] = ['activate', 'update', 'create'];

/** Whether a person has just published a workflow or a change of it, and waits. Delete hooks run in mode `internal`. */
export const isAwaited = (context: IHookFunctions | IPollFunctions): boolean =>
	context.getMode() === 'trigger' && published.includes(context.getActivationMode());

/** Whether a person publishes or tests, and reads what is said. */
export const isWatched = (context: IHookFunctions | IPollFunctions): boolean =>
	context.getMode() === 'manual' || isAwaited(context);

/** What is told where a trigger has no event to start on; an n8n that starts needs one as well. */
export const noEvent = "'Trigger On' is empty. Choose at least one event.";

/**
 * Refuses what a trigger could never start on, as an expression or a workflow that was not made in the editor may give
 * it. Only while a person publishes or tests: an n8n that starts goes on with those events that the trigger knows.
 * @param chosen in Trigger On
 * @throws UserError about an event that is not known, or where there is none
 */
export function checkEvents(
	context: IHookFunctions | IPollFunctions,
	chosen: readonly string[],
	known: readonly string[],
): void {
	if (!isWatched(context)) return;
	if (chosen.length === 0) throw new UserError(noEvent);
	const unknown = chosen.find((event) => !known.includes(event));
	if (unknown === undefined) return;
	throw new UserError(
		`'Trigger On' has ${quote(unknown)}, which this trigger does not know. Choose from the list, or give one of these: ${known.join(', ')}.`,
	);
}
