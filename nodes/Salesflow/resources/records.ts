import type { IDataObject } from 'n8n-workflow';

/** SEED, GetContact (by memberId): the bits of a contact's Status. */
const statusBits: ReadonlyArray<readonly [name: string, bit: number]> = [
	['MEMBER_PENDING', 1],
	['MEMBER_INVITATION_SENT', 2],
	['MEMBER_CONNECTED', 4],
	['MEMBER_DISCONNECTED', 8],
	['MEMBER_DELETED', 16],
	['MEMBER_IMPORTED', 32],
	['MEMBER_INVITATION_WITHDRAWN', 64],
	['MEMBER_ERROR', 1024],
	['MEMBER_DUPLICATE', 2048],
];

const noStatus = 'MEMBER_NOT_SET';

/**
 * The names of the bits of a contact's Status, which comes as text ("MEMBER_PENDING, MEMBER_ERROR") or
 * as their sum. A bit that no document names is listed as MEMBER_ and its number.
 */
export function statusNames(status: unknown): string[] {
	if (typeof status === 'string' && !/^\d+$/.test(status)) {
		return status
			.split(',')
			.map((name) => name.trim())
			.filter((name) => name !== '');
	}
	const sum = Number(status ?? Number.NaN);
	if (!Number.isSafeInteger(sum) || sum < 0) return [];
	if (sum === 0) return [noStatus];
	const names = new Map(statusBits.map(([name, bit]) => [bit, name]));
	const bits = [...sum.toString(2)]
		.reverse()
		.flatMap((digit, n) => (digit === '1' ? [2 ** n] : []));
	return bits.map((bit) => names.get(bit) ?? `MEMBER_${bit}`);
}

/**
 * A moment as ISO 8601 with milliseconds, UTC: out of ASP.NET's /Date(ms)/ (SEED, GetCampaignStatistics)
 * and out of ISO text with seven digits of a fraction (SEED, Webhooks), which few tools read. Without a
 * zone it counts as UTC (inferred). What is none stays as it is.
 */
export function isoTime<T>(value: T): T | string {
	if (typeof value !== 'string') return value;
	const moment = new Date(aspNetMs(value) ?? isoMs(value));
	return Number.isNaN(moment.getTime()) ? value : moment.toISOString();
}

function aspNetMs(text: string): number | undefined {
	const ms = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
	return ms === undefined ? undefined : Number(ms);
}

function isoMs(text: string): number {
	const parts =
		/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
	if (!parts) return Number.NaN;
	const [, seconds = '', fraction = '0', zone = 'Z'] = parts;
	// Date.parse takes February 31 for March 3.
	const day = new Date(`${seconds.slice(0, 10)}T00:00:00Z`);
	if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(seconds.slice(0, 10)))
		return Number.NaN;
	return Date.parse(`${seconds}.${fraction}${zone}`);
}

const times = new Set(['AddedAt', 'ConnectedAt', 'DateAdded', 'LastModifiedAt', 'UpdatedAt']);

/** The vendor's record with its times as ISO 8601. */
export function withTimes(record: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name, times.has(name) ? isoTime(value) : value]),
	);
}

/** A contact with its times as ISO 8601, and the names of its flags beside its Status. */
export function contactRecord(record: IDataObject): IDataObject {
	// Beside a Message, it is the status of the call (vendor.ts).
	const hasFlags = !('Message' in record);
	return Object.fromEntries(
		Object.entries(withTimes(record)).flatMap(([name, value]) =>
			name === 'Status' && hasFlags
				? [
						[name, value],
						['StatusNames', statusNames(value)],
					]
				: [[name, value]],
		),
	);
}
