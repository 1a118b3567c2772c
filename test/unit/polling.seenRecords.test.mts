import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { polledLead } from '../../nodes/Convertalk/trigger/polled.ts';
import { eventId, hashOf, type RecordHash } from '../../nodes/engine/polling/recordHash.ts';
import { SeenRecords } from '../../nodes/engine/polling/seenRecords.ts';

const text = (length: number) => fc.stringMatching(new RegExp(`^[\\w-]{${length}}$`));
const hash = fc.record({ id: text(6), version: text(4) });

function seenOf(hashes: RecordHash[]): SeenRecords {
	const seen = new SeenRecords();
	for (const one of hashes) seen.add(one);
	return seen;
}

describe('the records seen', () => {
	it('are the same after they were kept as a text, ten characters each', () => {
		fc.assert(
			fc.property(fc.array(hash, { maxLength: 200 }), (hashes) => {
				const kept = String(seenOf(hashes));
				const after = SeenRecords.parse(kept);
				expect(hashes.every((one) => after.has(one) && after.knows(one))).toBe(true);
				expect(String(after)).toBe(kept);
				expect(kept).toHaveLength(10 * hashes.length);
			}),
		);
	});

	it('keep apart two records whose hashes meet', () => {
		const [a, b, c] = ['1111', '2222', '3333'].map((version) => ({ id: 'same-1', version }));
		const seen = seenOf([a!, b!]);
		expect([seen.has(a!), seen.has(b!), seen.has(c!)]).toEqual([true, true, false]);
		seen.update(c!);
		expect([seen.has(a!), seen.has(b!), seen.has(c!)]).toEqual([true, true, true]);
	});

	it('tell a changed record from an unchanged one', () => {
		const seen = seenOf([{ id: 'lead-1', version: '1111' }]);
		seen.update({ id: 'lead-1', version: '2222' });
		expect(seen.has({ id: 'lead-1', version: '1111' })).toBe(false);
		expect(seen.knows({ id: 'lead-1', version: '9999' })).toBe(true);
		expect(seen.size).toBe(1);
	});
});

describe('the hash of a lead', () => {
	const lead = {
		_id: 'a',
		updatedAt: '2026-01-01T00:00:00.000Z',
		profile: { notes: [{ title: 'x' }] },
	};
	const later = { ...lead, updatedAt: '2026-01-01T00:00:00.001Z' };

	it('is the same when presence, the time of the change or the order of fields is another', () => {
		const { _id, ...others } = later;
		const same = { isOnline: true, websiteVisits: 4, ...others, _id };
		expect(hashOf(same, polledLead)).toEqual(hashOf(lead, polledLead));
	});

	it('is another when anything else is', () => {
		for (const other of [
			{ ...lead, status: 'OPEN' },
			{ ...lead, profile: { notes: [{ title: 'y' }] } },
		]) {
			const [before, after] = [lead, other].map((one) => hashOf(one, polledLead));
			expect(after?.version).not.toBe(before?.version);
			expect(after?.id).toBe(before?.id);
		}
	});

	it('names each change apart, also one back to what was', () => {
		const names = [lead, later, { ...lead, status: 'OPEN' }].map((one) =>
			eventId('leadUpdated', one, polledLead),
		);
		expect(new Set(names).size).toBe(3);
		expect(eventId('leadUpdated', { ...lead, isOnline: true }, polledLead)).toBe(names[0]);
	});
});
