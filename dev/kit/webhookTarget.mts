import CryptoJS from 'crypto-js';

/** One request to a webhook, as bytes. */
export interface AttackRequest {
	url: string;
	method: string;
	headers: Record<string, string>;
	body: string;
}

/** What a delivery is made with; what is left out is right. */
export interface DeliveryOptions {
	/** In place of what is signed or told apart by. */
	body?: string;
	/** In place of the right signature, secret or password. */
	proof?: string;
	/** Unix time, seconds. */
	timestamp?: string;
}

/** A trigger's webhook as an attacker, or its vendor, sees it. */
export interface WebhookTarget {
	name: string;
	/** The query parameter that proves who calls. */
	proofIn: string;
	/** Whether the proof is made over body and time. */
	signsBody: boolean;
	/** Whether any object is a delivery: settings may have any names. */
	takesObjects: boolean;
	/** The right proof of a delivery. */
	proof(options: DeliveryOptions): string;
	/** A delivery; each number is another event. */
	request(n: number, options?: DeliveryOptions): AttackRequest;
	/** A body of a good delivery. */
	body(n: number): string;
}

/** In each delivery: what a body calls itself takes no other delivery's place. */
export const usedId = 'an-id-that-was-used-before';

export const hmac = (key: string, text: string): string =>
	CryptoJS.HmacSHA256(text, key).toString(CryptoJS.enc.Hex);

export const unixTime = (fromNow = 0): string => String(Math.floor(Date.now() / 1000) + fromNow);

/** A webhook that proves who calls by a query parameter. */
type QueryTarget = Pick<WebhookTarget, 'name' | 'proofIn' | 'proof' | 'body'> & {
	/** Without the proof. */
	url: string;
	/** Whether the proof is made over body and time; the time goes out, too. */
	signsBody?: boolean;
	takesObjects?: boolean;
};

export function queryTarget({ url, ...rest }: QueryTarget): WebhookTarget {
	const target = { signsBody: false, takesObjects: false, ...rest };
	const { proofIn, signsBody, proof, body } = target;
	return {
		...target,
		request: (n, { body: sent = body(n), timestamp = unixTime(), proof: given } = {}) => {
			const query = {
				[proofIn]: given ?? proof({ body: sent, timestamp }),
				...(signsBody && { timestamp }),
			};
			const encoded = Object.entries(query).map(
				([name, value]) => `${name}=${encodeURIComponent(value)}`,
			);
			return {
				url: url + (url.includes('?') ? '&' : '?') + encoded.join('&'),
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: sent,
			};
		},
	};
}

/** A webhook whose address holds a secret. @param url as it was registered, with the secret */
export function secretTarget(
	name: string,
	url: string,
	body: (n: number) => string,
): WebhookTarget {
	const address = new URL(url);
	const secret = address.searchParams.get('secret') ?? '';
	address.searchParams.delete('secret');
	return queryTarget({ name, url: address.href, proofIn: 'secret', proof: () => secret, body });
}
