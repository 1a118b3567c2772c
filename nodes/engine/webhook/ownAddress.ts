import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isRecord } from '../util/json';
import { noteWrite } from './duplicates';
import { fingerprint, isSame } from './digests';
import { findWebhookAddress, webhookAddress } from './webhookAddress';

/** The query parameter of an address that only the vendor and the trigger know. */
export const secretParameter = 'secret';

/** Most addresses at which a trigger was registered that are remembered, without their secrets. */
const mostAddresses = 5;

type Context = IHookFunctions | IWebhookFunctions;

/** A trigger's address, at which a vendor calls it, and those that it had before n8n was moved. */
export class OwnAddress {
	/** Without query. */
	readonly now: URL;
	/** By the node's id: what n8n keeps for a node goes by its name, and a rename would lose it. */
	private readonly shared: IDataObject;
	private readonly key: string;
	/** Where earlier versions kept it. */
	private readonly byName: IDataObject;
	private readonly instance: string;
	/** How many segments of a path are the trigger's: /webhook/<its id>/webhook. */
	private readonly depth: number;

	/** @param secret that stands in the address @throws UserError where n8n gives the node none that is one */
	constructor(
		context: Context,
		private readonly secret: string,
	) {
		this.now = new URL(webhookAddress(context));
		this.shared = context.getWorkflowStaticData('global');
		this.key = `registered ${context.getNode().id}`;
		this.byName = context.getWorkflowStaticData('node');
		// A workflow that is carried to another n8n, memory and all, is not what was registered here.
		this.instance = fingerprint('instance', context.getInstanceId());
		// Without an id, as n8n 1.x takes workflows by its API, the path has the workflow's id and the node's name
		// (n8n-workflow, getNodeWebhookPath).
		this.depth = segmentsOf(this.now.pathname, 3)[0] === context.getWorkflow().id ? 4 : 3;
	}

	/**
	 * Whether a URL leads to this trigger: at n8n's address of now, at one where it was registered before, or with its
	 * secret at any other, where it may have had another name. Not a test's to a trigger in production, nor the other
	 * way round.
	 */
	leadsHere(url: string): boolean {
		if (!URL.canParse(url)) return false;
		const other = new URL(url);
		if (bare(other) === bare(this.now)) return true;
		if (this.routeOf(other) === this.routeOf(this.now) && this.before.includes(bare(other)))
			return true;
		return (
			isOfKind(other, this.kind) &&
			isSame(other.searchParams.get(secretParameter) ?? '', this.secret)
		);
	}

	/**
	 * Whether a URL leads to this trigger, be it for production or for a test: at n8n's address of now, or with its
	 * secret at another, since n8n 2.41 listens for tests at N8N_EDITOR_BASE_URL, and not at WEBHOOK_URL (url.service.js).
	 */
	isTestOf(url: string): boolean {
		if (!URL.canParse(url)) return false;
		const other = new URL(url);
		const withoutKind = ({ pathname }: URL) => segmentsOf(pathname, this.depth - 1).join('/');
		if (other.origin === this.now.origin && withoutKind(other) === withoutKind(this.now))
			return true;
		return isSame(other.searchParams.get(secretParameter) ?? '', this.secret);
	}

	/** /webhook/<id>/webhook, whatever stands before it; a test's is /webhook-test/<id>/webhook. */
	private routeOf({ pathname }: URL): string {
		return segmentsOf(pathname, this.depth).join('/');
	}

	/** What n8n calls the addresses of triggers in production, or of tests. */
	private get kind(): string {
		return segmentsOf(this.now.pathname, this.depth)[0] ?? '';
	}

	/** Keeps with the workflow what is registered, so that it is known again after n8n was moved. */
	remember(): void {
		const address = bare(this.now);
		const { before } = this;
		const isKnown = before.includes(address);
		if (!isKnown || this.shared[this.key] === undefined) {
			const addresses = isKnown ? before : [...before, address].slice(-mostAddresses);
			this.shared[this.key] = { instance: this.instance, addresses };
		}
		if ('registered' in this.byName) delete this.byName.registered;
	}

	/** Whether anything is remembered. */
	get isRemembered(): boolean {
		return this.kept !== undefined;
	}

	private get kept(): unknown {
		return this.shared[this.key] ?? this.byName.registered;
	}

	private get before(): unknown[] {
		const registered = this.kept;
		if (!isRecord(registered) || registered.instance !== this.instance) return [];
		return Array.isArray(registered.addresses) ? [...registered.addresses] : [];
	}
}

/**
 * Puts back what a genuine delivery proves and the trigger does not remember: one that comes while n8n publishes
 * makes n8n store a memory from before, and a poll that ends later does, too.
 */
export function putBack(context: IWebhookFunctions, secret: string): void {
	if (context.getMode() === 'manual' || findWebhookAddress(context) === undefined) return;
	const own = new OwnAddress(context, secret);
	if (own.isRemembered) return;
	own.remember();
	noteWrite(context);
}

const bare = ({ origin, pathname }: URL): string => origin + pathname;

/** The last segments of a path. */
const segmentsOf = (pathname: string, count: number): string[] => pathname.split('/').slice(-count);

/** Whether an address is one of triggers in production, or of tests, with an id in its path or without. */
const isOfKind = ({ pathname }: URL, kind: string): boolean =>
	[3, 4].some((depth) => segmentsOf(pathname, depth)[0] === kind);
