import { conversationEnded, type Hook, sign, unixTime } from './saleswhale-deliveries.mts';

const good = () => JSON.stringify(conversationEnded());

/** Deliveries that Saleswhale did not send, or not now, by what is wrong with them. */
export const forgeries: Record<string, (key: string) => Parameters<Hook['post']>> = {
	'a wrong signature': (key) => [good(), { key, signature: '0'.repeat(64) }],
	'no signature': (key) => [good(), { key, query: `timestamp=${unixTime()}` }],
	'an empty signature': (key) => [good(), { key, signature: '' }],
	'a signature cut short': (key) => {
		const body = good();
		const timestamp = unixTime();
		return [body, { key, timestamp, signature: sign(key, timestamp, body).slice(0, -1) }];
	},
	'a signature with more behind it': (key) => {
		const body = good();
		const timestamp = unixTime();
		return [body, { key, timestamp, signature: `${sign(key, timestamp, body)}00` }];
	},
	'the signature twice': (key) => {
		const body = good();
		const timestamp = unixTime();
		const signature = sign(key, timestamp, body);
		const query = `signature=${signature}&signature=${signature}&timestamp=${timestamp}`;
		return [body, { key, query }];
	},
	'the timestamp twice': (key) => {
		const body = good();
		const timestamp = unixTime();
		const signature = sign(key, timestamp, body);
		const query = `signature=${signature}&timestamp=${timestamp}&timestamp=${timestamp}`;
		return [body, { key, query }];
	},
	'a signature that is an object': (key) => {
		const body = good();
		const timestamp = unixTime();
		const query = `signature[a]=${sign(key, timestamp, body)}&timestamp=${timestamp}`;
		return [body, { key, query }];
	},
	'an old timestamp': (key) => [good(), { key, timestamp: unixTime(-310) }],
	'a timestamp to come': (key) => [good(), { key, timestamp: unixTime(310) }],
	'a timestamp that is none': (key) => [good(), { key, timestamp: 'yesterday' }],
	'a negative timestamp': (key) => [good(), { key, timestamp: '-1' }],
	'no timestamp': (key) => {
		const body = good();
		return [body, { key, query: `signature=${sign(key, '', body)}` }];
	},
	'another timestamp than the one signed': (key) => {
		const body = good();
		return [body, { key, timestamp: unixTime(10), signature: sign(key, unixTime(), body) }];
	},
	'a body changed by one byte': (key) => {
		const body = good();
		return [body, { key, sent: body.replace('qualified', 'qualifieD') }];
	},
	'a body with one blank more': (key) => {
		const body = good();
		return [body, { key, sent: `${body} ` }];
	},
	'the signature of another key': (key) => [good(), { key: `${key}x` }],
	'the signature of no key': () => [good(), { key: '' }],
	'an empty body': (key) => {
		const body = good();
		return [body, { key, sent: '' }];
	},
};

/** Bodies that are no event, by what they are. */
export const noEvents: Array<[what: string, body: string]> = [
	['no JSON', 'event_name=conversation.ended'],
	['JSON cut short', '{"event_name":"conversation.ended","event_payload":{'],
	['a list', '[{"event_name":"conversation.ended","event_payload":{}}]'],
	['a text', '"conversation.ended"'],
	['null', 'null'],
	['an event without a name', '{"event_payload":{}}'],
	['a name that is no text', '{"event_name":["conversation.ended"],"event_payload":{}}'],
	['an event without a payload', '{"event_name":"conversation.ended"}'],
	['a payload that is a list', '{"event_name":"conversation.ended","event_payload":[]}'],
];
