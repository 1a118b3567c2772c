import { type IDataObject, UserError } from 'n8n-workflow';
import { apiPath } from '../form/apiPath';
import { choice } from '../form/choice';
import { rows } from '../form/collections';
import { flag } from '../form/flag';
import { jsonBody } from '../form/json';
import { nameLike, plainText, text } from '../form/text';
import { field } from '../form/fields';
import { options } from '../form/fieldSets';
import { type Method, reads, type Request } from '../http/request';
import type { Pages } from '../pagination/pages';
import { dig, isRecord } from '../util/json';
import { type Operation, operation, type Output, type Resource } from './operation';

/** What is particular to a vendor in calls that its node does not know. */
export interface CustomApiCall {
	/** A path as an example, such as /leads/42. */
	example: string;
	/** How the vendor pages its lists; brings Get Many with it. */
	pages?: Pages;
	/** Its further hosts, by the names that its vendor.ts gives them. */
	hosts?: ReadonlyArray<{ name: string; value: string }>;
	/** Whether a GET of a path writes: it is not sent again where nobody knows what became of it, as a read is. */
	writesByGet?(path: string): boolean;
	/** A last look at each record, as other operations have. */
	mapRecord?(record: IDataObject): IDataObject;
}

/** The value of the resource, the same in all nodes. */
export const customApiCallValue = 'customApiCall';

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const writes = methods.filter((one) => one !== 'GET');

const method = choice({
	displayName: 'Method',
	name: 'method',
	type: 'options',
	options: methods.map((one) => ({ name: one, value: one })),
	default: 'GET',
	description: 'The HTTP method of the request',
});

const pathOf = (example: string) =>
	apiPath({
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'What follows the address of the credential. It cannot lead to another host.',
	});

const nameProperty = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
} as const;

const query = rows(
	{
		displayName: 'Query Parameters',
		name: 'query',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: {},
		description: 'A name that is there several times is sent as a list',
	},
	{ displayName: 'Parameter', name: 'parameter' },
	[
		field(nameProperty, (raw, item) =>
			nameLike(nameProperty, plainText(nameProperty, raw, item), item),
		),
		text({ displayName: 'Value', name: 'value', type: 'string', required: true, default: '' }),
	],
);

const body = jsonBody({
	displayName: 'Body (JSON)',
	name: 'body',
	type: 'json',
	default: '',
	displayOptions: { show: { method: writes } },
	description: 'What is sent, as in {"name": "value"}. Sent without changes.',
});

const repeat = flag({
	displayName: 'Repeat Without an Answer',
	name: 'repeat',
	type: 'boolean',
	default: false,
	displayOptions: { show: { method: writes } },
	description:
		'Whether to send it again if no answer came. Switch it on only if doing it twice does no harm: the first one may have worked.',
});

/** Dry Run comes into them. */
const whereWritten = options([], { displayOptions: { show: { method: writes } } });

type Row = ReturnType<typeof query.read>[number];

/** As vendors write lists, status[]=a&status[]=b, which is how a list is sent; a name that comes once is no list. */
function queryOf(given: readonly Row[]): IDataObject {
	const lists = new Map<string, string[]>();
	for (const { name = '', value = '' } of given) {
		lists.set(name, [...(lists.get(name) ?? []), value]);
	}
	const entries = [...lists].map(([name, values]) => {
		const bare = name.replace(/\[\]$/, '');
		return [bare, bare === name && values.length === 1 ? values[0] : values];
	});
	return Object.fromEntries(entries) as IDataObject;
}

interface Call {
	path: string;
	query: readonly Row[];
	host?: string;
}

const requestOf = (
	method: Method,
	{ path, query, host }: Call,
	writesByGet: (path: string) => boolean,
): Request => ({
	method,
	path,
	isCustom: true,
	...(method === 'GET' && writesByGet(path) && { isRead: false }),
	// Whoever changes one thing several times means the order of the items.
	targetsOneRecord: method !== 'GET' && method !== 'POST',
	...(query.length > 0 && { query: queryOf(query) }),
	...(host && { host }),
});

/** Whatever came: records as items, and what is none as `data`. */
const anything: Output = {
	records: (answered) => {
		if (answered === undefined || answered === '') return [{ success: true }];
		const all: unknown[] = Array.isArray(answered) ? answered : [answered];
		return all.map((one) => (isRecord(one) ? one : { data: one }) as IDataObject);
	},
};

/** The list in an answer: the answer itself, or the first list of records in it or in its `data`. */
function listIn(answered: unknown): IDataObject[] {
	const candidates = [answered, ...valuesOf(answered), ...valuesOf(dig(answered, 'data'))];
	const found = candidates.find((one) => Array.isArray(one) && one.every(isRecord));
	if (found) return found as IDataObject[];
	throw new UserError('The answer holds no list of records. Use Send Request instead.');
}

const valuesOf = (value: unknown): unknown[] => (isRecord(value) ? Object.values(value) : []);

/** Calls of the vendor's API that the node has no operation for: with its credential, pace, retries and sentences. */
export function customApiCall({
	example,
	pages,
	hosts = [],
	writesByGet = () => false,
	mapRecord,
}: CustomApiCall): Resource {
	const path = pathOf(example);
	const host = choice({
		displayName: 'Server',
		name: 'host',
		type: 'options',
		options: [{ name: 'API', value: '' }, ...hosts],
		default: '',
		description: 'Which of the addresses of the credential the path is on',
	});
	const where = hosts.length > 0 ? ([host, path] as const) : ([path] as const);
	const send = operation({
		name: 'Send Request',
		value: 'send',
		action: 'Send custom request',
		description:
			'Send a request that this node has no operation for, with its credential, pace and retries',
		fields: [method, ...where, query, body, repeat, whereWritten],
		writes: ({ method, path }) => `${method} ${path}`,
		request: ({ method, body, repeat, ...call }) => {
			const request = requestOf(method as Method, call, writesByGet);
			const isGet = request.method === 'GET';
			return {
				...request,
				...(!isGet && body !== undefined && { body }),
				repeatable: isGet ? reads(request) : repeat,
				allowEmptyBody: true,
				allowText: true,
			};
		},
		output: anything,
		mapRecord,
	});
	const operations: Operation[] = [send];
	if (pages) {
		operations.push(
			operation({
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many with custom request',
				description: 'Read a list that this node has no operation for, page by page',
				fields: [...where, query],
				request: (call) => requestOf('GET', call, writesByGet),
				output: { records: listIn, pages },
				mapRecord,
			}),
		);
	}
	return { name: 'Custom API Call', value: customApiCallValue, operations };
}
