import type { IDataObject } from 'n8n-workflow';

/** A workflow's trigger, as a person has it in the editor. */
export interface Draft {
	/** The node's name, by which n8n keeps what it remembers. */
	name: string;
	parameters: IDataObject;
}

/** What a person, a crash or a move does to an n8n with one workflow that has one trigger. */
export interface Host {
	/** Saves and publishes the draft. @throws what n8n shows where it is refused */
	publish(draft: Draft): Promise<void>;
	unpublish(): Promise<void>;
	/** Enters other values into the credential, or makes it anew where it was deleted. */
	setCredential(data: IDataObject): Promise<void>;
	deleteCredential(): Promise<void>;
	/** Ends n8n, orderly or not, and starts it, with another address where one is given. */
	restart(options: { kill: boolean; address?: string }): Promise<void>;
	/** Asks a polling trigger, as n8n's clock does. @throws what the poll throws */
	poll(): Promise<void>;
	/** The items that executions started with, all there are. */
	started(): Promise<IDataObject[]>;
	/** Where the vendor's deliveries reach the trigger at this moment, without query. */
	readonly url: string;
	/** An address of this n8n, the `n`th of several. */
	address(n: number): string;
	/** Waits until nothing that was begun goes on by itself, such as what a trigger takes away later. */
	settle(): Promise<void>;
	close(): Promise<void>;
}
