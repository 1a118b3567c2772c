import { describe, expect, it } from '@jest/globals';
import { questionLines, settled } from '../../dev/live/questions.mts';
import { record, report } from '../../dev/live/report.mts';
import type { Delivery } from '../../dev/live/walk.mts';
import type { RawAnswer } from '../../dev/kit/simulator.mts';
import { check, edited, start, tried } from './live.setup.mts';

/** How a server may answer a question otherwise than it was inferred. */
interface Otherwise {
	vendor: string;
	asks: string;
	/** What the report says that was found. */
	found: string;
	/** Operations whose good answers are altered; without it, all. */
	operation?: string;
	alter?: (answer: RawAnswer) => RawAnswer;
	/** The only header of a token that the server reads. */
	reads?: string;
	/** What is delivered to a webhook. */
	delivery?: Delivery;
}

const body = (edit: (body: any) => unknown) => (answer: RawAnswer) =>
	answer.body === '' ? answer : edited(answer, edit);
const header = (name: string, value: string) => (answer: RawAnswer) => ({
	...answer,
	headers: { ...answer.headers, [name]: value },
});
const status = (spelled: string) =>
	body(({ conversations, ...rest }) => ({
		...rest,
		conversations: conversations.map((one: object) => ({ ...one, status: spelled })),
	}));
const runOn = (event: string, name: string): Delivery => ({
	event,
	body: { IntegrationRunOn: name, MemberId: 1, FirstName: 'Maria' },
});

const keysConfig = [{ name: 'first name of Maria', required: true }];

const otherwise: Otherwise[] = [
	...[
		['stop_responding', 'stopped_responding'],
		['canceled', 'cancelled'],
		['referral_canceled', 'referral_cancelled'],
	].map(([seed = '', other = '']) => ({
		vendor: 'saleswhale',
		asks: `How the status ${seed} is spelled`,
		found: other,
		operation: 'conversation.getAll',
		alter: status(other),
	})),
	{
		vendor: 'saleswhale',
		asks: 'Whether enrolments can be listed',
		found: 'no (404)',
		operation: 'enrolment.getAll',
		alter: (answer) => ({ ...answer, status: 404, body: '' }),
	},
	{
		vendor: 'saleswhale',
		asks: 'Whether a list of campaigns says how many pages there are',
		found: 'no',
		operation: 'campaign.getAll',
		alter: body((one) => void delete one.meta),
	},
	{
		vendor: 'zenviaSales',
		asks: 'How X-RateLimit-Reset is written',
		found: 'seconds to go',
		alter: header('x-ratelimit-reset', '42'),
	},
	{
		vendor: 'zenviaSales',
		asks: 'Whether good answers carry the X-RateLimit headers',
		found: 'yes',
		alter: header('x-ratelimit-remaining', '7'),
	},
	{
		vendor: 'zenviaSales',
		asks: 'What keysConfig of a template holds',
		found: 'a list of {name: string, required: boolean}',
		operation: 'channel.getAll',
		alter: body((channels) =>
			channels.map(({ templates = [], ...channel }: any) => ({
				...channel,
				templates: templates.map((one: object) => ({ ...one, keysConfig })),
			})),
		),
	},
	{
		vendor: 'zenviaSales',
		asks: 'Whether Find answers one prospect or a list',
		found: 'a list',
		operation: 'prospect.find',
		alter: body((prospect) => [prospect]),
	},
	...[
		['memberConnected', 'How IntegrationRunOn names a connection'],
		['replyDetected', 'How IntegrationRunOn names a reply'],
		['invitationWithdrawn', 'How IntegrationRunOn names a withdrawal'],
	].map(([event = '', asks = '']) => ({
		vendor: 'salesflow',
		asks,
		found: 'INTEGRATION_RUN_ON_SOMETHING',
		delivery: runOn(event, 'INTEGRATION_RUN_ON_SOMETHING'),
	})),
	{
		vendor: 'salesflow',
		asks: 'Whether a contact’s Status holds MEMBER_ words alone',
		found: 'no',
		operation: 'contact.getAll',
		alter: body((contacts) => contacts.map((one: object) => ({ ...one, Status: 'Connected' }))),
	},
	{
		vendor: 'salesflow',
		asks: 'Whether the status of HTTP is the Status of the body',
		found: 'no (200 with 404)',
		operation: 'campaign.getStatistics',
		alter: body(() => ({ Status: 404, Message: 'Not found' })),
	},
	{
		vendor: 'convertalk',
		asks: 'Which header of the token the list of leads reads',
		found: 'x-bp-token',
		operation: 'lead.getAll',
		reads: 'x-bp-token',
	},
	{
		vendor: 'convertalk',
		asks: 'Whether a list of leads says how many there are',
		found: 'total',
		operation: 'lead.getAll',
		alter: body((answer) => ({ ...answer, total: 3 })),
	},
];

/** Runs check:live on a vendor's simulator that answers as it is told. */
async function ask({ vendor, operation, alter, reads, delivery }: Partial<Otherwise>) {
	const one = tried.find(({ name }) => name === vendor);
	if (!one) throw new Error(`No vendor is called ${vendor}`);
	const simulator = await start(one);
	try {
		simulator.setFault(({ operationId, headers }) => {
			if (operation !== undefined && operation !== operationId) return undefined;
			if (reads === undefined) return alter && { kind: 'alter', alter };
			const answer =
				reads in headers
					? { status: 200, body: { success: true, data: [] } }
					: { status: 401, body: {} };
			return { kind: 'answer', when: 'before', answer };
		});
		return await check(one, simulator, delivery && [delivery]);
	} finally {
		await simulator.close();
	}
}

describe('The open questions of a vendor', () => {
	it.each(tried.map(({ name }) => name))(
		'are settled as inferred by a simulator, or stay open: %s',
		async (vendor) => {
			const { questions } = await ask({ vendor });
			expect(questions.length).toBeGreaterThan(1);
			expect(questions.map(settled)).not.toContain('otherwise');
			expect(questions.map(settled)).toContain('as inferred');
		},
	);

	it.each(otherwise)('$vendor: $asks — $found', async (one) => {
		const checked = await ask(one);
		const asked = checked.questions.find(({ question }) => question.asks === one.asks);
		expect([...(asked?.given.keys() ?? [])]).toContain(one.found);
		expect(asked && settled(asked)).toBe('otherwise');
		const lines = questionLines(checked.questions);
		expect(lines.filter((line) => line.includes('Inferred was'))).toEqual(
			expect.arrayContaining([expect.stringContaining(`${one.asks}: `)]),
		);
		const said = report(one.vendor, checked) + JSON.stringify(record(one.vendor, checked));
		expect(said).not.toContain('Maria');
	});

	it('has a case for each question', async () => {
		const all = await Promise.all(tried.map(async ({ name }) => await ask({ vendor: name })));
		const asks = all.flatMap(({ questions }) => questions.map(({ question }) => question.asks));
		expect(otherwise.map((one) => one.asks).sort()).toEqual(asks.sort());
	});
});
