import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import { chain, manualTrigger, type WorkflowNode } from '../../dev/n8n/workflow.mts';
import { columns } from '../../nodes/ZenviaSales/columns.ts';
import { until } from '../../dev/n8n/until.mts';
import { expectSameRecords, readBack } from './listFile.mts';
import { setup, ids } from './zenviaSales.setup.mts';

/** Files that are sent to a prospect. */
export function describeSendFile(): void {
	describe('a file', () => {
		const bytes = randomBytes(15_000_000);
		const sha = (data: Buffer) => createHash('sha256').update(data).digest('hex');
		let server: Server;
		let url: string;

		beforeAll(async () => {
			server = createServer((_, response) => {
				response.setHeader('content-type', 'video/mp4');
				response.setHeader('content-disposition', 'attachment; filename="film.mp4"');
				response.end(bytes);
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/film.mp4`;
		});
		afterAll(() => {
			server.close();
		});

		it('of 15 MB arrives byte for byte, with its name and type', async () => {
			const download: WorkflowNode = {
				name: 'Download',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url, options: { response: { response: { responseFormat: 'file' } } } },
			};
			const send = setup.tested.node({
				node: 'zenviaSales',
				parameters: {
					resource: 'message',
					operation: 'sendFile',
					prospectId: ids.prospect,
					channel: 'whatsapp',
				},
				credential: setup.credential,
			});
			const execution = await setup.tested.n8n.run(
				chain('Send a film', [manualTrigger, download, send]),
			);
			expect(execution.error).toBeUndefined();
			const [file] = setup.simulator.vendor.messages.files;
			expect(file).toMatchObject({
				name: 'film.mp4',
				type: 'video/mp4',
				prospectId: ids.prospect,
			});
			expect(sha(file?.bytes ?? Buffer.alloc(0))).toBe(sha(bytes));
			expect(setup.simulator.violations()).toEqual([]);
		});

		it('that is not there is said before anything is sent', async () => {
			const sent = setup.simulator.counts.requests;
			const { error } = await setup.run({
				resource: 'message',
				operation: 'sendFile',
				prospectId: ids.prospect,
				channel: 'whatsapp',
			});
			expect(error?.message).toContain(
				`'Input Binary Field' is "data", and the item has no such file`,
			);
			expect(setup.simulator.counts.requests).toBe(sent);
		});
	});
}

/** Lists that come as a file, and what is left of one that ends half way. */
export function describeListAsFile(): void {
	describe('a list as a file', () => {
		const dayMs = 86_400_000;
		const parameters = () => ({
			resource: 'interaction',
			operation: 'getAll',
			filters: {
				createdAfter: new Date(Date.now() - 90 * dayMs).toISOString(),
				createdBefore: new Date().toISOString(),
			},
		});
		const seedInteractions = (count: number) =>
			setup.simulator.vendor.seedInteractions({
				count,
				from: new Date(Date.now() - 89 * dayMs).toISOString(),
				to: new Date(Date.now() - dayMs).toISOString(),
			});

		it('has the same records as its items, over several windows of dates', async () => {
			seedInteractions(5000);
			const { tested, credential } = setup;
			const options = { node: 'zenviaSales', parameters: parameters(), credential };
			expect(await expectSameRecords(tested, options)).toBeGreaterThanOrEqual(5000);
		});

		it('is read by n8n as CSV for Excel in Brazil', async () => {
			seedInteractions(50);
			const { tested, credential } = setup;
			const { vendor } = setup.simulator;
			vendor.receiveMessage(ids.prospect, { content: 'São; "Paulo"\n=1+1' });
			const fileOptions = { separator: ';', byteOrderMark: true, fileName: 'interações' };
			const { item, read, execution } = await readBack(
				tested,
				{
					node: 'zenviaSales',
					parameters: { ...parameters(), fileFormat: 'csv', fileOptions },
					credential,
				},
				{ operation: 'csv', options: { delimiter: ';', enableBOM: true, includeEmptyCells: true } },
			);
			expect(item?.json).toMatchObject({ fileName: 'interações.csv', count: read.length });
			expect(item?.binary?.data).toMatchObject({ mimeType: 'text/csv' });
			expect(Object.keys(read[0] ?? {})).toEqual([...(columns['interaction.getAll'] ?? [])]);
			const outputs = read.map(({ output }) => String(output)).filter((text) => text !== '');
			expect(outputs.map((text) => JSON.parse(text) as object)).toContainEqual(
				expect.objectContaining({
					message: expect.objectContaining({ content: 'São; "Paulo"\n=1+1' }),
				}),
			);
			const hints = execution.nodes.Node?.at(-1)?.hints.map(({ message }) => message) ?? [];
			expect(hints.some((hint) => hint.startsWith('This n8n does not keep files on disk'))).toBe(
				!does('keepsFilesOnDisk'),
			);
		});

		/** Files that n8n itself leaves until their execution is deleted. */
		const leftOver = does('keepsFilesOnDisk') && !does('takesPartialFilesAway') ? 1 : 0;
		const files = async () => {
			const all = await readdir(setup.tested.n8n.folder, { recursive: true });
			return all.filter((path) => path.includes('binary_data/')).length;
		};

		it('that Zenvia refuses half way leaves nothing in n8n’s folder, and says how far it came', async () => {
			seedInteractions(5000);
			const { tested, credential, simulator } = setup;
			const before = await files();
			let asked = 0;
			simulator.setFault(() =>
				++asked > 3
					? {
							kind: 'answer',
							when: 'before',
							answer: { status: 403, body: { message: 'No more', code: 'FORBIDDEN' } },
						}
					: undefined,
			);
			const { items, error } = await tested.runNode({
				node: 'zenviaSales',
				parameters: { ...parameters(), returnAll: true, returnAs: 'file', fileFormat: 'csv' },
				credential,
			});
			simulator.setFault(undefined);
			expect(items).toEqual([]);
			const said = `${error?.message} ${error?.description}`;
			expect(said).toContain('No more');
			expect(said).toMatch(/[1-9]\d* records had been read; their file was not kept\./);
			expect(await files()).toBe(before + leftOver);
		});

		it('that is cancelled half way leaves nothing in n8n’s folder', async () => {
			seedInteractions(20_000);
			const { tested, credential, simulator } = setup;
			const before = await files();
			const node = tested.node({
				node: 'zenviaSales',
				parameters: { ...parameters(), returnAll: true, returnAs: 'file' },
				credential,
			});
			simulator.change({ latencyMs: 300 });
			const sent = simulator.counts.requests;
			const id = await tested.n8n.begin(chain('A list to cancel', [manualTrigger, node]));
			await until(
				async () => simulator.counts.requests - sent >= 8 || undefined,
				() => `Only ${simulator.counts.requests - sent} pages were asked for`,
			);
			await tested.n8n.cancel(id);
			const { status } = await tested.n8n.untilEnded(id);
			simulator.change({ latencyMs: 0 });
			expect(status).toBe('canceled');
			await until(
				async () => (await files()) === before + leftOver || undefined,
				() => 'Not as many files are there as before',
				5000,
			);
		});
	});
}
