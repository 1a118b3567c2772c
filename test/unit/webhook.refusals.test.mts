import { describe, expect, it } from '@jest/globals';
import { SaleswhaleTrigger } from '../../nodes/Saleswhale/SaleswhaleTrigger.node.ts';
import { ZenviaSalesAppTrigger } from '../../nodes/ZenviaSales/ZenviaSalesAppTrigger.node.ts';
import { hmacHex } from '../../nodes/engine/webhook/digests.ts';
import { deliver, type Delivered } from '../../dev/n8n/webhookContext.mts';
import { key, type Kind, salesflow, secretOf, workflow, zenvia } from './triggers.setup.mts';

const body = {
	event_name: 'conversation.ended',
	event_time: '2026-05-19T12:11:03.321+08:00',
	event_payload: { conversation: { id: 1, status: 'qualified' } },
};

/** What Saleswhale delivers, signed so many seconds ago. */
const signed = (more: Partial<Delivered> = {}, seconds = 0): Omit<Delivered, 'workflow'> => {
	const timestamp = String(Math.floor(Date.now() / 1000) - seconds);
	const { body: sent = body } = more;
	const signature = hmacHex(key, `${timestamp}.`, JSON.stringify(sent));
	return {
		...{ credential: { apiKey: key }, parameters: { events: ['conversation.ended'] } },
		...{ query: { timestamp, signature }, body: sent },
		...more,
	};
};

const app = {
	credential: { appId: 'app', appSecret: 'secret', privateKey: 'private' },
	parameters: { events: ['installed'], settingsForm: '{}', defaultSettings: '{}' },
};
const shown = { appId: 'app', appSecret: 'secret' };
const saleswhale = new SaleswhaleTrigger();
const appTrigger = new ZenviaSalesAppTrigger();

describe('a delivery that is refused', () => {
	it.each([
		[
			'after the key was changed at Saleswhale',
			401,
			signed({ credential: { apiKey: 'another key' } }),
			/^"Trigger" refused a delivery: its signature does not fit the API key in the credential\. If Saleswhale sent it, enter the key that the account has now\.$/,
		],
		['without a signature', 401, signed({ query: {} }), /: it has no signature\.$/],
		[
			'where the clock of n8n is wrong',
			401,
			signed({}, 4000),
			/: Saleswhale signed it at 20\S+Z, and 'Maximum Age \(Seconds\)' is 300\. Check the clock of n8n's machine\.$/,
		],
		[
			'since it is no event',
			400,
			signed({ body: { hello: 'there' } }),
			/: its body is not an event that this trigger knows\. If Saleswhale sent it, Saleswhale may have changed what it sends\.$/,
		],
		['since it is no object', 400, signed({ body: [body] }), /: its body is not a JSON object\.$/],
	])('by the Saleswhale Trigger, %s, is explained in n8n’s log', async (_, status, given, line) => {
		const log: string[] = [];
		const reply = await deliver(saleswhale, { ...given, workflow: workflow(), log });
		expect(reply).toMatchObject({ status, item: undefined });
		expect(log).toEqual([expect.stringMatching(line)]);
	});

	it.each([
		['another app’s', 401, { body: { ...shown, appSecret: 'no' } }, /App ID and App Secret/],
		['another private key', 401, { method: 'GET', query: { signature: 'no' } }, /Private Key/],
		['no call', 400, { body: shown }, /: it is not a call that Zenvia makes on an app\.$/],
	])('by the Zenvia Sales App Trigger, of %s, is explained', async (_, status, given, line) => {
		const log: string[] = [];
		const reply = await deliver(appTrigger, { ...app, ...given, workflow: workflow(), log });
		expect(reply.status).toBe(status);
		expect(log).toEqual([expect.stringMatching(line)]);
	});

	it.each<[string, Kind]>([
		['Zenvia', zenvia],
		['Salesflow', salesflow],
	])(
		'for its secret, by the trigger of %s, is explained once in ten minutes',
		async (name, kind) => {
			const [id, log, log2] = [workflow(), [] as string[], [] as string[]];
			for (let n = 0; n < 3; n++) await kind.deliver({ workflow: id, secret: 'wrong', log, n });
			expect(log).toEqual([
				`"Trigger" refused a delivery: the address that was called does not have the secret of this trigger. If ${name} called it, unpublish the workflow and publish it again.`,
			]);
			await kind.deliver({ workflow: workflow(), secret: 'wrong', log: log2 });
			expect(log2).toHaveLength(1);
		},
	);

	it('says nothing of what is taken', async () => {
		const log: string[] = [];
		const id = workflow();
		const taken = await zenvia.deliver({ workflow: id, secret: secretOf(id), log });
		expect(taken.item).toBeDefined();
		await deliver(saleswhale, { ...signed(), workflow: workflow(), log });
		expect(log).toEqual([]);
	});
});
