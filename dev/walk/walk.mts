import { seeded } from '../kit/random.mts';
import type { Draft, Host } from './host.mts';
import { type Event, wronglyHeld, wronglyStarted } from './promise.mts';
import { type Kind, registers, type State, stepsOf } from './steps.mts';
import type { WalkedVendor } from './walked.mts';

/** What a walk came to. */
export interface Outcome {
	trigger: string;
	seed: number;
	steps: number;
	/** How often each kind of step was taken. */
	taken: Record<string, number>;
	told: number;
	handled: number;
	started: number;
	/** Events that were told again, as repeats. */
	repeats: number;
	forged: number;
	/** How often what the vendor holds was compared. */
	compared: number;
	/** Where the promise was broken, in words. */
	broken: string[];
	/** The steps, and whether the vendor was up, down, or asked without a credential. */
	trail: string[];
}

/** How long the vendor may take to hold what it should. Milliseconds. */
const patience = 5_000;

/**
 * How long it may take until a trigger has written that an event came: one writes for others, and waits a second for
 * its turn and a second for their answers (nodes/engine/webhook/duplicates.ts). Milliseconds.
 */
const writtenWithinMs = 2_000;

/** A walk of one trigger: what a person, a vendor and crashes do, in an order that a seed gives. */
export class Walk {
	readonly outcome: Outcome;
	private readonly random: () => number;
	private readonly draft: Draft;
	private readonly events: Event[] = [];
	private published: { draft: Draft; url: string; credential: number } | undefined;
	/** Counts the credentials: one that is made anew has to be chosen in the node, and the workflow published. */
	private credential = 1;
	/** Whether the vendor should hold exactly what is published; else an earlier step may have left something. */
	private isSure = true;
	private hasCredential = true;
	private hasBaseline = false;
	private address = 0;
	private names = 0;
	/** Events before this one may be forgotten as repeats. */
	private firstRemembered = 0;

	constructor(
		private readonly host: Host,
		private readonly vendor: WalkedVendor,
		seed: number,
	) {
		this.random = seeded(seed + 0x10000);
		this.draft = { name: 'Trigger', parameters: { ...vendor.parameters } };
		const counts = { told: 0, handled: 0, started: 0, repeats: 0, forged: 0, compared: 0 };
		this.outcome = {
			trigger: vendor.trigger,
			seed,
			steps: 0,
			taken: {},
			...counts,
			broken: [],
			trail: [],
		};
	}

	/** Walks by itself. */
	async steps(count: number): Promise<Outcome> {
		const steps = stepsOf(this.outcome.seed, count, this.vendor.isPolled);
		await this.begin();
		for (const [kind, state] of steps) {
			if (this.outcome.broken.length > 0) break;
			await this.step(kind, state);
		}
		return await this.end();
	}

	/** Fills in the credential, and publishes. */
	async begin(): Promise<void> {
		await this.host.setCredential(this.vendor.credential());
		await this.step('publish', 'up');
	}

	/** What was left open is settled: a key that is there, published, and then nothing. */
	async end(): Promise<Outcome> {
		for (const kind of ['newKey', 'publish', 'unpublish'] as const)
			if (this.outcome.broken.length === 0) await this.step(kind, 'up');
		this.outcome.told = this.events.length;
		this.outcome.handled = this.events.filter((event) => this.isHandled(event)).length;
		this.outcome.started = (await this.host.started()).length;
		return this.outcome;
	}

	/** One step, and whether all is as it should be after it. */
	async step(kind: Kind, state: State): Promise<void> {
		const { host, vendor, outcome } = this;
		outcome.steps++;
		outcome.taken[kind] = (outcome.taken[kind] ?? 0) + 1;
		const down = { kind: 'answer', when: 'before', answer: { status: 503, body: {} } } as const;
		vendor.setFault(state === 'down' ? () => down : undefined);
		if (state === 'down') outcome.taken.down = (outcome.taken.down ?? 0) + 1;
		const hidden = this.hasCredential ? '' : ', no credential';
		outcome.trail.push(`${outcome.steps} ${kind} (${state}${hidden})`);
		this.noteHandled();
		const changes = ['publish', 'unpublish', 'edit', 'rename', 'kill', 'restart', 'newAddress'];
		const tells = changes.includes(kind) && this.random() < 0.6;
		const around: Event[] = tells ? [this.tell(), this.tell()] : [];
		for (const event of around) event.isDuring = true;
		if (tells && this.random() < 0.5) await around[0]?.tried();
		await this[kind](state === 'up', around);
		if (tells && this.random() < 0.5) this.tell().isDuring = true;
		vendor.setFault(undefined);
		for (const event of this.events.slice(-4)) await event.tried();
		this.noteHandled();
		if (registers.has(kind)) await host.settle();
		await this.check(kind, state);
	}

	private tell(): Event {
		const told = this.vendor.tell(this.host.url);
		const event = {
			...told,
			...{ isKilled: false, isDuring: false, mayRepeat: false, isSeen: false },
		};
		this.events.push(event);
		return event;
	}

	/** A vendor may deliver again in a later step, when others come, too. */
	private noteHandled(): void {
		for (const event of this.events)
			if (event.handledAt === undefined && event.isHandled()) event.handledAt = Date.now();
	}

	private isHandled = (event: Event): boolean =>
		this.vendor.isPolled ? event.isSeen : event.isHandled();

