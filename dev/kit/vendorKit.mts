import type { IncomingHttpHeaders } from 'node:http';
import type { IDataObject } from 'n8n-workflow';
import type { Vendor as EngineVendor } from '../../nodes/engine/http/vendor.ts';
import type { EditorPage } from '../n8n/page.mts';
import type { Question } from '../live/questions.mts';
import type { GrowingLists } from './growingList.mts';
import type { NamedThings } from './namedThings.mts';
import type { JudgedVendor } from '../oracle/writes.mts';
import type { Batch, BatchRequest } from '../soak/batch.mts';
import type { Walks } from '../walk/walked.mts';
import type {
	LimitSettings,
	Simulator,
	Vendor as VendorState,
	VendorDefinition,
} from './simulator.mts';
import type { WebhookTarget } from './webhookTarget.mts';

/** What each simulator holds, by the vendor's name; each kit adds its own, so no list is kept here. */
export interface VendorStates {}
export type VendorName = keyof VendorStates;

/** All that a vendor brings to tools and tests: the default export of `dev/vendors/<name>/kit.mts`, found by its place. */
export interface VendorKit<V extends VendorState = VendorState> {
	/** Its simulator, which takes this key only; `settings` are its own. */
	simulator(key: string, settings?: object): VendorDefinition<V>;
	/** The credential's field with the key. */
	keyField: string;
	/** The key of a request, where the vendor's document has it. */
	keyOf(query: URLSearchParams, headers: IncomingHttpHeaders): string | null | undefined;
	/** What leads the credential to another address; the path of the API is in it. */
	address(baseUrl: string): IDataObject;
	/** Path of the API below the server's address. */
	apiPath?: string;
	/** What the credential holds beside key and address; no pace that tests would wait for. */
	account?: IDataObject;
	/** What of that differs where a person looks on: the pace that the vendor documents. */
	paced?: IDataObject;
	live: LiveKit<V>;
	soak: SoakKit<V>;
	/** The lists in which the node tells what is new. */
	lists: GrowingLists<V>;
	/** What its node's resource locators name. */
	named: NamedThings<V>;
	/** What the oracle of values writes, and how it reads what arrived. */
	oracle: JudgedVendor;
	/** How its triggers are walked at random. */
	walks: Walks;
	attack: AttackKit<V>;
	agents: AgentsKit<V>;
	trial: TrialKit;
	/** Creates one record from each {@link Row}. */
	creating: CreatingKit<V>;
	/** An operation whose requests hold `$json.mark` of their items. */
	marked: IDataObject;
	/** Puts people into a demo's account, so that the first click shows some; left out where there is enough to see. */
	populate?(vendor: V): void;
	/** The pictures of its page in docs/. */
	pictures: PicturesKit;
	/**
	 * Lets each event happen that the examples' triggers wait for.
	 * @param webhookUrl the address that a person enters at the vendor, where it has no API for that
	 */
	happen(vendor: V, webhookUrl: string): void;
}

/** Where the value of a parameter is found: in an operation's answer, at a path of names, * for each. */
export type Source = readonly [operation: string, path: string];

/** What `npm run check:live` knows of a vendor. */
export interface LiveKit<V extends VendorState = VendorState> {
	api: EngineVendor;
	/** The credential's fields that a person has to give, and the environment variables that may hold them. */
	asked: Record<string, string>;
	/** GETs that write or that nobody may send, which are left out, and why. */
	leftOut?: Record<string, string>;
	/** POSTs that read: the parameter that their body takes, if any, and that body. */
	postsThatRead?: Record<string, { needs?: string; body?: (needed: string) => IDataObject }>;
	/** By the name of a parameter; the first that gives a value is taken. */
	sources: Record<string, Source[]>;
	/** Values that a parameter has without any answer: each one is a request of its own. */
	given?: Record<string, string[]>;
	/** Optional parameters that are sent all the same: the search that they are. */
	sent?: Record<string, string[]>;
	hosts?: Record<string, string>;
	/** Fields that the contract lets be absent and that the node finds the next page by. */
	pagedBy?: Record<string, string>;
	/** What no document settles, and answers can. */
	questions?: readonly Question[];
	/** Puts a few records into the simulator, for a check against it. */
	seed(vendor: V): void;
}

/** What `npm run soak` runs while the vendor fails now and then. */
export interface SoakKit<V extends VendorState> {
	/** What of the credential differs, so that a soak ends in time. */
	account?: IDataObject;
	limit?: LimitSettings;
	/** Puts into the simulator what the batches are about, and gives them. */
	batches(simulator: Simulator<V>, request: BatchRequest): Batch[];
}

/** What an attack has to know. */
export interface AttackKit<V extends VendorState> {
	/** By `resource.operation`: what it asks for although none of its fields alone is required. */
	needed?: Record<string, IDataObject>;
	/** Its triggers that have a webhook. */
	webhooks: Array<AttackedTrigger<V>>;
}

export interface AttackedTrigger<V extends VendorState> {
	/** Name of the trigger node. */
	node: string;
	parameters: IDataObject;
	/** Another credential than the action node's. @param secret makes a secret that is searched for */
	credential?(secret: () => string): { type: string; data: Record<string, string> };
	/** The webhook, once the workflow is published. */
	target(published: Published<V>): WebhookTarget;
}

export interface Published<V extends VendorState> {
	/** The address of the trigger's webhook of this path. */
	url(path: string): string;
	simulator: Simulator<V>;
	key: string;
	/** Data of the trigger's own credential. */
	data: Record<string, string>;
}

/** What `requests.yaml` beside the kit is about. */
export interface AgentsKit<V extends VendorState> {
	/** Puts into the account what the requests are about; gives the ids that stand in `{}` there. */
	seed(vendor: V): Record<string, unknown>;
}

/** What is tried of the vendor's own package in n8n. */
export interface TrialKit {
	/** An operation that reads. */
	operation: Record<string, unknown>;
	/** Parameters of its trigger. */
	trigger: Record<string, unknown>;
	/** Path of the trigger's webhook where the vendor is told of the address by hand. */
	toldByHand?: string;
}

/** What any vendor's record can be made from. */
export interface Row extends Record<string, unknown> {
	email: string;
	identifier: string;
	campaignId?: number;
	uuid?: string;
}

export interface CreatingKit<V extends VendorState> {
	parameters: Record<string, unknown>;
	/** What the simulator's journal calls it. */
	what: string;
	/** What makes two of them the same, in the journal; left out, the row's e-mail address. */
	key?(row: Row): string;
	/** The same of a journal's entry; left out, its key. */
	keyInJournal?(key: string): string;
	/** Puts into the account what the rows need, and gives it. */
	prepare?(vendor: V, count: number): Array<Partial<Row>>;
}

/** What is shown of an example that was run: one of its nodes, and a field that the node gives. */
export interface PictureOfResult {
	example: string;
	node: string;
	shows: string;
}

export interface PicturesKit {
	/** What comes of an example. */
	result?: PictureOfResult;
	/** The operation that is shown, and the trigger's event. */
	action: string;
	event: string;
	/** Events of its other triggers, by their display names, and the credential that they alone have. */
	others?: Record<string, { event: string; credential?: Record<string, string> }>;
	/** What a person enters in the panel before it is shown. */
	fill(editor: EditorPage): Promise<void>;
}
