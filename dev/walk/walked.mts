import type { IDataObject } from 'n8n-workflow';
import type { Delivery, FaultHook } from '../kit/simulator.mts';

/** Something that happened at a vendor, of which the trigger should tell once. */
export interface Told {
	/** Tells it from all others, in what the workflow gets. */
	marker: string;
	/** Whether the vendor was told that it is handled. Undefined: not yet, or never. */
	isHandled(): boolean;
	/** Ends when the first attempt to deliver it has. */
	tried(): Promise<void>;
	/** Delivers it once more as it was. */
	again?(): Promise<number>;
}

/** A vendor's simulator, and how one of its triggers is walked. */
export interface WalkedVendor {
	trigger: string;
	typeVersion: number;
	credentialType: string;
	credential(): IDataObject;
	parameters: IDataObject;
	/** Other values of some parameters, one of which an edit sets. */
	edits: IDataObject[];
	/** Makes another key, with which the credential has to be filled in. */
	newKey(): void;
	/** Something happens. @param url where a person has told the vendor that the trigger is */
	tell(url: string): Told;
	/** The marker in what an execution started with. */
	markerOf(item: IDataObject): string;
	/** Posts what the vendor never sent. @returns what was answered */
	forge?(url: string): Promise<number>;
	/** What the vendor has registered for the trigger, in words that can be compared. */
	held(): string[];
	/** What it should have. */
	wanted(parameters: IDataObject, url: string): string[];
	setFault(fault: FaultHook | undefined): void;
	/** Whether it asks by itself, and nothing is delivered. */
	isPolled?: boolean;
	/** Whether the vendor gets its answer before n8n has stored anything, so that a kill may lose it. */
	answersFirst?: boolean;
	violations(): unknown[];
	close(): Promise<void>;
}

const attempted = async (all: Delivery[]): Promise<void> => {
	for (let tries = 0; tries < 400; tries++) {
		if (all.every(({ attempts }) => attempts.length > 0)) return;
		await new Promise((resolve) => setImmediate(() => setTimeout(resolve, 20)));
	}
};

/**
 * Posts JSON; a connection that n8n's end has broken is tried anew once.
 * @returns the status; 0 without an answer
 */
export const post = async (url: string, body: string, more: RequestInit = {}): Promise<number> =>
	(await postOnce(url, body, more)) || (await postOnce(url, body, more));

const postOnce = async (url: string, body: string, more: RequestInit): Promise<number> => {
	const headers = { 'content-type': 'application/json' };
	const sent = fetch(url, { method: 'POST', headers, body, ...more });
	return await sent.then(
		async (response) => {
			await response.arrayBuffer();
			return response.status;
		},
		() => 0,
	);
};

/** A delivery, or the copies of one, as something told. */
export const delivered = (marker: string, all: Delivery[], again = true): Told => {
	const [first] = all;
	return {
		marker,
		isHandled: () => all.some(({ state }) => state === 'acknowledged'),
		tried: async () => await attempted(all),
		...(again && first && { again: async () => await post(first.url, first.body) }),
	};
};

export const withoutQuery = (url: string): string => url.split('?')[0] ?? '';
export const withSecret = (url: string, secret: string) => `${withoutQuery(url)}?secret=${secret}`;

/** The walks of a vendor's triggers, by their names. */
export type Walks = Record<string, () => Promise<WalkedVendor>>;
