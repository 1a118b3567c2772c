import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { authorityFile } from '../../kit/network/away.mts';
import type { Json } from './measure.mts';

const connections = 64;

/**
 * What the distance alone allows: creates leads over so many connections that are kept, with nothing around it.
 * The connections are opened by a request each, before the first that counts.
 * @returns requests a second
 */
export async function bareRate(url: string, key: string, leads: readonly Json[]): Promise<number> {
	const ca = readFileSync(String(authorityFile()));
	const agent = new Agent({ ca, keepAlive: true, maxSockets: connections });
	const post = async (body: object) => {
		const headers = { 'content-type': 'application/json' };
		const asked = request(`${url}/api/v2/leads?token=${key}`, { agent, method: 'POST', headers });
		asked.end(JSON.stringify(body));
		const [response] = (await once(asked, 'response')) as [IncomingMessage];
		response.resume();
		await once(response, 'end');
	};
	try {
		await Promise.all(Array.from({ length: connections }, async () => await post({})));
		const left = [...leads];
		const started = performance.now();
		const worker = async () => {
			for (let lead = left.pop(); lead; lead = left.pop())
				await post({ lead: { first_name: lead.firstName, email: lead.email } });
		};
		await Promise.all(Array.from({ length: connections }, worker));
		return (leads.length * 1000) / (performance.now() - started);
	} finally {
		agent.destroy();
	}
}
