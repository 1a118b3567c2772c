import { Agent } from 'node:http';

import axios, { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { whileBusy } from './busy.mts';

/** n8n answers nothing while a node of another package works through thousands of items at once. Milliseconds. */
const TIMEOUT = 240_000;

/** n8n's answer to a refused call. */
export class RestError extends Error {
	constructor(
		message: string,
		readonly status: number,
	) {
		super(message);
		this.name = 'RestError';
	}
}

/** The REST API that n8n's editor uses, with the cookie of who is signed in. */
export class Rest {
	private readonly http: AxiosInstance;
	/** Of who is signed in. */
	cookie = '';
	/** Told of each answer, whole, before it is read; for tests that search what n8n says. */
	listener: (answer: unknown) => void = () => {};

	constructor(url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			timeout: TIMEOUT,
			proxy: false,
			// n8n ends a connection that was idle for 5 s, sometimes just as the next call goes out on it.
			httpAgent: new Agent({ keepAlive: false }),
			maxBodyLength: Infinity,
			validateStatus: () => true,
		});
	}

	async get<T>(path: string, params?: Record<string, unknown>): Promise<T> {
		return await this.call<T>('get', path, { params });
	}

	async post<T>(path: string, body: object = {}): Promise<T> {
		return await this.call<T>('post', path, { data: body });
	}

	async patch<T>(path: string, body: object): Promise<T> {
		return await this.call<T>('patch', path, { data: body });
	}

	async delete<T>(path: string): Promise<T> {
		return await this.call<T>('delete', path);
	}

	private async call<T>(method: string, url: string, more: AxiosRequestConfig = {}): Promise<T> {
		const response = await whileBusy(
			async () =>
				await this.http.request<unknown>({ method, url, headers: this.headers(), ...more }),
		);
		return this.answer(response);
	}

	private headers(): Record<string, string> {
		return this.cookie === '' ? {} : { Cookie: this.cookie };
	}

	private answer<T>({ status, data, headers, config }: AxiosResponse<unknown>): T {
		this.listener(data);
		const cookies = headers['set-cookie'];
		if (cookies) this.cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
		if (status < 300) return (isObject(data) && 'data' in data ? data.data : data) as T;
		const said = isObject(data) && typeof data.message === 'string' ? data.message : String(data);
		const call = `${config.method?.toUpperCase()} /rest${config.url}`;
		throw new RestError(`n8n answered ${status} to ${call}: ${said}`, status);
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
