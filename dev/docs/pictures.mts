import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { EditorPage, type Session } from '../n8n/page.mts';

interface Trigger {
	name: string;
	/** Begins the names of its files. */
	file: string;
	event: string;
}

/** What the pictures of a vendor show. */
interface Subject extends Trigger {
	action: string;
	/** What a person enters in the panel before it is shown. */
	fill?(editor: EditorPage): Promise<void>;
}

const subjects: Subject[] = [
	{
		name: 'Saleswhale',
		file: 'saleswhale',
		action: 'Create enrolment',
		event: 'On conversation ended',
		fill: async (editor) => {
			await editor.pick('campaignId', 'running', /running/);
			await editor.fill('leadId', '21248461');
		},
	},
	{
		name: 'Zenvia Sales',
		file: 'zenvia-sales',
		action: 'Create lead',
		event: 'On interactions',
		fill: async (editor) => {
			await editor.fill('utmSource', 'google');
			await editor.fill('emails', 'jorge@example.com');
			await editor.fill('phones', '+54 9 11 4552 0371');
		},
	},
	{
		name: 'Salesflow',
		file: 'salesflow',
		action: 'Import contact',
		event: 'On reply detected',
		fill: async (editor) => {
			await editor.pick('campaignId', '', /./);
			await editor.fill('linkedInUrl', 'https://www.linkedin.com/in/john-smith-123456');
		},
	},
	{
		name: 'Convertalk',
		file: 'convertalk',
		action: 'Create or update lead',
		event: 'On lead created',
		fill: async (editor) => await editor.fill('uuid', '9f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b'),
	},
];

/** A trigger that stands beside those of the vendors above. */
const appTrigger = {
	name: 'Zenvia Sales App',
	file: 'zenvia-sales-app',
	event: 'On button pressed',
};

/** How long what moves or loads in the editor takes to come to rest, in milliseconds. */
const rest = 2500;

/** The button of the node before, which hangs half outside of the panel. */
const besidePanel = '[data-test-id=floating-nodes] { visibility: hidden }';

/** Takes pictures of the real editor, to be looked at before they go into the documents. */
export class Pictures {
	constructor(
		private readonly browser: Browser,
		private readonly session: Session,
		private readonly folder: string,
	) {}

	/** A workflow as it lies on the canvas. */
	async workflow(id: string, name: string): Promise<void> {
		await this.inBoth(async (editor, scheme) => {
			await editor.openWorkflow(id);
			await editor.page.keyboard.press('1');
			await this.take(editor, editor.page.locator('body'), `${name}.${scheme}`);
		});
	}

	/** Each vendor's action node, trigger and credential. */
	async nodes(): Promise<void> {
		await this.inBoth(async (editor, scheme) => {
			for (const { name, file, action, event, fill } of subjects) {
				await editor.newWorkflow();
				await editor.addNode(name, action);
				await fill?.(editor);
				await this.take(editor, editor.at('ndv'), `${file}-node.${scheme}`);
				if (scheme === 'dark') continue;
				await editor.newCredential();
				await this.take(editor, editor.at('editCredential-modal'), `${file}-credential`);
				await this.trigger(editor, { name, file, event });
			}
			if (scheme === 'light') await this.trigger(editor, appTrigger);
		});
	}

	private async trigger(editor: EditorPage, { name, file, event }: Trigger): Promise<void> {
		await editor.newWorkflow();
		await editor.addNode(name, event);
		await this.take(editor, editor.at('ndv'), `${file}-trigger`);
	}

	private async inBoth(
		show: (editor: EditorPage, scheme: 'light' | 'dark') => Promise<void>,
	): Promise<void> {
		for (const scheme of ['light', 'dark'] as const) {
			const editor = await EditorPage.open(this.browser, this.session, scheme);
			// Leaving a workflow that was not saved would ask whether to.
			editor.page.on('dialog', (dialog) => void dialog.accept());
			await show(editor, scheme);
			await editor.close();
		}
	}

	private async take(editor: EditorPage, what: Locator, name: string): Promise<void> {
		// A field in which the cursor stands covers the next one with a tip.
		await editor.page.locator(':focus').evaluateAll((fields) => {
			for (const field of fields as unknown as Array<{ blur(): void }>) field.blur();
		});
		await editor.page.waitForTimeout(rest);
		const path = join(this.folder, `${name}.png`);
		await what.screenshot({ path, animations: 'disabled', style: besidePanel });
	}
}
