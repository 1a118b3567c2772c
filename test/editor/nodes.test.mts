import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EditorPage } from '../../dev/n8n/page.mts';
import { chain, manualTrigger, versionOf } from '../../dev/n8n/workflow.mts';
import { EditorSetup } from './editor.setup.mts';

/** What people know of a vendor, and what they do first with its node. */
const vendors = [
	{
		name: 'Saleswhale',
		scheme: 'light',
		words: ['saleswhale', '6sense', 'ai email', 'enroll', 'campaign', 'lead'],
		credential: 'saleswhaleApi',
		secret: 'apiKey',
		says: 'does not accept this API key',
		action: 'Get many campaigns',
		chosen: ['Campaign', 'Get Many'],
		choose: { resource: 'Team', operation: 'Get' },
		output: 'name',
	},
	{
		name: 'Zenvia Sales',
		scheme: 'dark',
		words: ['zenvia', 'sirena', 'whatsapp', 'prospect', 'template', 'lead'],
		credential: 'zenviaSalesApi',
		secret: 'apiKey',
		says: 'does not accept this API key',
		action: 'Get many prospects',
		chosen: ['Prospect', 'Get Many'],
		choose: { resource: 'Group', operation: 'Get Many' },
		output: 'displayName',
	},
	{
		name: 'Salesflow',
		scheme: 'light',
		words: ['salesflow', 'linkedin', 'outreach', 'campaign', 'lead'],
		credential: 'salesflowApi',
		secret: 'token',
		says: 'does not accept this token',
		action: 'Start campaign',
		chosen: ['Campaign', 'Start'],
		choose: { resource: 'Account', operation: 'Get Many' },
		output: 'AccountEmail',
	},
	{
		name: 'Convertalk',
		scheme: 'dark',
		words: ['convertalk', 'botpenguin', 'chatbot', 'live chat', 'lead'],
		credential: 'convertalkApi',
		secret: 'token',
		says: 'does not accept this token',
		action: 'Search contacts',
		chosen: ['Contact', 'Search'],
		choose: { resource: 'Lead', operation: 'Get Many' },
		output: 'uuid',
	},
] as const;

/** What a list of choices shows of the values that the simulators' credentials hold. */
const labels: Record<string, string> = { custom: 'Custom', tokenHeaders: 'Token Headers' };

/** What is looked at of an image in the browser. */
interface Drawn {
	src: string;
	naturalWidth: number;
}

let setup: EditorSetup;
/** Each loads n8n's editor once, which is most of the time that these tests take. */
let windows: Record<'light' | 'dark', EditorPage>;

beforeAll(async () => {
	setup = await EditorSetup.start();
	await setup.act('convertalkApi', 'addLeads', { count: 2 });
	windows = { light: await setup.open('light'), dark: await setup.open('dark') };
});
afterAll(async () => await setup?.close());

describe.each(vendors)('$name in the editor, in $scheme', (vendor) => {
	let editor: EditorPage;

	beforeAll(async () => {
		editor = windows[vendor.scheme];
		await editor.newWorkflow();
	});

	it('is found by what people type', async () => {
		for (const word of vendor.words) await editor.searchNode(word, vendor.name);
	});

	it('is added by an action, which chooses its resource and operation', async () => {
		await editor.addNode(vendor.name, vendor.action);
		const shown = async (name: string) =>
			await editor.parameter(name).locator('input').first().inputValue();
		expect([await shown('resource'), await shown('operation')]).toEqual(vendor.chosen);
	});

	it('says why a credential is refused, and takes the right one', async () => {
		const right = Object.entries(setup.credentialData(vendor.credential)).map(([name, value]) => [
			name,
			labels[value] ?? value,
		]);
		const values = Object.fromEntries(right) as Record<string, string>;
		await editor.newCredential();
		const refusal = await editor.saveCredential({ ...values, [vendor.secret]: 'no such key' });
		expect(refusal).toContain(vendor.says);
		const secret = { [vendor.secret]: values[vendor.secret] ?? '' };
		expect(await editor.saveCredential(secret)).toBeUndefined();
	});

	it('runs another operation of another resource, and shows what came', async () => {
		await editor.choose('resource', vendor.choose.resource);
		await editor.choose('operation', vendor.choose.operation);
		await editor.executeStep();
		await editor.output.getByText(vendor.output, { exact: true }).first().waitFor();
	});
});

describe.each(['light', 'dark'] as const)('the icons in %s', (scheme) => {
	const nodes = [
		'saleswhale',
		'saleswhaleTrigger',
		'saleswhalePollTrigger',
		'zenviaSales',
		'zenviaSalesTrigger',
		'zenviaSalesPollTrigger',
		'zenviaSalesAppTrigger',
		'salesflow',
		'salesflowTrigger',
		'salesflowPollTrigger',
		'convertalk',
		'convertalkTrigger',
	];

	it('are drawn on the canvas, each in its own version', async () => {
		const all = nodes.map((name) => ({
			name,
			type: `n8n-nodes-sales-engagement.${name}`,
			typeVersion: versionOf(name),
			parameters: {},
		}));
		const workflow = { ...chain(`Icons in ${scheme}`, [manualTrigger, ...all]), connections: {} };
		const { id } = await setup.tested.n8n.createWorkflow(workflow);
		const editor = windows[scheme];
		await editor.openWorkflow(id);
		const icons = editor.at('canvas-node').locator('img[src*="sales-engagement"]');
		await icons.nth(nodes.length - 1).waitFor();
		const drawn = await icons.evaluateAll((images) =>
			(images as unknown as Drawn[]).map(({ src, naturalWidth: width }) => ({
				file: src.split('/').at(-1) ?? '',
				width,
			})),
		);
		expect(drawn).toHaveLength(nodes.length);
		for (const { file, width } of drawn) {
			expect(file.endsWith('.dark.svg')).toBe(scheme === 'dark');
			expect(width).toBeGreaterThan(0);
		}
	});
});
