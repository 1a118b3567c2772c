import type { IDataObject } from 'n8n-workflow';
import type { Quota } from '../rateLimit/quotaWindow';
import type { Limit } from '../rateLimit/adaptiveRate';
import type { Request } from './request';
import type { Answer } from './response';

/** What is particular to a vendor: where it is, how fast it may be asked, how it says no. */
export interface Vendor {
	/** The vendor's name as people know it. */
	name: string;
	/** Name of the credential type. */
	credential: string;
	/** Names of the credential's fields that must show nowhere. */
	secrets: readonly string[];
	/** Those of them that a vendor's records do not hold, and that are taken out of its answers. Left out: all. */
	keys?: readonly string[];
	/**
	 * The base address that a request's path is put behind, as the credential has it.
	 * @param host the request's own choice among the vendor's hosts
	 */
	address(credentials: IDataObject, host?: string): string;
	/**
	 * What is wrong with a field of the credential, such as "is not a number", where it is filled in and yet cannot
	 * work.
	 */
	credentialProblem?(name: string, value: string): string | undefined;
	/** Adds to a request what the credential holds besides the key, such as the id of an account. */
	withAccount?(request: Request, credentials: IDataObject): Request;
	/** What the vendor allows for one key; left out where no document says. */
	limit?(credentials: IDataObject): Limit | undefined;
	/** What an answer's headers say of the limit. */
	quota?(headers: IDataObject): Quota | undefined;
	/** Requests under way at once to begin with for one key, where no limit is known; left out, as many as usual. */
	concurrency?: number;
	/** The vendor's own words in the body of a refusal. */
	errorMessage(body: unknown): string | undefined;
	/** What a request is about, such as "prospect 42", for a 404 without words. */
	label?(request: Request): string | undefined;
	/** The status that an answer means, where the body tells another than HTTP does. */
	status?(answer: Answer): number;
	/**
	 * Whether a refusal says that there is no such thing, where that is another status than 404.
	 * @returns undefined where only its words would tell, and they were lost on the way
	 */
	isAbsent?(answer: Answer): boolean | undefined;
	/** What a refusal means for the person, and what to do; left out, the engine's own sentence stands. */
	hint?(status: number, request: Request, words: string | undefined): string | undefined;
}
