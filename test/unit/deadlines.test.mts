import { describe, expect, it, jest } from '@jest/globals';
import { Deadlines } from '../../nodes/engine/util/abort.ts';

describe('the latest ends of requests', () => {
	it('are shared by those that begin at about the same time, and never early', () => {
		jest.useFakeTimers();
		const made = jest.spyOn(AbortSignal, 'timeout');
		try {
			const deadlines = new Deadlines();
			const begun = Date.now();
			for (let request = 0; request < 10_000; request++) {
				deadlines.after(300_000);
				jest.advanceTimersByTime(20);
			}
			// 200 seconds of requests: a signal for each 30 of them.
			expect(Date.now() - begun).toBe(200_000);
			expect(made).toHaveBeenCalledTimes(7);
			// Who takes one 30 seconds after it was made has 300 left.
			for (const [ms] of made.mock.calls) expect(Math.abs(ms - 330_000)).toBeLessThanOrEqual(1);
			expect(deadlines.after(3_600_000)).not.toBe(deadlines.after(300_000));
		} finally {
			made.mockRestore();
			jest.useRealTimers();
		}
	});
});
