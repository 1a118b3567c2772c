import CryptoJS from 'crypto-js';
import type { Shot } from './shots.mts';

const json = { 'content-type': 'application/json' };

/** What a delivery is made with; what is left out is right. */
export interface Make {
	/** In place of what is signed or told apart by. */
	body?: string;
	/** In place of the right signature, secret or password. */
	proof?: string;
	/** Unix time, seconds. */
	timestamp?: string;
}

/** A trigger's webhook as an attacker, or its vendor, sees it. */
export interface Door {
	name: string;
	/** The query parameter that proves who calls. */
	proofIn: string;
	/** Whether the proof is made over body and time. */
	signsBody: boolean;
	/** Whether any object is a delivery: settings may have any names. */
	takesObjects: boolean;
	/** The right proof of a delivery. */
	proof(make: Make): string;
	/** A delivery; each number is another event. */
	shot(n: number, make?: Make): Shot;
	/** A body of a good delivery. */
	body(n: number): string;
}

/** In every delivery: what a body calls itself takes no other delivery's place. */
const usedId = 'an-id-that-was-used-before';

export const hmac = (key: string, text: string): string =>
	CryptoJS.HmacSHA256(text, key).toString(CryptoJS.enc.Hex);

export const unixTime = (fromNow = 0): string => String(Math.floor(Date.now() / 1000) + fromNow);

const withQuery = (url: string, query: Record<string, string>): string =>
	`${url}?${Object.entries(query)
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
		.join('&')}`;

/** SEED, Checking Signature: HMAC-SHA256 over "<timestamp>.<body>". */
export function saleswhaleDoor(url: string, key: string): Door {
	const body = (n: number) =>
		JSON.stringify({
			event_name: 'conversation.ended',
			event_time: '2026-05-19T12:11:03.321+08:00',
			event_payload: { conversation: { id: n, status: 'qualified', leads: [] } },
			eventId: usedId,
		});
	const proof = ({ body: signed = '', timestamp = unixTime() }: Make) =>
		hmac(key, `${timestamp}.${signed}`);
	return {
		name: 'Saleswhale Trigger',
		proofIn: 'signature',
		signsBody: true,
		takesObjects: false,
		proof,
		body,
		shot: (n, { body: sent = body(n), timestamp = unixTime(), proof: signature } = {}) => ({
			url: withQuery(url, { signature: signature ?? proof({ body: sent, timestamp }), timestamp }),
			method: 'POST',
			headers: json,
			body: sent,
		}),
	};
}

/** A webhook whose address holds a secret. @param url as it was registered, with the secret */
function secretDoor(name: string, url: string, body: (n: number) => string): Door {
	const secret = new URL(url).searchParams.get('secret') ?? '';
	return {
		name,
		proofIn: 'secret',
		signsBody: false,
		takesObjects: false,
		proof: () => secret,
		body,
		shot: (n, { body: sent = body(n), proof = secret } = {}) => {
			const address = new URL(url);
			address.searchParams.set('secret', proof);
			return { url: address.href, method: 'POST', headers: json, body: sent };
		},
	};
}

export const zenviaDoor = (url: string): Door =>
	secretDoor('Zenvia Sales Trigger', url, (n) =>
		JSON.stringify({
			topic: 'interactions',
			type: 'created',
			prospect: { id: 'c'.repeat(24), firstName: 'Ana' },
			interaction: { id: String(n).padStart(24, '0'), proactive: false, via: 'whatsApp' },
			eventId: usedId,
		}),
	);

export const salesflowDoor = (url: string): Door =>
	secretDoor('Salesflow Trigger', url, (n) =>
		JSON.stringify({
			MemberId: n,
			FirstName: 'Ana',
			LastName: 'Lima',
			Status: 'MEMBER_CONNECTED',
			eventId: usedId,
		}),
	);

/** SEED, App Lifecycle: ID and secret in the query; a button's address is signed. */
export function appDoor(
	url: string,
	{ appId, appSecret }: { appId: string; appSecret: string },
): Door {
	const body = (n: number) =>
		JSON.stringify({ integration: { apiKey: `instance-${n}`, enabled: true } });
	return {
		name: 'Zenvia Sales App Trigger',
		proofIn: 'appSecret',
		signsBody: false,
		takesObjects: true,
		proof: () => appSecret,
		body,
		shot: (n, { body: sent = body(n), proof = appSecret } = {}) => ({
			url: withQuery(url, { appId, appSecret: proof }),
			method: 'POST',
			headers: json,
			body: sent,
		}),
	};
}
