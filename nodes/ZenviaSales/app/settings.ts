import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isRecord } from '../../shared/checks';
import { fingerprint } from '../../shared/webhook';

/** What is kept of one instance of the app. */
export interface Instance {
	settings: IDataObject;
	enabled: boolean;
}

/**
 * The instances of the app, kept with the workflow. An instance is known by its API key, of which only a
 * fingerprint is kept. Calls without a key are about one and the same instance.
 */
export class Instances {
	private readonly memory: IDataObject;

	constructor(
		context: IWebhookFunctions,
		private readonly defaults: IDataObject,
	) {
		this.memory = context.getWorkflowStaticData('node');
	}

	/** A short name for an instance, which tells nothing of its key. */
	static idOf(apiKey: string): string {
		return fingerprint('instance', apiKey);
	}

	get(apiKey: string): Instance {
		const kept = this.all[Instances.idOf(apiKey)];
		const { settings, enabled } = isRecord(kept) ? kept : {};
		return {
			settings: { ...this.defaults, ...(isRecord(settings) ? (settings as IDataObject) : {}) },
			enabled: enabled !== false,
		};
	}

	/** SEED: "Sales will just send the new ones and not the entire set", so they are merged. */
	change(apiKey: string, settings: IDataObject): Instance {
		const { settings: kept, enabled } = this.get(apiKey);
		return this.keep(apiKey, { settings: { ...kept, ...settings }, enabled });
	}

	enable(apiKey: string, enabled: boolean): Instance {
		return this.keep(apiKey, { settings: this.get(apiKey).settings, enabled });
	}

	/** The instance is known by its new key from now on. */
	refresh(apiKey: string, newApiKey: string): Instance {
		const instance = this.get(apiKey);
		this.forget(apiKey);
		return this.keep(newApiKey, instance);
	}

	forget(apiKey: string): void {
		const id = Instances.idOf(apiKey);
		this.memory.instances = Object.fromEntries(Object.entries(this.all).filter(([one]) => one !== id));
	}

	private keep(apiKey: string, instance: Instance): Instance {
		this.memory.instances = { ...this.all, [Instances.idOf(apiKey)]: { ...instance } };
		return instance;
	}

	private get all(): IDataObject {
		return isRecord(this.memory.instances) ? (this.memory.instances as IDataObject) : {};
	}
}
