import { describe, expect, it } from '@jest/globals';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { webhookUrl } from '../../dev/n8n/webhookContext.mts';
import { type Kind, workflow, secretOf, zenvia, salesflow } from './triggers.setup.mts';

/** A vendor that has these secrets registered; counts how often it is asked. */
function vendorWith(kind: Kind, secrets: string[]) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) => {
		asked.push(options);
		return { statusCode: 200, headers: {}, body: kind.listed(secrets) };
	};
	return { asked, helpers: { httpRequestWithAuthentication } };
}

describe.each([
	['Zenvia Sales', zenvia],
	['Salesflow', salesflow],
])('The secret in the address of a trigger of %s', (_, kind) => {
	it('is made of the key, and asks nobody', async () => {
		const [id, other] = [workflow(), workflow()];
		const { asked, helpers } = vendorWith(kind, []);
		const { item } = await kind.deliver({ workflow: id, secret: secretOf(id), helpers });
		expect(item).toBeDefined();
		for (const secret of ['', 'x', secretOf(id).slice(1), `${secretOf(id)}x`, secretOf(other)]) {
			expect((await kind.deliver({ workflow: other, secret: secretOf(id), helpers })).status).toBe(
				401,
			);
			expect((await kind.deliver({ workflow: id, secret, helpers, n: 1 })).status).toBe(401);
		}
		// One list of each, for those that look like secrets of ours.
		expect(asked.length).toBeLessThanOrEqual(2);
	});

	it('is not taken from what is stored with the workflow, where its author chose it', async () => {
		const id = workflow();
		const chosen = 'c'.repeat(43);
		const { helpers } = vendorWith(kind, [secretOf(id)]);
		const memory: IDataObject = { secret: chosen };
		expect((await kind.deliver({ workflow: id, secret: chosen, memory, helpers })).status).toBe(
			401,
		);
		expect(
			(await kind.deliver({ workflow: id, secret: secretOf(id), memory, helpers })).item,
		).toBeDefined();
		expect(JSON.stringify(memory)).not.toMatch(/secret|c{43}/);
		expect(JSON.stringify(memory)).not.toContain(secretOf(id));
	});

	it('is another one with New Secret, and the old one is refused', async () => {
		const id = workflow();
		const { helpers } = vendorWith(kind, []);
		const parameters = {
			topics: ['prospects'],
			events: ['replyDetected'],
			options: { newAddress: 'B' },
		};
		const again = { workflow: id, parameters, helpers };
		expect((await kind.deliver({ ...again, secret: secretOf(id) })).status).toBe(401);
		expect((await kind.deliver({ ...again, secret: secretOf(id, 'B') })).item).toBeDefined();
	});

	it('stays that of an earlier key until the vendor has another: it is asked once', async () => {
		const id = workflow();
		const before = secretOf(id, '', 'the key before');
		const { asked, helpers } = vendorWith(kind, [before]);
		const all = [1, 2, 3].map(
			async (n) => await kind.deliver({ workflow: id, secret: before, helpers, n }),
		);
		expect((await Promise.all(all)).map(({ item }) => item !== undefined)).toEqual([
			true,
			true,
			true,
		]);
		expect(asked).toHaveLength(1);
		expect((await kind.deliver({ workflow: id, secret: 'f'.repeat(43), helpers })).status).toBe(
			401,
		);
		expect(asked).toHaveLength(1);
	});

	it('proves the address that n8n forgot, which is remembered again; a forged one proves nothing', async () => {
		const id = workflow();
		const memory: IDataObject = {};
		const { helpers } = vendorWith(kind, []);
		const given = { workflow: id, memory, helpers };
		await kind.deliver({ ...given, secret: 'f'.repeat(43) });
		expect(JSON.stringify(memory)).not.toContain(webhookUrl);
		await kind.deliver({ ...given, secret: secretOf(id) });
		expect(JSON.stringify(memory)).toContain(`"addresses":["${webhookUrl}"]`);
	});

	it('starts the workflow where WEBHOOK_URL was made no address since it was registered', async () => {
		const id = workflow();
		const given = {
			workflow: id,
			secret: secretOf(id),
			ownAddress: 'n8n.example/webhook/abc/webhook',
		};
		expect((await kind.deliver(given)).item).toBeDefined();
		expect((await kind.deliver({ ...given, secret: 'd'.repeat(43) })).status).toBe(401);
	});

	it('is refused where the vendor has it for another trigger, or does not answer', async () => {
		const [id, silent] = [workflow(), workflow()];
		const foreign = 'd'.repeat(43);
		const elsewhere = {
			...kind,
			listed: (secrets: string[]) =>
				JSON.parse(JSON.stringify(kind.listed(secrets)).replaceAll('/abc/', '/xyz/')) as unknown,
		};
		const { helpers } = vendorWith(elsewhere, [foreign]);
		expect((await kind.deliver({ workflow: id, secret: foreign, helpers })).status).toBe(401);
		const fails = {
			httpRequestWithAuthentication: async () => ({ statusCode: 403, headers: {}, body: {} }),
		};
		expect((await kind.deliver({ workflow: silent, secret: foreign, helpers: fails })).status).toBe(
			401,
		);
	});
});
