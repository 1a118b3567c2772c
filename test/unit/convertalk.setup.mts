import * as fc from 'fast-check';
import { Leads } from '../../dev/vendors/convertalk/simulator/leads.mts';
import { type Lead, type Order, orders } from '../../dev/vendors/convertalk/simulator/model.mts';

const minute = 60_000;

/** One thing that happens to the leads. The numbers choose whom it happens to. */
export type Happening =
	| { kind: 'appear'; count: number; sharesTime: boolean }
	| { kind: 'change'; who: number; time: 'new' | 'shared' }
	| { kind: 'visit' | 'touch'; who: number }
	| { kind: 'reorder'; order: Order; salt: string }
	| { kind: 'pass'; minutes: number };

/** Away with a lead: apart from the others, since pages may then skip a lead without a sign. */
export type Removal = { kind: 'remove'; who: number };

/** One poll, and what goes wrong with it. Pages are counted from the poll's first. */
export interface Poll {
	kind: 'poll';
	/** The page that cannot be read. */
	failsAt?: number;
	/** The page before which the time is out. */
	cutAt?: number;
	/** What happens while pages are read, by page. */
	meanwhile: Array<{ page: number; what: Happening | Removal }>;
}

export type Step = Happening | Removal | Poll;

const someone = fc.nat(9_999);
const orderNames = Object.keys(orders) as Order[];

const happening: fc.Arbitrary<Happening> = fc.oneof(
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('appear' as const),
			count: fc.integer({ min: 1, max: 3 }),
			sharesTime: fc.boolean(),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('change' as const),
			who: someone,
			time: fc.constantFrom('new' as const, 'new' as const, 'shared' as const),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constantFrom('visit' as const, 'touch' as const),
			who: someone,
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('reorder' as const),
			// Mostly the order in which a reading may end early, or that would never be put to the test.
			order: fc.oneof(
				{ weight: 2, arbitrary: fc.constant('updatedDescending' as const) },
				{ weight: 1, arbitrary: fc.constantFrom(...orderNames) },
			),
			salt: fc.string({ maxLength: 3 }),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('pass' as const),
			minutes: fc.integer({ min: 1, max: 90 }),
		}),
	},
);

const removal: fc.Arbitrary<Removal> = fc.record({
	kind: fc.constant('remove' as const),
	who: someone,
});

const meanwhile = fc.array(
	fc.record({
		page: fc.integer({ min: 1, max: 12 }),
		what: fc.oneof({ weight: 9, arbitrary: happening }, { weight: 1, arbitrary: removal }),
	}),
	{ maxLength: 3 },
);

const poll: fc.Arbitrary<Poll> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('poll' as const),
			meanwhile: fc.constant<Poll['meanwhile']>([]),
		}),
	},
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('poll' as const), meanwhile }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('poll' as const),
			failsAt: fc.integer({ min: 1, max: 15 }),
			meanwhile,
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('poll' as const),
			cutAt: fc.integer({ min: 1, max: 15 }),
			meanwhile,
		}),
	},
);

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 12, arbitrary: happening },
	{ weight: 1, arbitrary: removal },
	{ weight: 8, arbitrary: poll },
);

/** Always the same steps for the same seed. */
export const stepsOf = (seed: number, count: number): Step[] =>
	fc.sample(step, { seed, numRuns: count });

/** Leads on a server, and what happens to them. */
export class Setup {
	readonly leads: Leads;
	private clock = Date.parse('2026-01-01T00:00:00Z');

	constructor(pageSize: number, leads = new Leads()) {
		this.leads = leads;
		leads.pageSize = pageSize;
		leads.now = () => this.clock;
	}

	happen(what: Happening | Removal): void {
		const { leads } = this;
		if (what.kind === 'pass') this.clock += what.minutes * minute;
		else if (what.kind === 'reorder') leads.sortBy(what.order, what.salt);
		else if (what.kind === 'appear') {
			if (!what.sharesTime) this.clock += 1;
			leads.addMany(what.count);
		} else {
			const all = leads.list('lead');
			const { uuid } = all[what.who % all.length] ?? {};
			if (uuid === undefined) return;
			if (what.kind === 'visit') leads.visit(uuid);
			else if (what.kind === 'touch') leads.change(uuid, () => {});
			else if (what.kind === 'remove') leads.remove(uuid);
			else if (what.kind === 'change') this.change(uuid, what);
		}
	}

	private change(uuid: string, { who, time }: Extract<Happening, { kind: 'change' }>): void {
		if (time === 'new') this.clock += 1 + (who % 1000);
		const renamed = (lead: Lead) => {
			lead.profile.userDetails.name = `${lead.profile.userDetails.name?.slice(0, 20)} ${who}`;
		};
		// `shared` has the time of whatever happened last, which may be the lead's own.
		this.leads.change(uuid, renamed, this.clock);
	}
}

/** A lead's state as far as it counts: a visit or a later time alone is no change. */
export function stateOf(lead: object): string {
	const known = states.get(lead) ?? describe(lead);
	states.set(lead, known);
	return known;
}

/** The leads of the simulator are never changed, but replaced. */
const states = new WeakMap<object, string>();

function describe(lead: object): string {
	const { isOnline, lastSeenAt, websiteVisits, updatedAt, ...lasting } = lead as Lead;
	void [isOnline, lastSeenAt, websiteVisits, updatedAt];
	return JSON.stringify(lasting);
}
