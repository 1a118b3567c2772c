import { hmacSha256 } from '../../../kit/simulator.mts';
import type { Json } from '../../../kit/simulator.mts';

/** A registered app, as Zenvia knows it (SEED, App lifecycle). */
export interface AppSettings {
	/** Where the app takes the calls of its life. */
	url: string;
	appId: string;
	appSecret: string;
	/** Signs the URLs of extension points. */
	privateKey: string;
	/** Of the app's instance. */
	apiKey: string;
	/** Where credentials go; only the installation's body is documented. Default: body, else query. */
	credentialsIn?: 'body' | 'query' | 'basic';
}

/** What the app answered. */
export interface AppAnswer {
	status: number;
	headers: Headers;
	/** Parsed if it is JSON, else text. */
	body: unknown;
}

/** Makes the calls that Zenvia makes to an app. Methods but for PUT settings are inferred. */
export class AppCaller {
	constructor(private readonly app: AppSettings) {}

	/** The body is SEED's own. */
	install(): Promise<AppAnswer> {
		const { appId, appSecret, apiKey } = this.app;
		return this.fetch('POST', this.app.url, {
			appId,
			appSecret,
			integration: { apiKey, enabled: true },
		});
	}

	askForm(): Promise<AppAnswer> {
		return this.call('GET', undefined, 'settingsForm');
	}

	askSettings(): Promise<AppAnswer> {
		return this.call('GET', undefined, 'settings');
	}

	/** "Sales will just send the new ones and not the entire set" (SEED). */
	changeSettings(changed: Json): Promise<AppAnswer> {
		return this.call('PUT', changed);
	}

	enable(enabled: boolean): Promise<AppAnswer> {
		return this.call('PUT', { enabled });
	}

	refreshKey(newApiKey: string): Promise<AppAnswer> {
		return this.call('PUT', { newApiKey });
	}

	remove(): Promise<AppAnswer> {
		return this.call('DELETE');
	}

	/** A user opens a report, or presses a button: `query` is what the URL carries, then the signature. */
	open(query: Record<string, string>, signature?: string): Promise<AppAnswer> {
		return this.fetch('GET', this.signed(query, signature));
	}

	/** SEED, Request signature: HMAC-SHA256 of the URL without it. */
	signed(query: Record<string, string>, signature?: string): string {
		const url = new URL(this.app.url);
		for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
		const signed = signature ?? hmacSha256(this.app.privateKey, url.href);
		return `${url.href}${url.search === '' ? '?' : '&'}signature=${signed}`;
	}

	private call(method: string, body?: Json, event?: string): Promise<AppAnswer> {
		const { appId, appSecret, apiKey, credentialsIn } = this.app;
		const url = new URL(this.app.url);
		if (event !== undefined) url.searchParams.set('event', event);
		// A GET has no body to put them in.
		const place =
			credentialsIn === 'basic' || method !== 'GET' ? (credentialsIn ?? 'body') : 'query';
		if (place === 'basic') {
			const basic = Buffer.from(`${appId}:${appSecret}`).toString('base64');
			return this.fetch(method, url.href, body, { authorization: `Basic ${basic}` });
		}
		if (place === 'body') {
			const credentials = { appId, appSecret, integration: { apiKey } };
			return this.fetch(method, url.href, { ...body, ...credentials });
		}
		for (const [name, value] of Object.entries({ appId, appSecret, apiKey })) {
			url.searchParams.set(name, value);
		}
		return this.fetch(method, url.href, body);
	}

	private async fetch(
		method: string,
		url: string,
		body?: Json,
		headers: Record<string, string> = {},
	): Promise<AppAnswer> {
		const response = await fetch(url, {
			method,
			headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
			...(body && { body: JSON.stringify(body) }),
			redirect: 'manual',
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.includes('json') ?? false;
		const read: unknown = isJson && text !== '' ? JSON.parse(text) : text;
		return { status: response.status, headers: response.headers, body: read };
	}
}