	private async publish(isUp: boolean): Promise<void> {
		const { host, draft } = this;
		const { published } = this;
		const same =
			JSON.stringify(published?.draft) === JSON.stringify(draft) &&
			published?.credential === this.credential;
		const before = this.events.length;
		const copy = structuredClone(draft);
		const error = await host.publish(copy).then(
			() => undefined,
			(thrown: unknown) => thrown as Error,
		);
		if (error === undefined) {
			if (!same) {
				this.isSure = isUp;
				this.published = { draft: copy, url: host.url, credential: this.credential };
				this.polled(before);
			}
			return;
		}
		this.published = undefined;
		// A vendor that is down, or no credential, can leave something; else a refusal has to clear up behind itself.
		this.isSure = false;
		if (isUp && this.hasCredential) {
			this.outcome.broken.push(`publish was refused: ${error.message}`);
		}
	}

	/** Whether what is published has its credential. */
	private get isCredentialThere(): boolean {
		return this.hasCredential && this.published?.credential === this.credential;
	}

	private polled(count: number): void {
		if (!this.vendor.isPolled) return;
		for (const event of this.events.slice(0, count))
			event.isSeen = this.hasBaseline || event.isSeen;
		// What was there before the first poll was noted, and never comes.
		if (!this.hasBaseline) this.events.splice(0, count);
		this.hasBaseline = true;
	}

	private async unpublish(isUp: boolean): Promise<void> {
		await this.host.unpublish();
		if (this.published) this.isSure = isUp && this.isCredentialThere;
		this.published = undefined;
	}

	private async edit(isUp: boolean): Promise<void> {
		const { edits } = this.vendor;
		Object.assign(this.draft.parameters, edits[Math.floor(this.random() * edits.length)]);
		await this.publish(isUp);
	}

	private async rename(isUp: boolean): Promise<void> {
		this.draft.name = `Trigger ${++this.names % 4}`;
		this.firstRemembered = this.events.length;
		await this.publish(isUp);
	}

	private async newKey(): Promise<void> {
		this.vendor.newKey();
		await this.host.setCredential(this.vendor.credential());
		if (!this.hasCredential) this.credential++;
		this.hasCredential = true;
	}

	private async newAddress(_isUp: boolean, around: Event[]): Promise<void> {
		this.address = (this.address + 1) % 3;
		await this.stop(false, around, this.host.address(this.address));
	}

	/** Deleted now, made anew with the next key. */
	private async deleteCredential(): Promise<void> {
		await this.host.deleteCredential();
		this.hasCredential = false;
	}

	private restart = async (_isUp: boolean, around: Event[]): Promise<void> =>
		await this.stop(false, around);

	private kill = async (_isUp: boolean, around: Event[]): Promise<void> =>
		await this.stop(true, around);

	private async stop(kill: boolean, around: Event[], address?: string): Promise<void> {
		for (const event of around) event.isKilled = true;
		// Of what came at such a time n8n's memory may not hold that it came (docs/triggers.md).
		const since = Date.now() - writtenWithinMs;
		for (const event of this.events)
			event.mayRepeat ||= event.isDuring || (event.handledAt ?? 0) > since;
		await this.host.restart({ kill, ...(address !== undefined && { address }) });
	}

	private async event(): Promise<void> {
		const count = 1 + Math.floor(this.random() * 3);
		for (let n = 0; n < count; n++) this.tell().isDuring = count > 1;
	}

	private async poll(isUp: boolean): Promise<void> {
		const before = this.events.length;
		const isGood = await this.host.poll().then(
			() => true,
			() => false,
		);
		if (isGood && isUp && this.published) this.polled(before);
	}

	private async repeat(): Promise<void> {
		const candidates = this.events
			.slice(this.firstRemembered)
			.filter((event) => event.again && event.isHandled() && !event.isKilled && !event.isDuring);
		const last = candidates.slice(-5);
		const event = last[Math.floor(this.random() * last.length)];
		if (!event) return;
		this.outcome.repeats++;
		await event.again?.();
	}

	private async forge(): Promise<void> {
		const status = await this.vendor.forge?.(this.host.url);
		if (status === undefined) return;
		this.outcome.forged++;
		// 0: n8n broke the connection as it ended.
		const isRefused =
			[0, 401, 404, 500].includes(status) && (status !== 500 || !this.isCredentialThere);
		if (!isRefused) this.outcome.broken.push(`a forged delivery was answered with ${status}`);
	}

	/** What is not as it should be is given time: some of it comes to pass after its step. */
	private async check(kind: Kind, state: string): Promise<void> {
		const where = `step ${this.outcome.steps} (${kind}, vendor ${state})`;
		const end = performance.now() + patience;
		let wrong = await this.wrong();
		while (wrong.length > 0 && performance.now() < end) {
			await new Promise((resolve) => setTimeout(resolve, 200));
			wrong = await this.wrong();
		}
		if (this.isSure) this.outcome.compared++;
		this.outcome.broken.push(...wrong.map((what) => `${where}: ${what}`));
	}

	private async wrong(): Promise<string[]> {
		const { vendor, published } = this;
		return [
			...(this.isSure ? wronglyHeld(vendor, published) : []),
			...wronglyStarted(vendor, this.events, await this.host.started(), this.isHandled),
		];
	}
}
