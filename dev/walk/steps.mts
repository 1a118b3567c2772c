import { seeded } from '../kit/random.mts';

/** How often each kind of step comes, beside the others. */
const weights = {
	publish: 12,
	unpublish: 4,
	edit: 6,
	rename: 3,
	newKey: 2,
	newAddress: 2,
	deleteCredential: 1,
	restart: 2,
	kill: 3,
	event: 10,
	repeat: 6,
	forge: 4,
	poll: 0,
};
/** What a person, a vendor or a crash does. */
export type Kind = keyof typeof weights;

/** Whether the vendor answers. */
export type State = 'up' | 'down';

/** The steps of a walk: always the same for the same seed. */
export function stepsOf(seed: number, count: number, isPolled = false): Array<[Kind, State]> {
	const random = seeded(seed);
	const all = Object.entries({ ...weights, poll: isPolled ? 10 : 0 }) as Array<[Kind, number]>;
	const sum = all.reduce((before, [, weight]) => before + weight, 0);
	return Array.from({ length: count }, () => {
		let left = random() * sum;
		const kind = all.find(([, weight]) => (left -= weight) < 0)?.[0] ?? 'event';
		return [kind, random() < 0.12 ? 'down' : 'up'];
	});
}

/** After these a trigger may still be busy with what is registered. */
export const registers = new Set<Kind>(['publish', 'unpublish', 'edit', 'rename']);
