import { beforeEach, describe, expect, it } from '@jest/globals';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import type { Vendors } from './vendors.setup.mts';

const e164 = '+5511987654321';

/** One person, as spreadsheets, lead forms and people write the number. */
const spelled = [
	'p:+5511987654321',
	'whatsapp:+55 11 98765-4321',
	'tel:+55-11-98765-4321',
	"'5511987654321",
	'5511987654321.0',
	'0055 (11) 98765.4321',
	'\u200b(011)\u00a098765-4321\u202c',
	'11 98765-4321;',
	11987654321,
	5511987654321,
];

const wrong = ['5,51199E+12', '5.51199E+12', 'n/a', 'abc', '12345', '1234567890123456'];

const lead = {
	resource: 'lead',
	operation: 'create',
	utmSource: 'google',
	phones: '={{ $json.phone }}',
};

/** What becomes of phone numbers as people bring them, in a real n8n. */
export function describePhones(setup: () => Vendors): void {
	const run = async (node: VendorName, parameters: object, phones: unknown[], more: object = {}) =>
		await setup().tested.runNode({
			node,
			typeVersion: 1.1,
			parameters: { defaultCountry: 'BR', ...parameters },
			credential: setup().credentials[node],
			items: phones.map((phone) => ({ phone })),
			...more,
		});

	describe('phone numbers', () => {
		beforeEach(() => setup().reset());

		it('of one person make one contact in Zenvia, and Find finds it as it is written', async () => {
			const { prospects } = setup().sims.zenviaSales.vendor;
			const { items, error, execution } = await run('zenviaSales', lead, spelled);
			expect(error).toBeUndefined();
			// Said once for the run, of those that had no +.
			expect(JSON.stringify(execution.raw)).toContain(`which was read as ${e164}`);
			expect(items).toHaveLength(spelled.length);
			expect([...prospects.byId.values()].map(({ phones }) => phones)).toEqual([[e164]]);
			const find = { resource: 'prospect', operation: 'find', phoneNumber: '={{ $json.phone }}' };
			const found = await run('zenviaSales', find, [...spelled, '+55 11 8765-4321']);
			expect(found.items.map(({ json }) => json.phones)).toEqual(
				Array(spelled.length + 1).fill([e164]),
			);
			expect(setup().violations()).toEqual([]);
		});

		it('that are none are refused by name, all of them before the first is sent', async () => {
			const requests = () => setup().sims.zenviaSales.requests;
			const { error } = await run('zenviaSales', lead, [e164, ...wrong]);
			expect(error?.message).toMatch(/'Phones' .*"5,51199E\+12".*scientific notation/);
			expect(requests()).toEqual([]);
			const onError = 'continueRegularOutput';
			const { items } = await run('zenviaSales', lead, [e164, ...wrong], { onError });
			expect(items.slice(1).map(({ json }) => json.error)).toEqual(
				wrong.map((one) => expect.stringContaining(`'Phones' holds "${one}", which `)),
			);
			expect(requests()).toHaveLength(1);
		});

		it('go out as they are in a node of the version before', async () => {
			const { prospects } = setup().sims.zenviaSales.vendor;
			const { error } = await run('zenviaSales', lead, ['+55 11', '\u200babc'], { typeVersion: 1 });
			expect(error).toBeUndefined();
			const stored = [...prospects.byId.values()].map(({ phones }) => phones);
			expect(stored.sort()).toEqual([['+55 11'], ['abc']]);
		});

		it('become dial code and number in Convertalk, and one in Salesflow', async () => {
			const upsert = {
				resource: 'lead',
				operation: 'upsert',
				uuid: '={{ "uuid-" + $itemIndex }}',
				fields: { phone: '={{ $json.phone }}' },
			};
			const { leads } = setup().sims.convertalk.vendor;
			const made = await run('convertalk', upsert, spelled);
			expect(made.error).toBeUndefined();
			const stored = spelled.map(
				(_, n) => leads.byUuid.get(`uuid-${n}`)?.profile.userDetails.contact.phone,
			);
			expect(stored).toEqual(spelled.map(() => ({ number: '11987654321', prefix: '55' })));

			const { vendor } = setup().sims.salesflow;
			const [campaign = 0] = vendor.campaigns.keys();
			const contacts = vendor.seedContacts(1, campaign);
			const update = {
				resource: 'contact',
				operation: 'update',
				contactId: String(contacts[0]?.MemberId),
				updateFields: { phone: '={{ $json.phone }}' },
			};
			const { items } = await run('salesflow', update, spelled.slice(0, 2));
			expect(items.map(({ json }) => json.Phone)).toEqual([e164, e164]);
			expect(setup().violations()).toEqual([]);
		});
	});
}
