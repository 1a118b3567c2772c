import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { durationOf, durationSentence } from './duration';
import type { BatchOperation, Many, Operation } from './operation';
import type { Task } from './prepare';
import type { Results } from './results';

/** What the person can do about it. */
const raise = "Raise 'Most Items' if that is meant.";

/**
 * Refuses to write for more items than the node may, all of them alike.
 * @returns the items that are left: those of a dry run, where there are too many others
 * @throws NodeOperationError unless the node is set to continue
 */
export function withinMost(
	context: IExecuteFunctions,
	chosen: Operation | BatchOperation,
	tasks: readonly Task[],
	results: Results,
): readonly Task[] {
	const [dry, real] = [dryOf(tasks), tasks.filter(({ guards }) => !guards.isDry)];
	const many = manyOf(chosen, context);
	if (!many || !isOver(real)) return tasks;
	const message = `This would ${inWords(many, real.length)}.`;
	const description = `${raise} Nothing has been sent.`;
	for (const { index } of real)
		results.fail(index, new NodeOperationError(context.getNode(), message, { description }));
	return dry;
}

/** What a dry run came to. */
interface Dry {
	/** The items of the run, of which not all may be dry. */
	tasks: readonly Task[];
	/** Those of them that a real run would write for. */
	writing: readonly Task[];
}

/** Says above the output of a dry run that it was one, and what a real one would come to. */
export function tellDry(
	context: IExecuteFunctions,
	chosen: Operation | BatchOperation,
	{ tasks, writing }: Dry,
): void {
	const dry = dryOf(tasks);
	if (dry.length === 0) return;
	const many = manyOf(chosen, context);
	const duration = durationOf(writing);
	const message = [
		'This was a dry run: nothing was written.',
		...(many && dry.length > 1 ? [`A real run would ${inWords(many, writing.length)}.`] : []),
		...(many && isOver(dry) ? [`It is refused as it is. ${raise}`] : []),
		...(duration ? [`${durationSentence(duration)}.`] : []),
	].join(' ');
	context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}

const dryOf = (tasks: readonly Task[]): Task[] => tasks.filter(({ guards }) => guards.isDry);

/** Whether one of the items may not be written for, since there are so many. */
const isOver = (tasks: readonly Task[]): boolean =>
	tasks.some(({ guards }) => tasks.length > guards.mostItems);

/** What there may be too many of; nothing in versions of the node that do not count. */
function manyOf(chosen: Operation | BatchOperation, context: IExecuteFunctions): Many | undefined {
	const many = 'batchSize' in chosen ? undefined : chosen.many;
	return many && context.getNode().typeVersion >= many.since ? many : undefined;
}

const inWords = ({ verb, thing }: Many, count: number): string =>
	`${verb} ${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
