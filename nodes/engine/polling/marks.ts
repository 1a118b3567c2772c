import { type IDataObject, type IExecuteFunctions, UserError } from 'n8n-workflow';
import { forgetOldest } from '../util/oldest';
import { type Mark, moved } from './newcomers';

/** What is kept with the workflow for one list, one key and one set of filters. */
interface Kept {
	/** How often it was written: the process and the workflow may hold different ones. */
	serial: number;
	/** When it was written last, in milliseconds since 1970. */
	usedAt: number;
	/** Up to where executions that ended well had come. */
	mark?: Mark;
	/** What the last execution did to it, which counts when that execution has ended well. */
	pending?: Pending;
}

interface Pending {
	executionId: string;
	step: Mark;
	/** Whether nothing was handed on with it, so that nothing is lost however that execution ended. */
	isEmpty?: boolean;
}

/** A mark as an execution finds it. */
export interface OpenMark {
	/** Left out where no execution has set it. */
	mark?: Mark;
	/** The execution that did not end well, so that what it got comes once more. */
	failedId?: string;
	/** The execution that works on what was new last: what is new comes when it has ended. */
	underWayId?: string;
}

/** How an execution ended. */
type Ending = 'well' | 'failed' | 'underWay';

interface Recent {
	kept: Kept;
	/** The cancel signal of the execution that wrote it. */
	signal: AbortSignal | undefined;
	/** The serial of what it goes on from: n8n stores nothing that a canceled execution wrote. */
	basis: number;
}

/** All marks of a node together, in characters: they are read and written with each execution of the workflow. */
export const mostCharacters = 2_000_000;
/** A mark that was not used for this long goes where there is no room. Milliseconds. */
const unusedMs = 30 * 24 * 60 * 60_000;

/**
 * A cache of the process. The workflow's own memory alone is not enough: n8n writes all of it as it was when the
 * workflow was published, whenever a trigger in it remembers something (a schedule of every two hours, a poll).
 */
const recent = new Map<string, Recent>();
const mostRecent = 200;
/** Marks with which executions of this process are at work, and which execution. */
const underWay = new Map<string, string>();

/** The marks of a node in one execution. They are written when all of the node's items have ended well. */
export class Marks {
	private readonly found = new Map<string, Kept>();
	private readonly bases = new Map<string, number>();
	private readonly steps = new Map<string, Mark>();
	private readonly begun = new Set<string>();
	/** The steps with which something was handed on. */
	private readonly handedOn = new Set<string>();

	/**
	 * Finds a mark, and keeps other executions of this process away from it until close().
	 * @param name tells it from the other marks of the node
	 * @param isObserved whether this only looks, as a manual run does
	 * @throws UserError where n8n cannot tell how an earlier execution ended, as none of n8n 1.101 does
	 */
	async open(context: IExecuteFunctions, name: string, isObserved: boolean): Promise<OpenMark> {
		if (typeof context.getExecutionDataById !== 'function') {
			throw new UserError(
				'This n8n does not tell how an earlier execution ended, by which Only New Since Last Run goes. Update n8n, or turn the option off.',
			);
		}
		const own = this.steps.get(name);
		if (own) return { mark: moved(this.found.get(name)?.mark, own) };
		const full = fullName(context, name);
		const executionId = context.getExecutionId();
		const other = underWay.get(full);
		if (!isObserved) {
			if (other !== undefined && other !== executionId) return { underWayId: other };
			underWay.set(full, executionId);
			this.begun.add(full);
		}
		const { kept, signal, basis } = latest(storedIn(context)[name], recent.get(full));
		this.bases.set(name, basis);
		const { mark, pending } = kept ?? {};
		if (!pending) return this.settle(name, kept, mark);
		if (pending.executionId === executionId) {
			// Another run of the node in the same execution, as in a loop: both steps count together.
			this.found.set(name, kept as Kept);
			this.steps.set(name, pending.step);
			if (!pending.isEmpty) this.handedOn.add(name);
			return { mark: moved(mark, pending.step) };
		}
		if (pending.isEmpty) return this.settle(name, kept, moved(mark, pending.step));
		const ending = signal?.aborted ? 'failed' : await endingOf(context, pending.executionId);
		if (ending === 'underWay') return { underWayId: pending.executionId };
		if (ending === 'failed') {
			return { ...this.settle(name, kept, mark), failedId: pending.executionId };
		}
		return this.settle(name, kept, moved(mark, pending.step));
	}

	private settle(name: string, kept: Kept | undefined, mark: Mark | undefined): OpenMark {
		this.found.set(name, { serial: kept?.serial ?? 0, usedAt: 0, ...(mark && { mark }) });
		return mark ? { mark } : {};
	}

