import {
	type IDataObject,
	type IExecuteFunctions,
	NodeOperationError,
	UserError,
} from 'n8n-workflow';
import { FieldError } from '../form/fields';
import type { Asked, IfExists } from '../form/lookup';
import { FieldErrors } from '../form/fieldErrors';
import { nodeError } from '../http/apiError';
import type { Client } from '../http/client';
import type { Clients } from '../http/clients';
import { CredentialError } from '../http/credentialCheck';
import { readOnly } from '../http/readOnly';
import { reads, type Request } from '../http/request';
import { checkCanWait, type Wait } from '../sendAndWait/question';
import { Form, isTool } from './readForm';
import { type Guards, guardsOf } from './guardRails';
import type { Found } from './lookups';
import type { Notices } from './notices';
import { checkOnlyNew } from './onlyNewFields';
import type { BatchOperation, Operation } from './operation';
import { checkLength } from './queryLength';
import { rowReport } from './rowReport';

/** An input item that is ready: its form is filled in well, and its credential can be used. */
export interface Task {
	index: number;
	client: Client;
	values: Record<string, unknown>;
	/** Left out where a batch makes it, and where what the values name has yet to be looked up. */
	request?: Request;
	/** What has to be looked up, by the name of the field that it is the value of. */
	lookups: ReadonlyMap<string, Asked>;
	guards: Guards;
	/** What is done where the person whom it would create is there. */
	ifExists?: IfExists;
	/** What was found of it. */
	found?: Found;
	/** What the operation reads before it knows what to ask. */
	seen?: IDataObject;
	/** What is waited for once it is sent. */
	wait?: Wait;
}

/** An input item that cannot be sent. */
export interface Rejected {
	index: number;
	thrown: unknown;
}

/**
 * Reads credentials and forms of items before anything is sent, so that a wrong value in the last row of a list does
 * not leave the rest of it half done. Empty rows of a table are skipped, and told of.
 */
export function prepare(
	context: IExecuteFunctions,
	chosen: Operation | BatchOperation,
	indices: readonly number[],
	clients: Clients,
	notices: Notices,
): { tasks: Task[]; rejected: Rejected[]; emptyRows: number[] } {
	const form = new Form(context, chosen, notices);
	const tasks: Task[] = [];
	const rejected: Rejected[] = [];
	const emptyRows: number[] = [];
	const waits = 'wait' in chosen;
	const readers = new Map<Client, Client>();
	const held = (client: Client): Client => {
		const reader = readers.get(client) ?? readOnly(client);
		readers.set(client, reader);
		return reader;
	};
	for (const index of indices) {
		const isEmptyRow = form.isEmptyRow(index);
		const skip = () => {
			emptyRows.push(index);
			notices.add({ index, what: 'Rows without any value were skipped' });
		};
		try {
			if (isEmptyRow && form.mapsNothing(index)) {
				skip();
				continue;
			}
			const open = clients.of(index);
			const lookups = new Map<string, Asked>();
			if (waits) checkCanWait(context, isTool(context));
			const values = form.read(index, lookups);
			// Made in any case, since it says what is wrong with the values.
			const request = 'batchSize' in chosen ? undefined : chosen.request(values);
			if (request) checkLength(request, chosen.fields);
			if (request) checkOnlyNew(chosen.output, values, request);
			const ifExists = 'batchSize' in chosen ? undefined : chosen.ifExists?.(values);
			const wait = 'batchSize' in chosen ? undefined : chosen.wait?.(values);
			const known = lookups.size === 0 ? { request } : {};
			const guards = guardsOf(values);
			guards.isDry &&= writes(chosen, request);
			const client = guards.isDry ? held(open) : open;
			tasks.push({ index, client, values, lookups, guards, ifExists, wait, ...known });
		} catch (thrown) {
			// What an expression falls back on does not make a lead of an empty row.
			if (isEmptyRow && !form.readsElsewhere) skip();
			else rejected.push({ index, thrown });
		}
	}
	return { tasks, rejected, emptyRows };
}

/** Whether an item writes, by what its form holds: a request of one's own may read. */
const writes = (chosen: Operation | BatchOperation, request?: Request): boolean =>
	request !== undefined && 'writes' in chosen && (!reads(request) || chosen.follow !== undefined);

/** What ends a run whose items cannot all be sent: all of them are named. */
export function rejectedError(
	context: IExecuteFunctions,
	rejected: readonly Rejected[],
	redact: (text: string) => string,
): Error {
	const [first] = rejected as [Rejected];
	const node = context.getNode();
	if (rejected.length === 1) {
		const error = nodeError(node, first.thrown, redact, first.index);
		error.description = [error.description, nothingSent].filter(Boolean).join(' ');
		return error;
	}
	const all = rejected.flatMap(({ index, thrown }) =>
		(thrown instanceof FieldErrors ? thrown.errors : [thrown]).map((one) => {
			const { what, ...parts } = partsOf(one);
			// Before the items are named: a secret may be a number, such as an account's.
			return { index, what: redact(what), ...parts };
		}),
	);
	const hints = [...new Set(all.flatMap(({ hint }) => (hint === undefined ? [] : [hint])))];
	return new NodeOperationError(node, rowReport(all), {
		description: redact([...hints.slice(0, mostTodos), nothingSent].join(' ')),
		level: 'warning',
	});
}

const nothingSent = 'Nothing has been sent.';
/** Of more kinds of wrong values, the sentences say enough. */
const mostTodos = 3;

function partsOf(thrown: unknown): { field?: string; what: string; hint?: string } {
	if (thrown instanceof FieldError) {
		const { field, what, hint } = thrown;
		return { field, what, hint };
	}
	if (thrown instanceof CredentialError) {
		const { field, what } = thrown;
		return { field, what };
	}
	const { message } = thrown instanceof Error ? thrown : new UserError(String(thrown));
	return { what: message.replace(/\.$/, '') };
}
