import axios from 'axios';
import type { Browser } from 'playwright-core';
import { EditorPage, launchBrowser, type Session } from '../../dev/n8n/page.mts';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import { CONTROL_PATH } from '../../dev/kit/framework/control.mts';
import { startTestN8n, type TestN8n, withEditor } from '../../dev/n8n/harness.mts';
import { readVendors } from '../../dev/packages/vendor.mts';
import { simulatorsOf, type StartedVendors, startVendors } from '../../dev/simulators.mts';

/** A real n8n with a simulator of each vendor, and a browser that looks at its editor. */
export class EditorSetup {
	private constructor(
		readonly vendors: StartedVendors,
		readonly tested: TestN8n,
		private readonly browser: Browser,
		private readonly session: Session,
	) {}

	/** @param isEmpty an n8n of its own, in which no other test has left a workflow or a credential */
	static async start({ isEmpty = false } = {}): Promise<EditorSetup> {
		const tested = await startTestN8n(withEditor, isEmpty ? async () => {} : undefined);
		const browser = await launchBrowser();
		const owner = await tested.n8n.setUpOwner();
		const session = await EditorPage.signIn(browser, tested.n8n.url, owner);
		const vendors = await startVendors(() => ({ limit: 'documented' }));
		return new EditorSetup(vendors, tested, browser, session);
	}

	async open(colorScheme: 'light' | 'dark' = 'light'): Promise<EditorPage> {
		return await EditorPage.open(this.browser, this.session, colorScheme);
	}

	/** The vendor whose credential is of this type. */
	private started(type: string) {
		const found = Object.values(this.vendors).find((one) => one.type === type);
		if (!found) throw new Error(`No simulator goes with ${type}.`);
		return found;
	}

	/** Lets something happen at a vendor. */
	async act(type: string, action: string, input: object): Promise<void> {
		const { url } = this.started(type).simulator;
		await axios.post(`${url}${CONTROL_PATH}actions/${action}`, input, { proxy: false });
	}

	/** The data of a credential that is right, as a person would enter it. */
	credentialData(type: string): Record<string, string> {
		const { vendor, data: right } = this.started(type);
		const data = Object.entries({ ...right, ...vendor.kit.paced }).map(([name, value]) => [
			name,
			String(value),
		]);
		return Object.fromEntries(data) as Record<string, string>;
	}

	/** What a person types into the form of a vendor's credential, and what is chosen there to reach its simulator. */
	async typed(title: string): Promise<Record<'values' | 'place', Record<string, string>>> {
		const found = (await readVendors()).find((vendor) => vendor.title === title);
		const { type } = this.named(title);
		const form = found?.credentials.find(({ is }) => is.name === type)?.is.properties ?? [];
		const values: Record<string, string> = {};
		const place: Record<string, string> = {};
		for (const [name, value] of Object.entries(this.credentialData(type))) {
			const field = form.find((property) => property.name === name);
			const option = field?.options?.find((one) => 'value' in one && one.value === value);
			if (!option) values[name] = value;
			else if (field?.default !== value) place[name] = option.name;
		}
		return { values, place };
	}

	/** Puts into a vendor's simulator what an account usually holds. */
	seed(title: string): void {
		const { vendor, simulator } = this.named(title);
		vendor.kit.live.seed(simulator.vendor);
	}

	private named(title: string) {
		const found = Object.values(this.vendors).find(({ vendor }) => vendor.title === title);
		if (!found) throw new Error(`No simulator is called ${title}.`);
		return found;
	}

	/** Saves the credential of Saleswhale without the editor, for tests that are about something else. */
	async saleswhaleCredential(): Promise<SavedCredential> {
		const { vendor, type, data } = this.vendors.saleswhale;
		const paced = { ...data, ...vendor.kit.paced };
		return await this.tested.n8n.createCredential(type, vendor.title, paced);
	}

	async close(): Promise<void> {
		await this.browser.close();
		await this.tested.close();
		for (const simulator of simulatorsOf(this.vendors)) await simulator.close();
	}
}
