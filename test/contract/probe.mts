import type { Answer, Call, Vendor, VendorDefinition } from '../../dev/kit/simulator.mts';

/** A vendor small enough to show what the framework does by itself. */
export interface Probe extends Vendor {
	/** What `thing.get` answers; a test may make it a lie. */
	answer: Answer;
	lastCall: Call | undefined;
	checkWebhook(payload: unknown): void;
}

/** The probe, to be given to `startSimulator`. */
export function probe(): VendorDefinition<Probe> {
	return {
		name: 'probe',
		contract: new URL('./probe.yaml', import.meta.url),
		create: ({ journal, checkWebhook }) => {
			const vendor: Probe = {
				answer: { status: 200, body: { id: 'x' } },
				lastCall: undefined,
				checkWebhook: (payload) => checkWebhook('thing.made', payload),
				handlers: {
					'thing.get': (call) => {
						vendor.lastCall = call;
						return vendor.answer;
					},
					'thing.create': ({ id, body }) => {
						journal.add('thing.create', id, JSON.stringify(body));
						return { status: 201, body: { made: true } };
					},
					'file.send': (call) => {
						vendor.lastCall = call;
						return { status: 204 };
					},
				},
				limitKey: ({ query }) => String(query['api-key']),
				actions: { echo: (input) => input },
				summary: () => ({ things: journal.entries('thing.create').length }),
			};
			return vendor;
		},
	};
}
