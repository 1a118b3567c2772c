import type { RequestRecord, Simulator } from '../kit/simulator.mts';

/** A record as JSON has it. */
export type Json = Record<string, unknown>;

/** A vendor: its node, its simulator, and what leads to that. */
export interface JudgedVendor {
	node: string;
	credentialType: string;
	start(): Promise<Simulator>;
	credential(url: string): Json;
	writes(simulator: Simulator): Write[];
}

/** Something that a node writes, from the columns of a sheet. */
export interface Write {
	name: string;
	/** The operation in the vendor's contract. */
	operationId: string;
	/** The node's parameters, with expressions that read the row. */
	parameters: Json;
	/** What arrived of a request: the row's mark, and the columns by the names of the fields they went into. */
	arrived(request: RequestRecord): Json & { mark: unknown };
	/** The names of the fields, as the node shows them, by column. */
	labels: Record<string, string>;
}

/** An expression that reads a column of the row. */
export const column = (name: string): string => `={{ $json.${name} }}`;
/** The key of every account. */
export const key = 'judge-key';
/** Every request of a run is looked at. */
export const keepAll = { records: 200_000 };

/** What a request held, its body and its query in one. */
export const sent = ({ body, query }: RequestRecord): Json => ({ ...query, ...(body as Json) });
/** The only one of a list, or all of it. */
export const first = (list: unknown): unknown =>
	Array.isArray(list) ? (list.length > 1 ? list : list[0]) : list;
/** The row's country, for numbers that name none. */
export const defaultCountry = "={{ $json.country || 'none' }}";
