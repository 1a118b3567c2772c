import type { IDisplayOptions } from 'n8n-workflow';
import { choice } from '../form/choice';
import type { ValuesOf } from '../form/fields';
import { group } from '../form/collections';
import { flag } from '../form/flag';
import { number } from '../form/number';
import { text } from '../form/text';
import type { FileFormat } from './fileFormats';

/** An AI agent reads what comes out, and gets no file. */
const whereAll: IDisplayOptions = { show: { returnAll: [true] }, hide: { '@tool': [true] } };
const whereFile: IDisplayOptions = {
	...whereAll,
	show: { ...whereAll.show, returnAs: ['file'] },
};
const whereCsv: IDisplayOptions = { show: { '/fileFormat': ['csv'] } };

/**
 * Most megabytes of a file that n8n keeps in its memory or its database. It takes about ten times as much memory
 * there (2.8 GB more for a file of 300 MB, n8n 1.123 in memory), and n8n's smallest servers have 320 MB.
 */
const defaultMostMegabytes = 20;

const returnAs = choice({
	displayName: 'Return As',
	name: 'returnAs',
	type: 'options',
	options: [
		{
			name: 'File',
			value: 'file',
			description: 'One item with a file, written page by page: for lists of any length',
		},
		{ name: 'Items', value: 'items', description: 'One item for each record' },
	],
	default: 'items',
	displayOptions: whereAll,
	description: 'Whether each record becomes an item, or all of them a file',
});

const fileFormat = choice({
	displayName: 'File Format',
	name: 'fileFormat',
	type: 'options',
	options: [
		{
			name: 'CSV',
			value: 'csv',
			description: 'For spreadsheets: a column for each field, nested values as JSON',
		},
		{ name: 'JSON', value: 'json', description: 'One list of all records' },
		{ name: 'JSON Lines', value: 'jsonl', description: 'One record a line, for software' },
	],
	default: 'jsonl',
	displayOptions: whereFile,
	description: 'How the records are written',
});

const fileOptions = group(
	{
		displayName: 'File Options',
		name: 'fileOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: whereFile,
	},
	[
		flag({
			displayName: 'Byte Order Mark',
			name: 'byteOrderMark',
			type: 'boolean',
			default: true,
			displayOptions: whereCsv,
			description:
				'Whether the file begins with the mark by which Excel knows that it is UTF-8. Without it, Excel shows São as SÃ£o.',
		}),
		text({
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. interactions-2025',
			description: 'The name of the file. Its extension is added.',
		}),
		flag({
			displayName: 'Keep Formulas Out',
			name: 'keepFormulasOut',
			type: 'boolean',
			default: true,
			displayOptions: whereCsv,
			description:
				'Whether texts that a spreadsheet would run as a formula get an apostrophe in front, phone numbers with + too. Switch it off for a file that software reads.',
		}),
		number({
			displayName: 'Most Megabytes in Memory',
			name: 'mostMegabytes',
			type: 'number',
			default: defaultMostMegabytes,
			typeOptions: { minValue: 1 },
			description:
				'If n8n keeps files in its memory or its database, a larger file stops the node: it takes about ten times its size in memory. Files on disk have no such limit.',
		}),
		text({
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
		}),
		choice({
			displayName: 'Separator',
			name: 'separator',
			type: 'options',
			options: [
				{ name: 'Comma', value: ',' },
				{
					name: 'Semicolon',
					value: ';',
					description: 'As Excel expects it in Brazil, with a comma in numbers',
				},
			],
			default: ',',
			displayOptions: whereCsv,
			description: 'The character between two columns',
		}),
	],
);

/** What asks whether a list comes as items or as a file, and as which; shown with Return All. */
export const returnAsFields = [returnAs, fileFormat, fileOptions] as const;

/** A list that is wanted as a file. */
export interface FileWanted {
	format: FileFormat;
	/** Without its extension. */
	name?: string;
	/** The field of the item's binaries. */
	property: string;
	separator?: string;
	hasByteOrderMark?: boolean;
	keepsFormulasOut?: boolean;
	/** Most bytes of a file that n8n does not keep on disk. */
	mostBytes: number;
}

/** @returns how a list is wanted as a file, or nothing where its records are wanted as items */
export function fileWanted(values: Record<string, unknown>): FileWanted | undefined {
	const { returnAll, returnAs, fileFormat, fileOptions } = values as Partial<
		ValuesOf<typeof returnAsFields>
	> & { returnAll?: boolean };
	if (returnAll !== true || returnAs !== 'file') return undefined;
	const { fileName, binaryPropertyName, separator, byteOrderMark, keepFormulasOut, mostMegabytes } =
		fileOptions ?? {};
	return {
		format: fileFormat as FileFormat,
		name: fileName,
		property: binaryPropertyName || 'data',
		separator,
		hasByteOrderMark: byteOrderMark,
		keepsFormulasOut: keepFormulasOut,
		mostBytes: (mostMegabytes ?? defaultMostMegabytes) * 1e6,
	};
}
