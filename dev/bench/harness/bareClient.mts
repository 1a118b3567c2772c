import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
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

/**
 * What a pace alone costs: creates leads with axios, over a connection for each, as n8n does, with nothing around it.
 * @param perSecond how many start in a second
 * @param atOnce how many of them start together
 * @returns CPU of this process for each, in milliseconds
 */
export async function bareCost(
	url: string,
	key: string,
	leads: readonly Json[],
	{ perSecond, atOnce }: { perSecond: number; atOnce: number },
): Promise<number> {
	const ca = readFileSync(String(authorityFile()));
	const post = async ({ firstName, email }: Json) =>
		await axios.post(
			`${url}/api/v2/leads?token=${key}`,
			{ lead: { first_name: firstName, email } },
			{ httpsAgent: new Agent({ ca }), proxy: false },
		);
	const before = process.cpuUsage();
	const started = performance.now();
	const sent: Array<Promise<unknown>> = [];
	for (const [n, lead] of leads.entries()) {
		const dueMs = ((n - (n % atOnce)) * 1000) / perSecond - (performance.now() - started);
		if (dueMs > 0) await sleep(dueMs);
		sent.push(post(lead));
	}
	await Promise.all(sent);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000 / leads.length;
}
