import type { Draft, Host } from './host.mts';
import type { Told, WalkedVendor } from './walked.mts';

/** What a vendor told, and how it fared since. */
export interface Event extends Told {
	/** Whether n8n was killed while it was under way: it may then come twice, or, where answers go first, be lost. */
	isKilled: boolean;
	/** Whether it came while the workflow was published anew, or close upon another, so that n8n may forget it. */
	isDuring: boolean;
	/** Whether n8n may have forgotten that it came. */
	mayRepeat: boolean;
	/** For what is polled. */
	isSeen: boolean;
	/** When it was seen to be handled. Milliseconds. */
	handledAt?: number;
}

/** What the vendor holds that it should not, or lacks. In words. */
export function wronglyHeld(
	vendor: WalkedVendor,
	published: { draft: Draft; url: string } | undefined,
): string[] {
	const wanted = published ? vendor.wanted(published.draft.parameters, published.url) : [];
	const [held, should] = [vendor.held(), wanted].map((all) => JSON.stringify(all.sort()));
	return held === should ? [] : [`the vendor holds ${held}, and should ${should}`];
}

/** Which events started nothing, or too much, and what started from none of them. In words. */
export function wronglyStarted(
	vendor: WalkedVendor,
	events: Event[],
	started: Awaited<ReturnType<Host['started']>>,
	isHandled: (event: Event) => boolean,
): string[] {
	const wrong: string[] = [];
	const counts = new Map<string, number>();
	for (const item of started) {
		const marker = vendor.markerOf(item);
		counts.set(marker, (counts.get(marker) ?? 0) + 1);
	}
	for (const event of events) {
		const count = counts.get(event.marker) ?? 0;
		const mayBeLost = vendor.answersFirst === true && event.isKilled;
		if (isHandled(event) && count === 0 && !mayBeLost)
			wrong.push(`${event.marker} was handled, and started nothing`);
		if (count > 1 && !event.isKilled && !event.mayRepeat)
			wrong.push(`${event.marker} started ${count} executions`);
		counts.delete(event.marker);
	}
	if (!vendor.isPolled && counts.size > 0)
		wrong.push(`started from nothing that was told: ${[...counts.keys()].join()}`);
	return wrong;
}
