import { expect, it } from '@jest/globals';
import { whereNotStored } from '../../dev/n8n/differences.mts';
import type { Editor } from '../../dev/n8n/editor.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { until } from '../../dev/n8n/until.mts';
import { chain, manualTrigger, type Workflow } from '../../dev/n8n/workflow.mts';
import type { Setup } from '../../dev/vendors/zenviaSales/n8n.mts';

const minute = 60_000;
const name = 'Ask';
const press = { approved: 'true' };

/** An execution that waits, and the link under which it is answered. */
interface Waiting {
	id: string;
	link: string;
}

/** Begins a workflow in which a node asks, and waits until it does. */
export async function beginAsking(n8n: Editor, workflow: Workflow, node: string): Promise<Waiting> {
	const id = await n8n.begin(workflow);
	const waiting = await until(
		async () => {
			const execution = await n8n.execution(id).catch(whereNotStored(() => undefined));
			if (execution?.error) throw new Error(execution.error.message);
			return execution?.status === 'waiting' ? execution : undefined;
		},
		() => `Execution ${id} does not wait`,
	);
	const sent = JSON.stringify(itemsOf(waiting, node));
	const [link = ''] = /http[^\s"\\]+signature=\w+/.exec(sent) ?? [];
	return { id, link };
}

/** Presses a button of the page behind a link, or sends its form. */
export const answer = async (link: string, form: Record<string, string>): Promise<Response> =>
	await fetch(link, { method: 'POST', body: new URLSearchParams(form) });

/** What comes of a question in a real n8n: an answer, none in time, a forged one, and n8n started anew meanwhile. */
export function describeSendAndWait(setup: () => Setup, prospectId: () => string): void {
	async function ask(parameters: object = {}): Promise<Waiting> {
		const { tested, credential } = setup();
		const node = tested.node(
			{
				node: 'zenviaSales',
				typeVersion: 1.2,
				parameters: {
					resource: 'message',
					operation: 'sendAndWait',
					prospectId: { __rl: true, mode: 'id', value: prospectId() },
					message: 'Shall we book <b>Tuesday</b>?',
					...parameters,
				},
				credential,
			},
			name,
		);
		const behind = { name: 'Behind', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const workflow = chain('Ask and wait', [manualTrigger, node, behind]);
		return await beginAsking(tested.n8n, workflow, name);
	}

	const statusOf = async ({ id }: Waiting) => (await setup().tested.n8n.execution(id)).status;
	const itemsBehind = async ({ id }: Waiting) => {
		const execution = await setup().tested.n8n.untilEnded(id);
		expect(execution.error).toBeUndefined();
		expect(execution.nodes.Behind).toHaveLength(1);
		return itemsOf(execution, 'Behind').map(({ json, pairedItem }) => ({ json, pairedItem }));
	};
	const approved = {
		json: { replied: true, data: { approved: true, respondedAt: expect.any(String) } },
		pairedItem: { item: 0 },
	};

	it('goes on with the button of the page, and neither with its preview nor with a forged link', async () => {
		const [phone = ''] = setup().simulator.vendor.prospects.get(prospectId()).phones;
		const waiting = await ask({ prospectId: { __rl: true, mode: 'phone', value: phone } });
		const preview = await fetch(waiting.link, { headers: { 'user-agent': 'WhatsApp/2.23' } });
		expect(preview.status).toBe(200);
		expect(preview.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(await preview.text()).toContain('Shall we book &#60;b&#62;Tuesday&#60;/b&#62;?');
		const { href } = new URL(waiting.link);
		const forged = [
			href.replace(/signature=\w/, (start) => `signature=${start.endsWith('0') ? '1' : '0'}`),
			href.replace(/[?&]signature=\w+/, ''),
			href.replace(/question=\w+/, `question=${'0'.repeat(32)}`),
			href.replace(/\?.*/, ''),
		];
		for (const url of forged) {
			expect([url, (await answer(url, press)).status]).toEqual([url, 401]);
		}
		expect(await statusOf(waiting)).toBe('waiting');
		const answered = await answer(waiting.link, press);
		expect(answered.status).toBe(200);
		expect(await answered.text()).toContain('your response has been recorded');
		expect(await itemsBehind(waiting)).toEqual([approved]);
		const again = await answer(waiting.link, press);
		expect(await again.text()).not.toContain('your response has been recorded');
		expect(setup().simulator.violations()).toEqual([]);
	});

	it(
		'waits while n8n is started anew, and then has its answer or its time is over',
		async () => {
			const answered = await ask({ responseType: 'freeText' });
			const over = await ask({ limitWaitTime: true, resumeAmount: 0.01, resumeUnit: 'minutes' });
			const { n8n } = setup().tested;
			await n8n.restart();
			await n8n.setUpOwner();
			expect((await answer(answered.link, { 'field-0': 'At ten' })).status).toBe(200);
			expect(await itemsBehind(answered)).toMatchObject([
				{ json: { replied: true, data: { text: 'At ten' } } },
			]);
			expect(await itemsBehind(over)).toEqual([
				{ json: { replied: false }, pairedItem: { item: 0 } },
			]);
		},
		3 * minute,
	);
}
