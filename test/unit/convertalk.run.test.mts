import { describe, expect, it } from '@jest/globals';
import { type Lead } from '../../dev/vendors/convertalk/simulator/model.mts';
import { polledLead } from '../../nodes/Convertalk/trigger/polled.ts';
import { diffPages } from '../../nodes/engine/polling/diffPages.ts';
import type { ListMemory } from '../../nodes/engine/polling/pollDiff.ts';
import { type Poll, stateOf, stepsOf, Setup } from './convertalk.setup.mts';

/** Pages of 3, 5, 10 and 20 leads, by the seed's rest. */
const seeds = [1, 7, 42, 1789, 271828];
const stepCount = 2_000;

class Unreadable extends Error {}

/** What one run did, to show that it did put the promise to the test. */
interface Tally {
	polls: number;
	ended: number;
	judgedWhole: number;
	emitted: number;
	stoppedEarly: number;
	failed: number;
	cut: number;
	repeated: number;
}

/** A trigger that is judged: what it should hand on is reckoned from what it was shown. */
class Oracle {
	readonly tally: Tally = {
		polls: 0,
		ended: 0,
		judgedWhole: 0,
		emitted: 0,
		stoppedEarly: 0,
		failed: 0,
		cut: 0,
		repeated: 0,
	};
	/** Each lead's state as it was handed on last, or as it was at activation. */
	private readonly noted = new Map<string, string>();
	/** As n8n keeps it: as text, so that every poll could come after a restart. */
	private memory: string | undefined;

	constructor(private readonly setup: Setup) {}

	async poll({ failsAt, cutAt, meanwhile }: Poll): Promise<void> {
		const { leads } = this.setup;
		const before = new Map(leads.list('lead').map((lead) => [lead.uuid, stateOf(lead)]));
		const shown = new Map<string, Lead>();
		let count = 0;
		let removed = false;
		leads.beforePage = () => {
			count++;
			for (const { page, what } of meanwhile) {
				if (page !== count) continue;
				removed ||= what.kind === 'remove';
				this.setup.happen(what);
			}
		};
		const read = async (page: number) => {
			const records = leads.page('lead', page);
			if (count === failsAt) throw new Unreadable();
			for (const record of records) shown.set(record.uuid, record);
			return records as unknown as Array<Record<string, never>>;
		};
		this.tally.polls++;
		try {
			const memory =
				this.memory === undefined ? undefined : (JSON.parse(this.memory) as ListMemory);
			const mayGoOn = () => count + 1 !== cutAt;
			const source = { polled: polledLead, read, mayGoOn };
			const diff = await diffPages(memory, source, leads.now());
			this.memory = JSON.stringify(diff.memory);
			this.judge(diff.changes, shown, memory === undefined || memory.notingSince !== undefined);
			this.count(diff.memory);
			const { resume, sinceWhole, newestFirst } = diff.memory;
			// Readings that shift each time are given up after the third, which two happenings cannot make.
			const isWhole = sinceWhole === 0 || newestFirst || meanwhile.length <= 2;
			if (resume === undefined && isWhole && !removed) this.judgeWhole(before);
		} catch (thrown) {
			this.forgive(thrown, meanwhile.length > 0);
		} finally {
			leads.beforePage = undefined;
		}
	}

	/** What was shown and differs was handed on once, as it was shown last, and nothing else was. */
	private judge(
		changes: Array<{ kind: string; record: object }>,
		shown: Map<string, Lead>,
		isNoting: boolean,
	): void {
		const handedOn = changes.map(({ kind, record }) => `${kind} ${stateOf(record)}`).sort();
		const due: string[] = [];
		for (const [uuid, lead] of shown) {
			const state = stateOf(lead);
			const last = this.noted.get(uuid);
			if (state !== last) due.push(`${last === undefined ? 'created' : 'updated'} ${state}`);
			this.noted.set(uuid, state);
		}
		if (!isNoting) expect(handedOn).toEqual(due.sort());
		this.tally.emitted += changes.length;
	}

	/** All that were there when the poll began, and did not change since, are noted as they are. */
	private judgeWhole(before: Map<string, string>): void {
		const { leads } = this.setup;
		const missed = leads
			.list('lead')
			.filter((lead) => before.get(lead.uuid) === stateOf(lead))
			.filter((lead) => this.noted.get(lead.uuid) !== stateOf(lead));
		expect(missed).toEqual([]);
		this.tally.judgedWhole++;
	}

	private count({ sinceWhole, newestFirst, resume }: ListMemory): void {
		this.tally.ended++;
		if (resume !== undefined) this.tally.cut++;
		else if (sinceWhole > 0 && newestFirst) this.tally.stoppedEarly++;
	}

	/** A page that fails ends the poll; so does one that came again because a whole page moved in. */
	private forgive(thrown: unknown, isMoving: boolean): void {
		if (thrown instanceof Unreadable) this.tally.failed++;
		else if (isMoving && String(thrown).includes('same records')) this.tally.repeated++;
		else throw thrown;
	}
}

describe('the trigger, in 2,000 random steps', () => {
	it.each(seeds)(
		'hands on each new or changed lead once (seed %i)',
		async (seed) => {
			const setup = new Setup([3, 5, 10, 20][seed % 4] ?? 5);
			setup.leads.addMany(80, (n) => ({
				createdAt: setup.leads.now() - (n + 1) * 7_200_000,
				updatedAt: setup.leads.now() - ((n * 37) % 80) * 3_600_000,
				lastSeenAt: setup.leads.now() - ((n * 53) % 80) * 3_600_000,
			}));
			const oracle = new Oracle(setup);
			for (const step of stepsOf(seed, stepCount)) {
				if (step.kind === 'poll') await oracle.poll(step);
				else setup.happen(step);
			}
			const { tally } = oracle;
			expect(tally.polls).toBeGreaterThan(600);
			expect(tally.judgedWhole).toBeGreaterThan(200);
			expect(tally.emitted).toBeGreaterThan(300);
			expect(tally.failed).toBeGreaterThan(10);
			expect(tally.cut).toBeGreaterThan(10);
			expect(tally.stoppedEarly).toBeGreaterThan(5);
		},
		120_000,
	);
});
