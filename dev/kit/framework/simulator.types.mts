import type { LimitSettings } from './limiter.mts';
import type { Counts, Journal, RecorderLimits, RequestRecord } from './recorder.mts';
import type { Call, FaultHook, Json, Vendor } from './types.mts';

/** What can be changed while a simulator runs. */
export interface Settings {
	/** Milliseconds that each answer is held back. Default 0. */
	latencyMs: number;
	/** Requests beyond it are refused with 429. Default: no limit. */
	limit: LimitSettings | undefined;
}

/** How a simulator is started. */
export interface StartOptions extends Partial<RecorderLimits> {
	/** Port on 127.0.0.1. Default: a free one. */
	port?: number;
	latencyMs?: number;
	/** `documented` is the limit that the vendor documents. */
	limit?: LimitSettings | 'documented';
	fault?: FaultHook;
	/** Whether answers are held against the contract as well. Default true. */
	checkAnswers?: boolean;
}

/** A vendor's server on this machine. */
export interface Simulator<V extends Vendor = Vendor> {
	name: string;
	/** `http://127.0.0.1:<port>`, or https and the port of the way to it, without the path of the vendor's API. */
	url: string;
	/** Its own port. */
	port: number;
	/** The vendor's state and actions; another object after `reset()`. */
	vendor: V;
	/** The newest requests, oldest first. */
	requests: RequestRecord[];
	/** Totals, which go on where records are dropped. */
	counts: Counts;
	/** What was really done, whatever the client was told. */
	journal: Journal;
	/** Faults of the simulator itself: answers or webhooks that break the contract, exceptions. */
	defects: string[];
	/** Current settings; assign with `change`. */
	settings: Settings;
	/** Requests that broke the contract. */
	violations(): RequestRecord[];
	/** The body of a refusal under HTTP 200 that the vendor's document shows, where one fits the call: one that passes. */
	refusalIn200(call: Call): Json | undefined;
	/** Changes settings; a new limit starts from nothing used. */
	change(settings: Partial<Settings>): void;
	/** Sets, replaces or (undefined) takes away the fault hook. */
	setFault(fault: FaultHook | undefined): void;
	/** Back to the seed data, with no records, no journal and no defects. Settings stay. */
	reset(): void;
	/** Ends the server. Throws where the simulator itself was at fault: it must not lie. */
	close(): Promise<void>;
}
