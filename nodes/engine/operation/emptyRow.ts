import type { IDataObject } from 'n8n-workflow';

/** The column that n8n's Google Sheets adds to the rows that it reads; an empty row has it, too. */
const rowNumber = 'row_number';

/** What an empty row gives where it has to give something; a node behind knows it for one by its reason. */
export const skippedRow = { skipped: true, reason: 'The row has no value.' };

/** Whether an item is a row of a table, whatever its cells hold. */
export const isRow = (json: IDataObject): boolean =>
	Object.hasOwn(json, rowNumber) || json.reason === skippedRow.reason;

/** What stands in the cells of a row. */
export function cellsOf(json: IDataObject): unknown[] {
	if (json.reason === skippedRow.reason) return [];
	return Object.keys(json).flatMap((name) => (name === rowNumber ? [] : [json[name]]));
}
