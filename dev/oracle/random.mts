import { seeded } from '../kit/random.mts';

/** What comes by chance, and comes again with the same seed. */
export class Random {
	/** From 0 to below 1. */
	readonly next: () => number;

	constructor(seed: number) {
		this.next = seeded(seed);
	}

	/** A whole number, both ends included. */
	int(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	/** @param share from 0 to 1 */
	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.next() * list.length)] as T;
	}

	digits(count: number): string {
		return Array.from({ length: count }, () => this.int(0, 9)).join('');
	}
}
