import type { Execution } from '../n8n/execution.mts';
import type { TestN8n } from '../n8n/harness.mts';
import { manualTrigger, type SavedCredential, type Workflow } from '../n8n/workflow.mts';
import type { Simulator } from '../kit/simulator.mts';
import { type Format, type Locale, locales } from './cell.mts';
import { save } from './office.mts';
import { type Sheet, sheetOf, tableOf } from './sheet.mts';
import { judge, type Judged } from './verdict.mts';
import { vendors } from '../vendors.mts';
import type { JudgedVendor, Write } from './writes.mts';

/** The zone that n8n and the workflow are in: n8n hands on a date of an .ods file as a midnight in its own zone. */
export const zone = { TZ: 'America/Sao_Paulo', GENERIC_TIMEZONE: 'America/Sao_Paulo' };

const formats: readonly Format[] = ['xlsx', 'ods', 'csv'];
/** The version of a node that reads values as they are meant. */
const typeVersion = 1.1;
/** Longest run of one sheet, in milliseconds. */
const longestRun = 15 * 60_000;

/** What became of a row in one write. */
export interface JudgedRow extends Judged {
	write: string;
	locale: string;
	format: Format;
}

interface Running {
	vendor: JudgedVendor;
	simulator: Simulator;
	credential: SavedCredential;
	writes: Write[];
}

/**
 * Lets LibreOffice save rows in three languages and three formats, a real n8n read them and write each to every
 * vendor, and holds what the simulators were sent to what was meant.
 * @param rows how many each write gets
 */
export async function judgeRows(
	n8n: TestN8n,
	{ rows, seed, onSheet }: { rows: number; seed: number; onSheet?(done: number, of: number): void },
): Promise<JudgedRow[]> {
	const kinds = locales.flatMap((locale) => formats.map((format) => ({ locale, format })));
	const count = Math.ceil(rows / kinds.length);
	const sheets = kinds.map((kind, n) => {
		const firstRow = n * count;
		return sheetOf(kind, { count: Math.min(count, rows - firstRow), firstRow, seed });
	});
	const files = await filesOf(sheets);
	const running: Running[] = [];
	try {
		for (const { oracle: vendor } of vendors.map(({ kit }) => kit)) {
			const simulator = await vendor.start();
			const data = vendor.credential(simulator.url);
			const credential = await n8n.credential(vendor.credentialType, data);
			running.push({ vendor, simulator, credential, writes: vendor.writes(simulator) });
		}
		const judged: JudgedRow[] = [];
		for (const [n, sheet] of sheets.entries()) {
			judged.push(...(await judgeSheet(n8n, running, sheet, files.get(sheet) as Buffer)));
			onSheet?.(n + 1, sheets.length);
		}
		return judged;
	} finally {
		for (const { simulator } of running) await simulator.close();
	}
}

async function filesOf(sheets: Sheet[]): Promise<Map<Sheet, Buffer>> {
	const files = new Map<Sheet, Buffer>();
	const saveAll = async (locale: Locale) => {
		const own = sheets.filter((sheet) => sheet.locale === locale);
		const saved = await save(locale, new Map(own.map((sheet) => [sheet.format, tableOf(sheet)])));
		for (const sheet of own) files.set(sheet, saved.get(sheet.format) as Buffer);
	};
	await Promise.all(locales.map(saveAll));
	return files;
}

async function judgeSheet(
	n8n: TestN8n,
	running: Running[],
	sheet: Sheet,
	file: Buffer,
): Promise<JudgedRow[]> {
	const execution = await n8n.n8n.run(workflowOf(n8n, running, sheet, file), {
		timeout: longestRun,
	});
	if (execution.error) throw new Error(`A sheet ended: ${execution.error.message}`);
	const marks = execution.nodes.Read?.at(-1)?.outputs[0]?.map(({ json }) => json.mark) ?? [];
	return running.flatMap(({ simulator, writes }) =>
		writes.flatMap((write) => {
			const errors = errorsOf(execution, write.name, marks);
			const arrived = arrivedAt(simulator, write);
			return sheet.rows.map((row): JudgedRow => {
				const outcome = { error: errors.get(row.mark), arrived: arrived.get(row.mark) ?? [] };
				const { name } = sheet.locale;
				return {
					write: write.name,
					locale: name,
					format: sheet.format,
					...judge(row, write, outcome),
				};
			});
		}),
	);
}

/** Reads a file, and writes each row to every vendor, in nodes side by side. */
function workflowOf(n8n: TestN8n, running: Running[], sheet: Sheet, file: Buffer): Workflow {
	const { format, locale } = sheet;
	const { separator: delimiter, encoding } = locale.csv;
	const read = {
		name: 'Read',
		type: 'n8n-nodes-base.extractFromFile',
		typeVersion: 1,
		parameters: { operation: format, options: format === 'csv' ? { delimiter, encoding } : {} },
	};
	const writes = running.flatMap(({ vendor: { node }, credential, writes: own }) =>
		own.map(({ name, parameters }) =>
			n8n.node(
				{ node, typeVersion, parameters, credential, onError: 'continueRegularOutput' },
				name,
			),
		),
	);
	const to = (nodes: Array<{ name: string }>) => ({
		main: [nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }))],
	});
	const binary = { data: { data: file.toString('base64'), fileName: `rows.${format}` } };
	return {
		name: `Oracle, ${locale.name}, ${format}`,
		nodes: [manualTrigger, read, ...writes].map((node, n) => ({
			id: `node-${n}`,
			position: [n * 220, 0],
			...node,
		})),
		connections: { [manualTrigger.name]: to([read]), [read.name]: to(writes) },
		settings: { executionOrder: 'v1' },
		pinData: { [manualTrigger.name]: [{ json: {}, binary }] },
	};
}

/** The sentences that rows were refused with, by their marks. */
function errorsOf(execution: Execution, node: string, marks: unknown[]): Map<string, string> {
	const items = execution.nodes[node]?.at(-1)?.outputs[0] ?? [];
	const errors = new Map<string, string>();
	for (const { json, pairedItem } of items) {
		if (typeof json.error !== 'string') continue;
		const index = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
		errors.set(String(marks[index] ?? ''), json.error);
	}
	return errors;
}

function arrivedAt(
	simulator: Simulator,
	write: Write,
): Map<string, Array<Record<string, unknown>>> {
	const arrived = new Map<string, Array<Record<string, unknown>>>();
	for (const request of simulator.requests) {
		if (request.operationId !== write.operationId) continue;
		const values = write.arrived(request);
		const mark = String(values.mark);
		arrived.set(mark, [...(arrived.get(mark) ?? []), values]);
	}
	return arrived;
}
