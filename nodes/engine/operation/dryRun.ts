import type { IDataObject } from 'n8n-workflow';
import { compact } from '../form/filled';
import { WriteRefused } from '../http/readOnly';
import { reads, type Request } from '../http/request';
import { attempt } from '../util/attempt';
import type { Operation } from './operation';
import type { Task } from './prepare';
import type { Answered } from './resolve';

/**
 * What an item of a dry run gives in place of the answer to a write.
 * @param chosen has to be an operation that writes
 * @param instead what is sent in place of the item's own request, as goes on behind "would"
 * @throws ApiError where the file that would be sent cannot be had
 */
export async function told(
	chosen: Operation,
	task: Task,
	request: Request,
	instead?: string,
): Promise<IDataObject> {
	(await request.file?.open())?.close();
	return { would: [...firstOf(task), instead ?? sentenceOf(chosen, task, request)].join(' ') };
}

/**
 * Goes on with what follows the first answer, up to the first write.
 * @param follow goes on
 * @throws ApiError or UserError as a real run would
 */
export async function toldOfFollowing(
	chosen: Operation,
	task: Task,
	request: Request,
	follow: () => Promise<unknown>,
): Promise<IDataObject> {
	const ended = await attempt(follow);
	if ('made' in ended) return { would: 'change nothing' };
	if (!(ended.thrown instanceof WriteRefused)) throw ended.thrown;
	return { would: sentenceOf(chosen, task, request) };
}

/** An item of a dry run, from what was told of it, or from why it would be passed over. */
export function dryItem(answer: Answered): IDataObject {
	const skipped: IDataObject = { would: 'skip this item' };
	const [one = {}] = 'skipped' in answer ? [{ ...skipped, ...answer.skipped }] : answer.records;
	const { would, reason, warning } = one;
	return compact({ dryRun: true, would, reason, warning });
}

/** Whether a request of a dry run is not sent. */
export const isHeldBack = ({ client }: Task, request: Request): boolean =>
	client.isReadOnly === true && !reads(request);

/** Its action, and what the values name: by what was entered, where that is not the ID. */
function sentenceOf(chosen: Operation, task: Task, request: Request): string {
	const entered = [...task.lookups].map(([name, { lookup }]) => [name, lookup.entered]);
	const values = { ...task.values, ...Object.fromEntries(entered) } as typeof task.values;
	const named = chosen.writes?.(values, request) ?? '';
	const { ifExists } = task;
	const unknown = ifExists?.isTaken && `, or ${ifExists.do} it if it is there`;
	const { action } = chosen;
	return `${action.charAt(0).toLowerCase()}${action.slice(1)} ${named}${unknown ?? ''}`;
}

/** What is made before an item is sent. */
function firstOf({ lookups, found }: Task): string[] {
	if (found?.isNew !== true) return [];
	return [...lookups.values()].flatMap(({ lookup: { ifNotFound, entered } }) =>
		ifNotFound.do === 'create' ? [`create ${ifNotFound.request.label ?? entered} first, then`] : [],
	);
}
