import { afterEach, expect, it } from '@jest/globals';
import { Removals } from '../../nodes/engine/webhook/removals.ts';
import { hurry } from './engine.mts';

let calm = () => {};
afterEach(() => calm());

it('What waits to be taken away is taken away before another trigger registers, and its own stays', async () => {
	const removals = new Removals();
	const taken: string[] = [];
	for (const name of ['a', 'b', 'own'])
		removals.schedule(name, 'account', async () => void taken.push(name));
	await removals.settle({ trigger: 'own', account: 'account' });
	expect(taken).toEqual(['a', 'b']);
	removals.schedule('own', 'account', async () => void taken.push('own'));
	await removals.settle({ trigger: 'own', account: 'another account' });
	expect(taken).toEqual(['a', 'b', 'own']);
});

it('A trigger does not wait for a vendor that never answers to take away another one', async () => {
	calm = hurry();
	const removals = new Removals();
	removals.schedule('other', 'account', async () => await new Promise(() => {}));
	await removals.settle({ trigger: 'own', account: 'account' });
});

it('A trigger comes back in time where the process stood still in between', async () => {
	const removals = new Removals();
	const taken: string[] = [];
	removals.schedule('own', 'account', async () => void taken.push('own'));
	const start = Date.now();
	while (Date.now() - start < 2_100);
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(taken).toEqual([]);
	await removals.settle({ trigger: 'own', account: 'account' });
	await new Promise((resolve) => setTimeout(resolve, 2_300));
	expect(taken).toEqual([]);
});
