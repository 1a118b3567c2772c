import type { IExecuteFunctions } from 'n8n-workflow';
import { escapeHtml } from '../util/text';
import { type Finding, rowReport } from './rowReport';

/** Collects what was read differently from how it was written, to say it once for the run. */
export class Notices {
	/** By item and sentence, since n8n may run the node again for the same items. */
	private readonly findings = new Map<string, Finding>();

	/** @param finding what was done with a value, such as "is 45322, which was read as 2024-01-31" */
	add(finding: Finding): void {
		const { index, field, what } = finding;
		this.findings.set(`${index} ${field} ${what}`, finding);
	}

	/**
	 * Shows them above the node's output.
	 * @param redact takes secrets out of a text
	 */
	show(context: IExecuteFunctions, redact: (text: string) => string): void {
		if (this.findings.size === 0) return;
		const all = [...this.findings.values()]
			.sort((one, other) => one.index - other.index)
			// Before the items are named: a secret may be a number, such as an account's.
			.map((one) => ({ ...one, what: redact(one.what) }));
		// n8n reads a hint as HTML, and the values come from anywhere.
		const message = escapeHtml(`${rowReport(all)}.`);
		context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}
}