	/**
	 * Notes a step of a mark, which is written with write().
	 * @param count how many records are handed on with it
	 * @throws UserError where there is no room for it; the mark stays as it is then
	 */
	step(context: IExecuteFunctions, name: string, step: Mark, count: number): void {
		if (count > 0) this.handedOn.add(name);
		const before = this.steps.get(name);
		this.steps.set(name, before ? moved(before, step) : step);
		if (hasRoom(this.all(context))) return;
		if (before) this.steps.set(name, before);
		else this.steps.delete(name);
		throw new UserError(
			`'Only New Since Last Run' would remember more than ${mostCharacters} characters with this workflow. Use fewer filters and credentials in one node, or a shorter overlap.`,
		);
	}

	/** Whether there is a step to write. */
	get haveMoved(): boolean {
		return this.steps.size > 0;
	}

	/**
	 * Writes the steps, as those of this execution.
	 * @throws UserError where another execution took them while this one was tried again
	 */
	write(context: IExecuteFunctions): void {
		for (const name of this.steps.keys()) {
			const { kept } = latest(storedIn(context)[name], recent.get(fullName(context, name)));
			// An earlier try of a node that is set to continue has written what it had.
			const isOwn = kept?.pending?.executionId === context.getExecutionId();
			if (!isOwn && (kept?.serial ?? 0) > (this.found.get(name)?.serial ?? 0))
				throw new UserError(
					'Another execution has read the new records meanwhile, and returns them. This one returns nothing, so that no record comes twice.',
				);
		}
		const all = this.all(context);
		// n8n saves what is set on the object itself, and not what is changed inside of it.
		const copy = JSON.parse(JSON.stringify(all)) as IDataObject;
		context.getWorkflowStaticData('global')[place(context)] = copy;
		const signal = context.getExecutionCancelSignal();
		for (const name of this.steps.keys()) {
			const full = fullName(context, name);
			recent.delete(full);
			recent.set(full, { kept: all[name] as Kept, signal, basis: this.bases.get(name) ?? 0 });
			forgetOldest(recent, mostRecent);
		}
	}

	/** All that is to be kept of the node. */
	private all(context: IExecuteFunctions): Record<string, Kept> {
		const [usedAt, executionId] = [Date.now(), context.getExecutionId()];
		const all = storedIn(context);
		for (const [name, step] of this.steps) {
			const { serial = 0, mark } = this.found.get(name) ?? {};
			const next = { serial: serial + 1, usedAt, ...(mark && { mark }) };
			const isEmpty = !this.handedOn.has(name);
			all[name] = { ...next, pending: { executionId, step, ...(isEmpty && { isEmpty }) } };
		}
		return withoutUnused(all, usedAt);
	}

	/** Lets other executions at the marks. */
	close(): void {
		for (const full of this.begun) underWay.delete(full);
		this.begun.clear();
	}
}

/** Where in the workflow's memory: by the node's id, since n8n's memory of a node goes by its name. */
const place = (context: IExecuteFunctions): string => `onlyNew ${context.getNode().id}`;

const fullName = (context: IExecuteFunctions, name: string): string =>
	`${context.getWorkflow().id} ${context.getNode().id} ${name}`;

/** n8n hands out an object that notes each change; a copy can be worked on freely. */
function storedIn(context: IExecuteFunctions): Record<string, Kept> {
	const kept = context.getWorkflowStaticData('global')[place(context)];
	return kept === undefined ? {} : (JSON.parse(JSON.stringify(kept)) as Record<string, Kept>);
}

/** What was written last, with the signal of who wrote it, where that was this process. */
function latest(
	stored: Kept | undefined,
	own: Recent | undefined,
): Pick<Partial<Recent>, 'kept' | 'signal'> & Pick<Recent, 'basis'> {
	const { serial = 0, pending } = stored ?? {};
	const isCanceled = own?.signal?.aborted === true;
	const isStored = pending?.executionId === own?.kept.pending?.executionId;
	// Another process then goes on from the same, under the same serial.
	const least = isCanceled && !isStored ? own.basis : own?.kept.serial;
	if (!own || serial > (least ?? 0)) return { kept: stored, basis: serial };
	return { ...own, basis: isCanceled ? own.basis : own.kept.serial };
}

/** How an execution ended, as far as n8n kept it. */
async function endingOf(context: IExecuteFunctions, executionId: string): Promise<Ending> {
	const data = await context.getExecutionDataById(executionId);
	// Not kept, or deleted. What went wrong is kept unless somebody switched that off, so it ended well.
	if (!data) return 'well';
	if (data.resultData?.error) return 'failed';
	// What waits was handed on, and goes on later.
	if (data.waitTill) return 'well';
	return (data.executionData?.nodeExecutionStack ?? []).length > 0 ? 'underWay' : 'well';
}

const hasRoom = (all: Record<string, Kept>): boolean =>
	JSON.stringify(all).length <= mostCharacters;

/** Without marks that nobody uses any more, where there is no room for them. */
function withoutUnused(all: Record<string, Kept>, now: number): Record<string, Kept> {
	if (hasRoom(all)) return all;
	return Object.fromEntries(
		Object.entries(all).filter(([, { usedAt }]) => now - usedAt < unusedMs),
	);
}
