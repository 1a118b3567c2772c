import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import type { PictureOfResult } from '../kit/vendorKit.mts';
import { EditorPage, type Session } from '../n8n/page.mts';
import { vendors } from '../vendors.mts';

/** How long what moves or loads in the editor takes to come to rest, in milliseconds. */
const rest = 2500;

/** The button of the node before, which hangs half outside of the panel, and what n8n says in passing. */
const besidePanel =
	'[data-test-id=floating-nodes], .el-notification { visibility: hidden !important }';

/** What begins the names of a node's pictures. */
const fileOf = (displayName: string): string => displayName.toLowerCase().replaceAll(' ', '-');

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

	/** What a node of an example gives, once the example was run by hand. */
	async result(id: string, { example, node, shows }: PictureOfResult): Promise<void> {
		await this.inBoth(async (editor, scheme) => {
			await editor.openWorkflow(id);
			await editor.at('execute-workflow-button').click();
			await editor.openNode(node);
			await editor.output.getByText(shows, { exact: true }).first().waitFor();
			await this.take(editor, editor.at('ndv'), `${example}.${scheme}`);
		});
	}

	/** Each vendor's action node, trigger and credential. */
	async nodes(): Promise<void> {
		await this.inBoth(async (editor, scheme) => {
			for (const { title, kit } of vendors) {
				const { action, event, others, fill } = kit.pictures;
				await editor.newWorkflow();
				await editor.addNode(title, action);
				await fill(editor);
				await this.take(editor, editor.at('ndv'), `${fileOf(title)}-node.${scheme}`);
				if (scheme === 'dark') continue;
				await editor.newCredential();
				await this.take(editor, editor.at('editCredential-modal'), `${fileOf(title)}-credential`);
				const triggers = { [title]: { event, credential: undefined }, ...others };
				for (const [name, shown] of Object.entries(triggers)) {
					await editor.newWorkflow();
					await editor.addNode(name, shown.event);
					if (shown.credential) {
						await editor.newCredential();
						const refused = await editor.saveCredential(shown.credential);
						if (refused !== undefined) throw new Error(refused);
					}
					await this.take(editor, editor.at('ndv'), `${fileOf(name)}-trigger`);
				}
			}
		});
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
		// So does one below the mouse, with what it offers.
		await editor.page.mouse.move(0, 0);
		await editor.page.waitForTimeout(rest);
		const path = join(this.folder, `${name}.png`);
		await what.screenshot({ path, animations: 'disabled', style: besidePanel });
	}
}
