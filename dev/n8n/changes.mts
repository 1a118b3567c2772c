import { version } from './harness.mts';

/**
 * What n8n does for whoever uses these nodes, and the oldest version that does it of those that the tests ran on
 * (`npm run test:lines`); the next older one of them does not. What is about an installation, a start without a node and
 * the attack's isolates was tried on 1.123.81 and 2.41.1 only. docs/versions.md says it in a table.
 */
const since = {
	/** Calls workflows that are published, also where another workflow starts them. */
	publishes: '2.0.3',
	/** Keeps files on disk unless it is told otherwise. */
	keepsFilesOnDisk: '2.0.3',
	/** Takes away a file that was not written to its end. */
	takesPartialFilesAway: '2.41.1',
	/** Starts a workflow with an empty required field, and lets the node say which. */
	startsWithEmptyFields: '2.41.1',
	/** Reads a credential's own sentences about a code with which its test was answered. */
	saysWhyCredentialsFail: '2.41.1',
	/** Logs nothing of what the test of a credential was answered. */
	logsNoAnswers: '2.41.1',
	/** Takes a delivery of JSON behind a byte order mark. */
	readsByteOrderMarks: '2.41.1',
	/** Leaves triggers registered as they are when it starts, and does not ask them. */
	keepsRegistrations: '2.41.1',
	/** Tries a refused activation again, 15 seconds in all, before it tells anybody. */
	publishesAgain: '2.41.1',
	/** Has a guard against requests into the local network. */
	guardsTheNetwork: '2.20.12',
	/** Has nodes look up where a host leads before they fetch a file from it, also where a proxy would fetch it. */
	looksUpHosts: '2.41.1',
	/** Has version 4.4 of HTTP Request. */
	hasHttpRequest44: '2.20.12',
	/** Has version 4.5 of HTTP Request. */
	hasHttpRequest45: '2.41.1',
	/** Takes isolates of V8 for expressions, and only where it needs them if it is told so. */
	takesIsolatesLate: '2.41.1',
	/** Answers 400 at the address of a trigger that it does not know. */
	answers400ToUnknown: '2.41.1',
	/** Publishes polling workflows once only, where their node was missing as n8n started. */
	forgetsPolls: '2.41.1',
	/** Answers a delivery when it has stored it. */
	storesFirst: '2.20.12',
} as const;

/** Whether the n8n of these tests does it. */
export const does = (what: keyof typeof since): boolean =>
	version.localeCompare(since[what], 'en', { numeric: true }) >= 0;
