import {
	type Browser,
	type BrowserContext,
	chromium,
	type Locator,
	type Page,
} from 'playwright-core';
import type { Owner } from './owner.mts';

/** Debian's, since playwright-core brings no browser. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];
const viewport = { width: 1280, height: 800 };
/** How long anything may take to show on a slow machine, in milliseconds. */
const patience = 45_000;

/** The browser that the editor is looked at with. */
export const launchBrowser = async (): Promise<Browser> =>
	await chromium.launch({ executablePath, args });

/** Somebody who is signed in to an instance. */
export interface Session {
	url: string;
	state: Awaited<ReturnType<BrowserContext['storageState']>>;
}

/** A value of a form: text, or for a list of choices the label of one. */
export type Values = Record<string, string>;

/** n8n's editor as a person sees and uses it. What it does waits for what it acts on. */
export class EditorPage {
	private constructor(
		readonly page: Page,
		private readonly context: BrowserContext,
		private readonly url: string,
	) {}

	/** Opens a window in light or in dark, as somebody who has signed in. */
	static async open(
		browser: Browser,
		{ url, state }: Session,
		colorScheme: 'light' | 'dark' = 'light',
	): Promise<EditorPage> {
		const context = await browser.newContext({ viewport, colorScheme, storageState: state });
		context.setDefaultTimeout(patience);
		return new EditorPage(await context.newPage(), context, url);
	}

	/** Signs in by the form. Once is enough for any number of windows, and n8n allows few in a minute. */
	static async signIn(browser: Browser, url: string, owner: Owner): Promise<Session> {
		const context = await browser.newContext({ viewport });
		context.setDefaultTimeout(patience);
		const page = await context.newPage();
		await page.goto(`${url}/signin`, { waitUntil: 'domcontentloaded' });
		await page.locator('input[name=emailOrLdapLoginId]').fill(owner.email);
		await page.locator('input[name=password]').fill(owner.password);
		await page.locator('[data-test-id=form-submit-button]').click();
		await page.waitForURL((address) => !address.pathname.includes('signin'));
		const state = await context.storageState();
		await context.close();
		return { url, state };
	}

	async close(): Promise<void> {
		await this.context.close();
	}

