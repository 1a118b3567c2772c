import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { seeded } from '../../dev/kit/random.mts';
import { stepsOf } from '../../dev/walk/steps.mts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A process of its own, in which time goes faster and modules can be forgotten. */
async function walk(...args: string[]): Promise<{ code: number | null; said: string }> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'dev/walk/run.mts', ...args], {
		cwd: root,
		env: { ...process.env, NODE_OPTIONS: '' },
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (part: Buffer) => (said += part.toString()));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { code, said };
}

it('each trigger keeps its promise over a short random walk', async () => {
	const { code, said } = await walk('--steps', '60', '--seeds', '1', '--pace', '30');
	expect(said).toMatch(/\| convertalkTrigger +\| 1 +\| 64 /);
	expect([code, said]).toEqual([0, said]);
}, 180_000);

it('walks the same steps for the same seed, with each kind among a thousand', () => {
	expect(stepsOf(7, 50)).toEqual(stepsOf(7, 50));
	expect(stepsOf(7, 50)).not.toEqual(stepsOf(8, 50));
	const kinds = new Set(stepsOf(7, 1000).map(([kind]) => kind));
	expect(kinds.size).toBe(12);
	const some = Array.from({ length: 1000 }, seeded(1));
	expect(Math.min(...some)).toBeLessThan(0.01);
	expect(Math.max(...some)).toBeLessThan(1);
});
