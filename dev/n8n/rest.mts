import axios, { type AxiosInstance, type AxiosResponse } from 'axios';

const TIMEOUT = 60_000;

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
	private cookie = '';

	constructor(url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			timeout: TIMEOUT,
			proxy: false,
			maxBodyLength: Infinity,
			validateStatus: () => true,
		});
	}

	async get<T>(path: string, params?: Record<string, unknown>): Promise<T> {
		return this.answer(await this.http.get<unknown>(path, { params, headers: this.headers() }));
	}

	async post<T>(path: string, body: object = {}): Promise<T> {
		return this.answer(await this.http.post<unknown>(path, body, { headers: this.headers() }));
	}

	async patch<T>(path: string, body: object): Promise<T> {
		return this.answer(await this.http.patch<unknown>(path, body, { headers: this.headers() }));
	}

	async delete<T>(path: string): Promise<T> {
		return this.answer(await this.http.delete<unknown>(path, { headers: this.headers() }));
	}

	private headers(): Record<string, string> {
		return this.cookie === '' ? {} : { Cookie: this.cookie };
	}

	private answer<T>({ status, data, headers, config }: AxiosResponse<unknown>): T {
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