	/** What n8n's own tests find it by. */
	at(testId: string, within: Page | Locator = this.page): Locator {
		return within.locator(`[data-test-id="${testId}"]`);
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`, { waitUntil: 'domcontentloaded' });
		await this.at('canvas-add-button').waitFor();
	}

	/** The page that n8n shows to somebody who has signed in. */
	async home(): Promise<void> {
		await this.page.goto(this.url, { waitUntil: 'domcontentloaded' });
		await this.at('universal-add').waitFor();
	}

	/** Goes to a page of the editor, as by a link where one is open: to load it anew takes eight seconds on one core. */
	private async follow(path: string): Promise<void> {
		if (!this.page.url().startsWith(this.url)) {
			await this.page.goto(`${this.url}${path}`, { waitUntil: 'domcontentloaded' });
			return;
		}
		// The panel of a node would stay open over the next workflow.
		if (await this.at('ndv').isVisible()) await this.closeNode();
		await this.page.evaluate(
			`{
				const { current } = history.state;
				const state = { back: current, current: '${path}', forward: null, position: history.length };
				history.pushState(state, '', state.current);
				dispatchEvent(new PopStateEvent('popstate', { state }));
			}`,
		);
	}

	/** Begins a workflow by mouse, and imports a file into it. */
	async importWorkflow(file: string): Promise<void> {
		await this.at('universal-add').click();
		await this.at('navigation-menu-item').filter({ hasText: 'Workflow' }).first().click();
		await this.at('canvas-add-button').waitFor();
		await this.at('workflow-menu').click();
		await this.page.getByRole('menuitem', { name: 'Import' }).hover();
		const chooser = this.page.waitForEvent('filechooser');
		await this.page.getByRole('menuitem', { name: 'From file' }).click();
		await (await chooser).setFiles(file);
		await this.at('canvas-node').first().waitFor();
	}

	/** Counts from now on how often the mouse is pressed, on whichever page. @returns what tells how often it was */
	async countClicks(): Promise<() => number> {
		let count = 0;
		await this.page.exposeFunction('countClick', () => count++);
		await this.page.addInitScript(
			"addEventListener('pointerdown', (event) => event.isTrusted && countClick(), true)",
		);
		return () => count;
	}

	async openWorkflow(id: string): Promise<void> {
		// From one workflow to another the canvas would show the nodes of both for a moment.
		await this.follow('/home/workflows');
		await this.at('add-resource-workflow').waitFor();
		await this.follow(`/workflow/${id}`);
		await this.at('canvas-node').first().waitFor();
	}

	/** Opens the list of nodes, where it is not open. */
	async openNodeList(): Promise<void> {
		if (!(await this.at('node-creator').isVisible()))
			await this.at('node-creator-plus-button').click();
		await this.searchBar.waitFor();
	}

	private get searchBar(): Locator {
		return this.at('node-creator').locator('input').first();
	}

	/** Types into the search of the list of nodes, and waits until a node shows. */
	async searchNode(text: string, name: string): Promise<Locator> {
		await this.openNodeList();
		await this.searchBar.fill(text);
		const found = this.at('node-creator-item-name').getByText(name, { exact: true });
		await found.waitFor();
		return found;
	}

	/** Adds a node from the list by one of its actions or events; its panel opens. */
	async addNode(name: string, action: string): Promise<void> {
		await (await this.searchNode(name, name)).click();
		const item = this.at('node-creator-item-name').getByText(action, { exact: true });
		const headers = this.at('node-creator-category-item');
		await headers.first().waitFor();
		for (const header of await headers.all()) {
			if (await item.isVisible()) break;
			await header.click();
		}
		await item.click();
		await this.at('ndv').waitFor();
	}

	/** Opens the panel of a node that is on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
		await this.at('ndv').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.at('ndv-close-button').click();
		await this.at('ndv').waitFor({ state: 'hidden' });
	}

	/** The field of a parameter in the panel of a node, or in the form of a credential. */
	parameter(name: string, within: Page | Locator = this.page): Locator {
		return this.at(`parameter-input-${name}`, within);
	}

	async fill(name: string, value: string): Promise<void> {
		await this.parameter(name).locator('input, textarea').first().fill(value);
	}

	/** Opens a list of choices and chooses one by its label. */
	async choose(name: string, label: string, within?: Locator): Promise<void> {
		await this.parameter(name, within).locator('input').first().click();
		await this.option(label).click();
	}

	/** A choice of the list that is open. */
	option(label: string): Locator {
		return this.page
			.locator('.el-select-dropdown__item:visible, [role=option]:visible')
			.filter({ has: this.page.getByText(label, { exact: true }) })
			.first();
	}

	/** Searches the list of a resource locator and picks an entry. */
	async pick(name: string, search: string, label: string | RegExp): Promise<void> {
		await this.at('rlc-input', this.parameter(name)).click();
		await this.at('rlc-search').fill(search);
		await this.at('rlc-item').filter({ hasText: label }).first().click();
	}

	/** Enters a resource locator by its ID. */
	async enterId(name: string, value: string): Promise<void> {
		const parameter = this.parameter(name);
		await this.at('rlc-mode-selector', parameter).click();
		// Each locator that was opened has a list of its own, and keeps it.
		await this.at('mode-id').filter({ visible: true }).click();
		await parameter.locator('input, textarea').last().fill(value);
	}

	/** Opens the form of a new credential for the node whose panel is open. */
	async newCredential(): Promise<Locator> {
		const empty = this.at('node-credentials-empty-state').locator('button').first();
		const select = this.at('node-credentials-select');
		await empty.or(select).first().waitFor();
		if (await empty.isVisible()) await empty.click();
		else {
			await select.first().click();
			await this.at('node-credentials-select-item-new').first().click();
		}
		await this.at('credential-save-button').waitFor();
		return this.at('editCredential-modal');
	}

	/**
	 * Fills in the form of a credential and saves it, which tests it.
	 * @returns what the form says where the test did not pass; nothing where it did, and the form is gone
	 */
	async saveCredential(values: Values): Promise<string | undefined> {
		const form = this.at('editCredential-modal');
		for (const [name, value] of Object.entries(values)) {
			const field = this.parameter(name, form);
			await field.waitFor();
			const isList = (await field.locator('.el-select, [role=combobox]').count()) > 0;
			if (isList) await this.choose(name, value, form);
			else await field.locator('input, textarea').first().fill(value);
		}
		const tested = this.page.waitForResponse(
			(response) => response.url().endsWith('/rest/credentials/test') && response.ok(),
		);
		await this.at('credential-save-button').click();
		const { data } = (await (await tested).json()) as { data: { status: 'OK' | 'Error' } };
		if (data.status === 'OK') {
			await form.waitFor({ state: 'hidden' });
			return undefined;
		}
		await form.getByText('More details').click();
		return await form.innerText();
	}

	/** Runs the node whose panel is open. */
	async executeStep(): Promise<void> {
		await this.at('node-execute-button').click();
	}

	/** The address that the trigger whose panel is open listens at while a test event is waited for. */
	async testUrl(): Promise<string> {
		await this.at('ndv').getByText('Webhook URLs', { exact: true }).click();
		return await this.at('ndv').getByText('/webhook-test/').innerText();
	}

	/** The pane that shows what the open node gave. */
	get output(): Locator {
		return this.at('output-panel');
	}
}
