import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isRecord } from '../util/json';
import { noteWrite } from './duplicates';
import { fingerprint, isSame } from './signature';

/** The query parameter of an address that only the vendor and the trigger know. */
export const secretParameter = 'secret';

/** Most addresses at which a trigger was registered that are remembered, without their secrets. */
const mostAddresses = 5;

type Context = IHookFunctions | IWebhookFunctions;

/** A trigger's address, at which a vendor calls it, and those that it had before n8n was moved. */
export class OwnAddress {
	/** Without query. */
	readonly now: URL;
	private readonly memory: IDataObject;
	private readonly instance: string;

	/** @param secret that stands in the address @throws TypeError where n8n gives the node no address */
	constructor(
		context: Context,
		private readonly secret: string,
	) {
		this.now = new URL(context.getNodeWebhookUrl('default') ?? '');
		this.memory = context.getWorkflowStaticData('node');
		// A workflow that is carried to another n8n, memory and all, is not what was registered here.
		this.instance = fingerprint('instance', context.getInstanceId());
	}

	/**
	 * Whether a URL leads to this trigger: at n8n's address of now, at one where it was registered before, or with its
	 * secret at any other.
	 */
	leadsHere(url: string): boolean {
		if (!URL.canParse(url)) return false;
		const other = new URL(url);
		if (routeOf(other) !== routeOf(this.now)) return false;
		if (bare(other) === bare(this.now) || this.before.includes(bare(other))) return true;
		return isSame(other.searchParams.get(secretParameter) ?? '', this.secret);
	}

	/** Keeps with the workflow what is registered, so that it is known again after n8n was moved. */
	remember(): void {
		const address = bare(this.now);
		if (!this.before.includes(address)) {
			const addresses = [...this.before, address].slice(-mostAddresses);
			this.memory.registered = { instance: this.instance, addresses };
		}
	}

	private get before(): unknown[] {
		const { registered } = this.memory;
		if (!isRecord(registered) || registered.instance !== this.instance) return [];
		return Array.isArray(registered.addresses) ? [...registered.addresses] : [];
	}
}

/**
 * Puts back what a genuine delivery proves and the trigger does not remember: one that comes while n8n publishes
 * makes n8n store a memory from before, and a poll that ends later does, too.
 */
export function putBack(context: IWebhookFunctions, secret: string): void {
	if (context.getMode() === 'manual') return;
	if (context.getWorkflowStaticData('node').registered !== undefined) return;
	new OwnAddress(context, secret).remember();
	noteWrite(context);
}

const bare = ({ origin, pathname }: URL): string => origin + pathname;

/** /webhook/<id>/webhook, whatever stands before it; a test's is /webhook-test/<id>/webhook. */
const routeOf = ({ pathname }: URL): string => pathname.split('/').slice(-3).join('/');
