import { beforeAll, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import type { TestN8n } from '../../dev/n8n/harness.mts';
import { type Execution, itemsOf } from '../../dev/n8n/execution.mts';
import { chain, manualTrigger, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import { vendorOf } from '../../dev/vendors.mts';
import { type CrashSetup, until } from './crash.setup.mts';

const count = { rows: 1_000, people: 400, there: 200 };
/** Each person's first row comes before any second one, those who are there first: so many are made by row 300. */
const madeByRow300 = 300 - count.there;
const holdMs = 600_000;

/** A create that can be told what to do where somebody exists. */
interface Creates {
	name: VendorName;
	/** Puts the first of the people into the account. */
	seed(): void;
	/** The columns of the person of a number, from 1 on. */
	row(person: number): IDataObject;
	parameters: object;
	/** The contract's operation that looks people up, and most of it in a run. */
	looksUp: { asks: string; most: number };
	/** Whom the account has by now, in the order in which they came, with what they are told by. */
	people(): Array<{ id: unknown; known: string }>;
	idIn(json: Record<string, unknown>): unknown;
	/** Whether the vendor makes nobody: what it calls a create changes those who are there, and skips the others. */
	makesNobody?: boolean;
}

const creating = ({ setup }: Started): Creates[] => {
	const { saleswhale, zenviaSales, salesflow, convertalk } = setup.sims;
	return [
		{
			name: 'saleswhale',
			seed: () => void saleswhale.vendor.seedLeads(count.there),
			row: (person) => ({ email: `seed${person}@example.com` }),
			parameters: {},
			// Saleswhale refuses whom it has, so that nobody is looked up.
			looksUp: { asks: 'conversation.getAll', most: 0 },
			people: () =>
				[...saleswhale.vendor.leads.byId.values()].map(({ id, email }) => ({ id, known: email })),
			idIn: ({ id }) => id,
		},
		{
			name: 'zenviaSales',
			seed: () => void zenviaSales.vendor.seedProspects(count.there),
			row: (person) => ({ email: `seed${person}@example.com` }),
			parameters: {},
			looksUp: { asks: 'prospect.find', most: count.people },
			people: () =>
				[...zenviaSales.vendor.prospects.byId.values()].map(({ id, emails }) => ({
					id,
					known: String(emails[0]),
				})),
			idIn: ({ id }) => id,
		},
		{
			name: 'salesflow',
			seed: () => void salesflow.vendor.seedContacts(count.there),
			row: (person) => ({
				identifier: `person-${person}`,
				campaignId: [...salesflow.vendor.campaigns.keys()][0],
			}),
			parameters: { options: { mostItems: count.rows } },
			looksUp: { asks: 'contact.lookup', most: count.people / 20 },
			people: () =>
				[...salesflow.vendor.contacts.byId.values()].map(({ MemberId, PublicIdentifier }) => ({
					id: MemberId,
					known: PublicIdentifier,
				})),
			idIn: ({ MemberId }) => MemberId,
		},
		{
			name: 'convertalk',
			seed: () => void convertalk.vendor.leads.addMany(count.there),
			row: (person) => ({ email: `lead${person}@example.com` }),
			parameters: { matchBy: 'email', matchEmail: '={{ $json.email }}', ifNotFound: 'skip' },
			// The list of leads ends with an empty page, and is read six times at most where the other run moves its leads.
			looksUp: {
				asks: 'lead.getAll',
				most: 6 * (count.there / convertalk.vendor.leads.pageSize + 1),
			},
			people: () =>
				[...convertalk.vendor.leads.byUuid.values()].map(({ uuid, profile }) => ({
					id: uuid,
					known: String(profile.userDetails.contact.email),
				})),
			idIn: ({ uuid }) => uuid,
			makesNobody: true,
		},
	];
};

interface Started {
	tested: TestN8n;
	setup: CrashSetup;
}

/**
 * What becomes of a list with people who are there and people who come several times, where n8n is killed half way, and
 * the list is run again, by two people at the same time.
 */
export function describePeople(started: () => Started): void {
	const makers = ['saleswhale', 'zenviaSales', 'salesflow'] as const;
	const vendors = [...makers, 'convertalk'] as const;
	let runs: Record<string, Execution[]>;
	let lookUps: Record<string, number[]>;
	let madeAtCrash: Record<string, number>;

	const of = (name: VendorName): Creates => {
		const found = creating(started()).find((one) => one.name === name);
		if (!found) throw new Error(`${name} creates nobody.`);
		return found;
	};
	const simOf = (name: VendorName) => started().setup.sims[name];
	/** How many were made or, where the vendor makes nobody, how often somebody was written to for a second time. */
	const made = (name: VendorName) =>
		simOf(name).journal.entries(vendorOf(name).kit.creating.what).length - count.there;
	const lookUpsOf = (name: VendorName) =>
		simOf(name).requests.filter(({ operationId }) => operationId === of(name).looksUp.asks).length;
	const personOf = (row: number): number => (row % count.people) + 1;

	/** Whom the account has by now: their IDs, by what they are told by. */
	const peopleOf = (name: VendorName): Map<string, unknown> =>
		new Map(
			of(name)
				.people()
				.map(({ id, known }) => [known, id]),
		);

	/** Each row of the runs after the crash has its person, in its place. */
	function expectRows(name: VendorName): void {
		const { idIn, row, makesNobody } = of(name);
		const all = peopleOf(name);
		for (const execution of runs[name] ?? []) {
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			const items = itemsOf(execution, 'Create');
			expect(items).toHaveLength(count.rows);
			const wrong = items.filter(({ json, pairedItem }, n) => {
				const { email, identifier } = row(personOf(n));
				const known = String(email ?? identifier);
				// Saleswhale's refusal tells no ID, and whom nobody makes has none: such rows are linked by the address.
				const isNamed = idIn(json) === undefined && String(json.reason).includes(`"${known}"`);
				const mayBeNamed = name === 'saleswhale' || (makesNobody && !all.has(known));
				const isLinked = all.has(known) && idIn(json) === all.get(known);
				const isInPlace = JSON.stringify(pairedItem) === JSON.stringify({ item: n });
				return !(isLinked || (mayBeNamed && isNamed)) || !isInPlace;
			});
			expect(wrong).toEqual([]);
		}
	}

	async function save(name: VendorName): Promise<SavedWorkflow> {
		const { tested, setup } = started();
		const { parameters, row } = of(name);
		const { node, kit } = vendorOf(name);
		const typeVersion = node.description.defaultVersion;
		const own = {
			...{ node: name, typeVersion, credential: setup.credentials[name] },
			parameters: { ...kit.creating.parameters, ifExists: 'skip', ...parameters },
		};
		const rows = Array.from({ length: count.rows }, (_, n) => ({ json: row(personOf(n)) }));
		const pinData = { [manualTrigger.name]: rows };
		const workflow = chain(`People of ${name}`, [manualTrigger, tested.node(own, 'Create')]);
		return await tested.n8n.createWorkflow({ ...workflow, pinData });
	}

	describe('1,000 rows of 400 people, 200 of whom were there, cut off at row 300 and run again twice at once', () => {
		beforeAll(async () => {
			const { n8n } = started().tested;
			for (const simulator of started().setup.all) simulator.reset();
			const saved: SavedWorkflow[] = [];
			for (const name of vendors) {
				of(name).seed();
				simOf(name).setFault(({ operationId }) =>
					operationId?.startsWith(vendorOf(name).kit.creating.what) && made(name) >= madeByRow300
						? { kind: 'stall', when: 'before', ms: holdMs }
						: undefined,
				);
				saved.push(await save(name));
			}
			for (const one of saved) await n8n.begin(one);
			await until(
				() => vendors.every((name) => made(name) >= madeByRow300),
				`${madeByRow300} of ${count.people} people are created`,
			);
			await n8n.kill();
			for (const name of vendors) simOf(name).setFault(undefined);
			madeAtCrash = Object.fromEntries(vendors.map((name) => [name, made(name)]));
			lookUps = Object.fromEntries(vendors.map((name) => [name, [lookUpsOf(name)]]));
			await n8n.restart();
			await n8n.setUpOwner();
			const both = await Promise.all(
				[...saved, ...saved].map(async (one) => await n8n.run(one, { timeout: 120_000 })),
			);
			runs = Object.fromEntries(
				vendors.map((name, n) => [
					name,
					[both[n], both[n + vendors.length]].filter((one) => one !== undefined),
				]),
			);
			for (const name of vendors) lookUps[name]?.push(lookUpsOf(name) - (lookUps[name]?.[0] ?? 0));
		});

		it.each(makers)('make exactly 200 in %s, none twice, each row its person', (name) => {
			expect(madeAtCrash[name]).toBeGreaterThanOrEqual(madeByRow300);
			expect(madeAtCrash[name]).toBeLessThan(count.people - count.there);
			expect(simOf(name).journal.doneTwice(vendorOf(name).kit.creating.what)).toEqual([]);
			expect(made(name)).toBe(count.people - count.there);
			expect(simOf(name).journal.doneTwice(vendorOf(name).kit.creating.what)).toEqual([]);
			expect(peopleOf(name).size).toBe(count.people);
			expectRows(name);
		});

		it('write to the same 200 in Convertalk, which makes nobody, and skip the others', () => {
			expect(peopleOf('convertalk').size).toBe(count.there);
			expectRows('convertalk');
		});

		it.each(vendors)('ask %s at most once for each person, or for twenty', (name) => {
			const { most } = of(name).looksUp;
			const [first = Infinity, bothAgain = Infinity] = lookUps[name] ?? [];
			expect(first).toBeLessThanOrEqual(most);
			expect(bothAgain).toBeLessThanOrEqual(2 * most);
			expect(simOf(name).violations()).toEqual([]);
		});
	});
}
