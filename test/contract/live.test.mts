import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { record, report } from '../../dev/live/report.mts';
import type { RawAnswer, Simulator } from '../../dev/kit/simulator.mts';
import { check, edited, fieldsThat, start, tried, type Tried, valuesIn } from './live.setup.mts';

const saleswhale = tried.find(({ name }) => name === 'saleswhale') as Tried;

/** Starts a simulator for the time of a test. */
async function using<T>(one: Tried, work: (simulator: Simulator) => Promise<T>): Promise<T> {
	const simulator = await start(one);
	try {
		return await work(simulator);
	} finally {
		await simulator.close();
	}
}

describe.each(tried)('check:live on $name', (one) => {
	it('finds nothing where the server keeps the contract, asks well, and writes nothing', async () => {
		await using(one, async (simulator) => {
			const before = simulator.journal.entries().length;
			const checked = await check(one, simulator);
			expect(fieldsThat('differs', checked)).toEqual([]);
			expect(fieldsThat('agrees', checked).length).toBeGreaterThan(20);
			expect(simulator.violations()).toEqual([]);
			expect(simulator.journal.entries()).toHaveLength(before);
			const { postsThatRead = {}, leftOut = {} } = one.kit.live;
			const writing = simulator.requests.filter(
				({ method, operationId: id = '' }) =>
					id in leftOut || (method !== 'GET' && !(id in postsThatRead)),
			);
			expect(writing).toEqual([]);
		});
	});

	it('shows and records no value of an answer, and no key', async () => {
		await using(one, async (simulator) => {
			const values = new Set<string>(valuesIn(one.data).filter((value) => value.length > 1));
			simulator.setFault(() => ({
				kind: 'alter',
				alter: (answer: RawAnswer) => {
					if (answer.body.length === 0) return answer;
					for (const each of valuesIn(JSON.parse(String(answer.body)))) values.add(each);
					return edited(answer, withPersonalName);
				},
			}));
			const checked = await check(one, simulator);
			const said = report(one.name, checked) + JSON.stringify(record(one.name, checked));
			expect(said).toContain('not in the contract');
			// Words that the contract itself has, such as those of an enumeration, tell nothing of anybody.
			const contract = await readFile(one.contract, 'utf8');
			const personal = [...values].filter((value) => value.length > 3 && !contract.includes(value));
			expect(personal.length).toBeGreaterThan(5);
			const told = personal.filter((value) => said.includes(value));
			expect(told).toEqual([]);
			expect(said).not.toMatch(/maria|@/i);
		});
	});
});

/** A record whose names of fields are data too. */
function withPersonalName(body: unknown): unknown {
	const named = { 'maria@example.com': 'Maria', 'Maria Silva': 1 };
	if (!Array.isArray(body)) return { ...(body as object), ...named };
	return body.map((each) => (typeof each === 'object' ? { ...each, ...named } : each));
}

/** Ten ways in which a server can differ, each in an operation of its own, and the line that tells of it. */
const differences: Array<[string, string, (answer: RawAnswer) => RawAnswer, string]> = [
	[
		'a field is missing',
		'salesRep.get',
		json((body) => void delete body.sales_rep.email),
		'salesRep.get sales_rep.email: missing',
	],
	[
		'a field has another type',
		'team.get',
		json(({ team }) => void (team.id = String(team.id))),
		'team.get team.id: string in place of integer',
	],
	[
		'a field is null',
		'lead.get',
		json((body) => void (body.lead.email = null)),
		'lead.get lead.email: null in place of string',
	],
	[
		'there is a field more',
		'customAttribute.getAll',
		json(({ custom_attributes: [first] }) => void (first.scope = 'x')),
		'customAttribute.getAll custom_attributes[].scope: not in the contract; string',
	],
	[
		'a value is none of an enumeration',
		'conversation.get',
		json(({ conversation }) => void (conversation.status = 'snoozed')),
		'conversation.get conversation.status: another value than pending_lead_response',
	],
	[
		'the status is another',
		'enrolment.getAll',
		(answer) => ({ ...answer, status: 203 }),
		'enrolment.getAll (status): status 203 in place of 200',
	],
	[
		'the content type is another',
		'salesRep.getAll',
		typed('text/html'),
		'salesRep.getAll (content type): text/html in place of application/json',
	],
	[
		'a list stands for an object',
		'lead.getConversations',
		json((body) => void (body.conversation = [])),
		'lead.getConversations conversation: array in place of object',
	],
	[
		'a date is written in another way',
		'conversation.getAll',
		json((body) => void (body.conversations[0].started_at = '24/11/2026 20:00')),
		'conversation.getAll conversations[].started_at: a text that is no date-time',
	],
	[
		'the numbers of the pages are missing',
		'campaign.getAll',
		json((body) => void delete body.meta),
		'campaign.getAll meta: missing',
	],
];

function json(edit: (body: any) => unknown) {
	return (answer: RawAnswer): RawAnswer => edited(answer, edit);
}

function typed(type: string) {
	return ({ headers, ...answer }: RawAnswer): RawAnswer => ({
		...answer,
		headers: { ...headers, 'content-type': type },
	});
}

/** Makes a simulator of Saleswhale differ in all ten. */
function differ(simulator: Simulator): void {
	const changes = new Map(differences.map(([, operation, alter]) => [operation, alter]));
	simulator.setFault(({ operationId = '' }) => {
		const alter = changes.get(operationId);
		return alter && { kind: 'alter', alter };
	});
}

describe('check:live on a server that differs in ten places', () => {
	it('finds all ten, and nothing else', async () => {
		await using(saleswhale, async (simulator) => {
			differ(simulator);
			const found = fieldsThat('differs', await check(saleswhale, simulator));
			for (const [what, , , line] of differences) {
				expect({ what, found: found.filter((one) => one.startsWith(line)).length }).toEqual({
					what,
					found: 1,
				});
			}
			expect(found).toHaveLength(differences.length);
		});
	});

	it('puts what is inferred first', async () => {
		await using(saleswhale, async (simulator) => {
			differ(simulator);
			const lines = report('Saleswhale', await check(saleswhale, simulator)).split('\n');
			const at = (text: string) => lines.findIndex((line) => line.includes(text));
			expect(at('Differs: 10')).toBeGreaterThan(0);
			expect(at('enrolment.getAll  (status)')).toBeLessThan(at('team.get  team.id'));
		});
	});
});

describe('check:live on a refusal', () => {
	it('tells that the key was refused, and claims no difference', async () => {
		await using(saleswhale, async (simulator) => {
			const checked = await check({ ...saleswhale, data: { apiKey: 'wrong' } }, simulator);
			expect(fieldsThat('differs', checked)).toEqual([]);
			expect(report('Saleswhale', checked)).toContain('team.get, refused with 401');
		});
	});
});
