import { afterEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { zenvia, e164 } from './phoneFields.setup.mts';
import { closeServers, type Handler, type Received } from './server.mts';

afterEach(closeServers);

describe('The phone of a prospect in Zenvia', () => {
	const prospectId = 'a'.repeat(24);
	const update = (phone: unknown): INodeParameters => ({
		resource: 'prospect',
		operation: 'update',
		prospectId,
		updateFields: { phone: phone as string },
		defaultCountry: 'BR',
	});

	it.each(['(11) 98765-4321', '={{ "11987654321" }}', '={{ 11987654321 }}'])(
		'is added in E.164: %p',
		async (phone) => {
			const { received, error } = await zenvia({ parameters: update(phone) });
			expect(error).toBeUndefined();
			expect(received[0]?.body).toEqual({ phone: e164 });
		},
	);

	it('is one', async () => {
		const { error, received } = await zenvia({ parameters: update(`${e164}; ${e164}`) });
		expect(error).toMatch(/^'Phone' holds 2 phone numbers. Enter one./);
		expect(received).toEqual([]);
	});

	it('is archived with', async () => {
		const { received } = await zenvia({
			parameters: { ...update('(11) 98765-4321'), operation: 'archive', archivingReason: 'sold' },
		});
		expect(received[0]?.body).toEqual({ archivingReason: 'sold', phone: e164 });
	});

	it.each([';', 'tel:', '"', 'n/a'])('narrows nothing down with %p', async (phoneNumber) => {
		const { received, error } = await zenvia({
			parameters: { resource: 'prospect', operation: 'getAll', filters: { phoneNumber } },
			handle: () => [],
		});
		expect(error).toMatch(/^'Phone Number' holds/);
		expect(received).toEqual([]);
	});

	it('narrows a list down', async () => {
		const { received } = await zenvia({
			parameters: {
				resource: 'prospect',
				operation: 'getAll',
				filters: { phoneNumber: '(11) 98765-4321' },
				defaultCountry: 'BR',
			},
			handle: () => [],
		});
		expect(received[0]?.query.get('phoneNumber')).toBe(e164);
	});
});

describe('Finding a prospect by phone in Zenvia', () => {
	const find = (phoneNumber: string): INodeParameters => ({
		resource: 'prospect',
		operation: 'find',
		phoneNumber,
	});
	const numbersOf = (received: Received[]) => received.map(({ query }) => query.get('phoneNumber'));
	const storedAs =
		(stored: string): Handler =>
		({ query }) =>
			query.get('phoneNumber') === stored ? [{ _id: '1' }] : [];

	it.each([
		['+55 11 98765-4321', e164, [e164]],
		['+55 11 98765-4321', '+551187654321', [e164, '+551187654321']],
		['+55 11 8765-4321', e164, ['+551187654321', e164]],
		['+54 11 4552-0371', '+5491145520371', ['+541145520371', '+5491145520371']],
		['+52 55 1234 5678', '+5215512345678', ['+525512345678', '+5215512345678']],
	])('%s, which is stored as %s', async (entered, stored, asked) => {
		const { received, json } = await zenvia({
			parameters: find(entered),
			handle: storedAs(stored),
		});
		expect(numbersOf(received)).toEqual(asked);
		expect(json).toEqual([{ id: '1' }]);
	});

	it('asks once for each spelling where there is nobody', async () => {
		const { received, json } = await zenvia({ parameters: find(e164), handle: storedAs('none') });
		expect(numbersOf(received)).toEqual([e164, '+551187654321']);
		expect(json).toEqual([]);
	});

	it.each<[INodeParameters, number]>([
		[{ phoneFormat: 'asItIs' }, 1.1],
		[{}, 1],
	])('asks once for what was entered with %p in version %p', async (more, typeVersion) => {
		const { received } = await zenvia({
			parameters: { ...find(e164), ...more },
			handle: storedAs('none'),
			typeVersion,
		});
		expect(numbersOf(received)).toEqual([e164]);
	});
});
