import axios from 'axios';
import type { Browser } from 'playwright-core';
import {
	allVendors,
	type DemoVendor,
	type DemoVendors,
	startVendors,
} from '../../dev/demo/vendors.mts';
import { EditorPage, launchBrowser, type Session } from '../../dev/n8n/page.mts';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import { CONTROL_PATH } from '../../dev/kit/framework/control.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** A real n8n with a simulator of each vendor, and a browser that looks at its editor. */
export class World {
	private constructor(
		readonly vendors: DemoVendors,
		readonly tested: TestN8n,
		private readonly browser: Browser,
		private readonly session: Session,
	) {}

	static async start(): Promise<World> {
		const tested = await startTestN8n();
		const browser = await launchBrowser();
		const owner = await tested.n8n.setUpOwner();
		const session = await EditorPage.signIn(browser, tested.n8n.url, owner);
		return new World(await startVendors(), tested, browser, session);
	}

	async open(colorScheme: 'light' | 'dark' = 'light'): Promise<EditorPage> {
		return await EditorPage.open(this.browser, this.session, colorScheme);
	}

	/** The vendor whose credential is of this type. */
	private vendor(type: string): DemoVendor<{ url: string }> {
		const vendor = allVendors(this.vendors).find(({ credential }) => credential.type === type);
		if (!vendor) throw new Error(`No simulator goes with ${type}.`);
		return vendor;
	}

	/** Lets something happen at a vendor. */
	async act(type: string, action: string, input: object): Promise<void> {
		const { url } = this.vendor(type).simulator;
		await axios.post(`${url}${CONTROL_PATH}actions/${action}`, input, { proxy: false });
	}

	/** The data of a credential that is right, as a person would enter it. */
	credentialData(type: string): Record<string, string> {
		const { data: right } = this.vendor(type).credential;
		const data = Object.entries(right).map(([name, value]) => [name, String(value)]);
		return Object.fromEntries(data) as Record<string, string>;
	}

	/** Saves the credential of Saleswhale without the editor, for tests that are about something else. */
	async saleswhaleCredential(): Promise<SavedCredential> {
		const { type, name, data } = this.vendors.saleswhale.credential;
		return await this.tested.n8n.createCredential(type, name, data);
	}

	async close(): Promise<void> {
		await this.browser.close();
		await this.tested.close();
		for (const { simulator } of allVendors(this.vendors)) await simulator.close();
	}
}
