import { beforeEach, describe, expect, it } from '@jest/globals';
import { chain, manualTrigger } from '../../dev/n8n/workflow.mts';
import type { Vendors } from './vendors.setup.mts';

const megabyte = 2 ** 20;

/** What becomes of files with WhatsApp's sizes and without a whole name, in a real n8n. */
export function describeFiles(setup: () => Vendors): void {
	const send = async (bytes: number, about: { mimeType: string; fileName?: string }) => {
		const { tested, credentials, sims } = setup();
		const [prospectId = ''] = sims.zenviaSales.vendor.seedProspects(1);
		sims.zenviaSales.vendor.receiveMessage(prospectId, { content: 'The price list, please' });
		const node = tested.node({
			node: 'zenviaSales',
			typeVersion: 1.1,
			parameters: {
				resource: 'message',
				operation: 'sendFile',
				prospectId,
				channel: 'whatsapp',
				binaryPropertyName: 'data',
			},
			credential: credentials.zenviaSales,
		});
		const data = { data: Buffer.alloc(bytes, 'x').toString('base64'), ...about };
		const { error } = await tested.n8n.run({
			...chain('A file', [manualTrigger, node]),
			pinData: { [manualTrigger.name]: [{ json: {}, binary: { data } }] },
		});
		return {
			error,
			requests: sims.zenviaSales.requests,
			sent: sims.zenviaSales.vendor.messages.files,
		};
	};

	describe('a file', () => {
		beforeEach(() => setup().reset());

		it('that is larger than WhatsApp takes of its kind is refused before it is sent', async () => {
			const { error, requests } = await send(5 * megabyte + 1, { mimeType: 'image/png' });
			expect(error?.message).toContain('has 6 MB, more than the 5 MB that fit');
			expect(requests).toEqual([]);
		});

		it.each([
			['quote', 'quote.pdf'],
			[undefined, 'file.pdf'],
		])('named %p arrives as %p, whole', async (fileName, arrived) => {
			const size = 5 * megabyte + 1;
			const about = { mimeType: 'application/pdf', fileExtension: 'pdf', fileName };
			const { error, sent } = await send(size, about);
			expect(error).toBeUndefined();
			expect(sent.map(({ name, bytes }) => [name, bytes.length])).toEqual([[arrived, size]]);
		});
	});
}
