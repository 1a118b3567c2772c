import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isRecord } from '../../engine/util/json';
import { forgetOldest } from '../../engine/util/oldest';
import { settingsIn } from './call';
import { fingerprint } from '../../engine/webhook/digests';

/** What is kept of one instance of the app. */
export interface Instance {
	settings: IDataObject;
	enabled: boolean;
}

/** As it is kept: with the moment of its last change, which tells the newer of two. */
interface Kept extends Instance {
	changedAt: number;
	/** A deleted instance leaves this, so that an older copy does not bring it back. */
	isGone: boolean;
}

/**
 * What this process has kept, by trigger. n8n reads what is stored with a workflow anew for each call and
 * writes it after the answer, so a call that comes at once would not see what the one before it changed.
 */
const ofProcess = new Map<string, Map<string, Kept>>();
/** Most triggers, and instances of each, that are kept here beside what is stored. */
const mostTriggers = 100;
const mostInstances = 1000;
let lastChange = 0;

/** How long a copy that is older than a deletion may still be about, in ms. */
const mostBehind = 24 * 60 * 60_000;
const isForgotten = ({ isGone, changedAt }: Kept): boolean =>
	isGone && changedAt < Date.now() - mostBehind;

/**
 * The instances of the app, kept with the workflow. An instance is known by its API key, of which only a
 * fingerprint is kept. Calls without a key are about one and the same instance.
 */
export class Instances {
	/** By the node's id: what n8n keeps for a node goes by its name, and a rename would lose all settings. */
	private readonly shared: IDataObject;
	private readonly key: string;
	/** Where earlier versions kept them. */
	private readonly byName: IDataObject;
	private readonly fresh: Map<string, Kept>;

	constructor(
		context: IWebhookFunctions,
		private readonly defaults: IDataObject,
		private readonly names: ReadonlySet<string>,
	) {
		this.shared = context.getWorkflowStaticData('global');
		this.key = `instances ${context.getNode().id}`;
		this.byName = context.getWorkflowStaticData('node');
		const mode = context.getMode() === 'manual' ? 'test' : 'production';
		const trigger = `${context.getWorkflow().id} ${context.getNode().id} ${mode}`;
		this.fresh = ofProcess.get(trigger) ?? new Map<string, Kept>();
		// The one used last stands last, so the first is the one to let go.
		ofProcess.delete(trigger);
		ofProcess.set(trigger, this.fresh);
		forgetOldest(ofProcess, mostTriggers);
		if (this.isBehind) this.write();
	}

	/** A short name for an instance, which tells nothing of its key. */
	static idOf(apiKey: string): string {
		return fingerprint('instance', apiKey);
	}

	get(apiKey: string): Instance {
		const kept = this.kept(Instances.idOf(apiKey));
		const { settings, enabled } = kept && !kept.isGone ? kept : { settings: {}, enabled: true };
		return { settings: { ...this.defaults, ...settingsIn(settings, this.names) }, enabled };
	}

	/** SEED: "Sales will just send the new ones and not the entire set", so they are merged. */
	change(apiKey: string, settings: IDataObject): Instance {
		const { settings: before, enabled } = this.get(apiKey);
		return this.keep(apiKey, { settings: { ...before, ...settings }, enabled });
	}

	enable(apiKey: string, enabled: boolean): Instance {
		return this.keep(apiKey, { settings: this.get(apiKey).settings, enabled });
	}

	/** The instance is known by its new key from now on. Told of once more, it is known by it already. */
	refresh(apiKey: string, newApiKey: string): Instance {
		if (!this.isKnown(apiKey) && this.isKnown(newApiKey)) return this.get(newApiKey);
		const instance = this.get(apiKey);
		// The instance of calls without a key stays: those that come after it show no key either.
		if (newApiKey !== apiKey && apiKey !== '') this.forget(apiKey);
		return this.keep(newApiKey, instance);
	}

	forget(apiKey: string): void {
		this.keep(apiKey, { settings: {}, enabled: false }, true);
	}

	private isKnown(apiKey: string): boolean {
		return this.kept(Instances.idOf(apiKey))?.isGone === false;
	}

	private keep(apiKey: string, instance: Instance, isGone = false): Instance {
		const own = Instances.idOf(apiKey);
		// What is kept may be of a clock that was put back since; the latest change counts all the same.
		lastChange = Math.max(Date.now(), lastChange + 1, (this.kept(own)?.changedAt ?? 0) + 1);
		this.fresh.delete(own);
		this.fresh.set(own, { ...instance, changedAt: lastChange, isGone });
		this.write();
		forgetOldest(this.fresh, mostInstances);
		return instance;
	}

	private write(): void {
		const ids = new Set([...Object.keys(this.stored), ...this.fresh.keys()]);
		const all = [...ids].flatMap((id) => {
			const kept = this.kept(id);
			if (kept && !isForgotten(kept)) return [[id, { ...kept }]];
			this.fresh.delete(id);
			return [];
		});
		this.shared[this.key] = Object.fromEntries(all) as IDataObject;
		delete this.byName.instances;
	}

	/** Whether n8n has stored an older copy since, as it does when a trigger that polls is in the same workflow. */
	private get isBehind(): boolean {
		const { stored } = this;
		return [...this.fresh].some(([id, one]) => {
			const { [id]: there } = stored;
			return !isForgotten(one) && !(isKept(there) && there.changedAt >= one.changedAt);
		});
	}

	/** The newer of what this process knows and what another may have stored. */
	private kept(id: string): Kept | undefined {
		const stored = this.stored[id];
		const fresh = this.fresh.get(id);
		if (!isKept(stored)) return fresh;
		return fresh && fresh.changedAt >= stored.changedAt ? fresh : stored;
	}

	private get stored(): IDataObject {
		const kept = this.shared[this.key] ?? this.byName.instances;
		return isRecord(kept) ? (kept as IDataObject) : {};
	}
}

const isKept = (value: unknown): value is Kept =>
	isRecord(value) && isRecord(value.settings) && typeof value.changedAt === 'number';
