import { type IHttpRequestOptions, type INodeType, UserError } from 'n8n-workflow';
import type { Vendor } from '../../nodes/engine/http/vendor.ts';
import { nodeProperties } from '../../nodes/engine/operation/nodeProperties.ts';
import { customApiCall } from '../../nodes/engine/operation/customApiCall.ts';
import { execute } from '../../nodes/engine/operation/execute.ts';
import { withColumns } from '../../nodes/engine/operation/simplify.ts';
import { id } from '../../nodes/engine/form/id.ts';
import { field } from '../../nodes/engine/form/fields.ts';
import { text } from '../../nodes/engine/form/text.ts';
import {
	batchOperation,
	done,
	many,
	one,
	operation,
	type Resource,
} from '../../nodes/engine/operation/operation.ts';
import { byPageNumber } from '../../nodes/engine/pagination/pages.ts';
import { del, get, post, put } from '../../nodes/engine/http/request.ts';
import type { Subject } from './engine.mts';
import { dig } from '../../nodes/engine/util/json.ts';
import { quote } from '../../nodes/engine/util/text.ts';

/** A vendor made of the engine's parts and nothing else, so that the engine can be seen alone. */
export const tinyApi: Vendor = {
	name: 'Tiny',
	credential: 'tinyApi',
	secrets: ['key'],
	address: ({ baseUrl }, host) => `${String(baseUrl)}${host ? `/${host}` : ''}`,
	limit: ({ perSecond }) =>
		Number(perSecond) > 0 ? { requests: Number(perSecond), perMs: 1000 } : undefined,
	concurrency: 4,
	errorMessage: (body) => {
		const message = dig(body, 'message');
		return typeof message === 'string' ? message : undefined;
	},
};

export const largestPage = 10;

const thingId = id({
	displayName: 'Thing ID',
	name: 'thingId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 7',
});

const plainName = text({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
});

/** The apostrophe in front, by which a spreadsheet takes a value for text, is no part of a name. */
const name = field({ ...plainName.property, name: 'name' }, (raw, item) => {
	const value = plainName.read(raw, item);
	if (!value.startsWith("'")) return value;
	item.notice?.(
		plainName.property,
		`is ${quote(value)}, which was read as ${quote(value.slice(1))}`,
	);
	return value.slice(1);
});

const pages = byPageNumber({
	page: 'page',
	size: { parameter: 'size', most: largestPage },
	next: (body) => dig(body, 'next') as number | undefined,
});

const thing: Resource = {
	name: 'Thing',
	value: 'thing',
	operations: [
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create thing',
			description: 'Create a thing',
			fields: [name],
			request: ({ name }) => ({ ...post`/things`, body: { name } }),
			writes: ({ name }) => name,
			many: { verb: 'make', thing: 'thing', since: 1.1 },
			output: one('thing', { simplify: ['id', 'name'] }),
			mapRecord: (record) => {
				if (record.state === 'bad') throw new UserError('The thing went bad. Make another.');
				return record.state === 'odd' ? { ...record, warning: 'It is odd' } : record;
			},
		}),
		operation({
			name: 'Delete',
			value: 'delete',
			action: 'Delete thing',
			description: 'Delete a thing',
			fields: [thingId],
			request: ({ thingId }) => del`/things/${thingId}`,
			writes: ({ thingId }) => thingId,
			output: done({ deleted: true }),
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get thing',
			description: 'Get a thing',
			fields: [thingId],
			request: ({ thingId }) => get`/things/${thingId}`,
			output: one('thing', { simplifyForAgent: ['id'] }),
		}),
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many things',
			description: 'Get the things of a kind',
			fields: [name],
			request: ({ name }) => ({ ...get`/things`, query: { kind: name } }),
			output: many('things', { pages, date: 'made' }),
		}),
		batchOperation({
			name: 'Look Up',
			value: 'lookup',
			action: 'Look up thing',
			description: 'Find things by their names, three to a request',
			fields: [name],
			batchSize: 3,
			batch: (all) => ({
				...post`/things/find`,
				body: { names: all.map(({ name }) => name) },
				isRead: true,
			}),
			output: many('things'),
			distribute: (records, all) =>
				all.map((one) => records.filter((record) => record.name === one.name)),
		}),
		operation({
			name: 'Update',
			value: 'update',
			action: 'Update thing',
			description: 'Rename a thing',
			fields: [thingId, name],
			request: ({ thingId, name }) => ({ ...put`/things/${thingId}`, body: { name } }),
			writes: ({ thingId }) => thingId,
			output: one('thing'),
		}),
	],
};

const tinyResources: Resource[] = withColumns(
	[
		thing,
		customApiCall({
			example: '/things/7',
			pages,
			hosts: [{ name: 'Other', value: 'other' }],
		}),
	],
	{ 'thing.get': ['id', 'name', 'color', 'warning'] },
);

/** How the requests left the engine, before n8n sent them. */
export const sentOptions: IHttpRequestOptions[] = [];

const node: INodeType = {
	description: {
		displayName: 'Tiny',
		name: 'tiny',
		group: ['transform'],
		version: 1,
		description: 'A tiny vendor',
		defaults: { name: 'Tiny' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'tinyApi', required: true }],
		properties: nodeProperties(tinyResources),
	},
	async execute() {
		return await execute(this, tinyApi, tinyResources);
	},
};

export const tiny: Subject = {
	node,
	credential: {
		name: 'tinyApi',
		displayName: 'Tiny API',
		properties: [
			{ displayName: 'Key', name: 'key', type: 'string', required: true, default: '' },
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'Per Second', name: 'perSecond', type: 'number', default: 0 },
		],
		authenticate: async (credentials, request) => {
			sentOptions.push({ ...request });
			const { qs = {}, headers = {} } = request;
			request.qs = { ...qs, token: credentials.key };
			request.headers = { ...headers, authorization: `Bearer ${String(credentials.key)}` };
			return request;
		},
	},
};
