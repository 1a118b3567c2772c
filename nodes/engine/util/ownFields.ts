import type { IDataObject } from 'n8n-workflow';

/**
 * A vendor's record with fields of our own in front, which nothing in it replaces: what of it bears their names stands
 * beside them as `vendor_` and that name. A field of ours without a value is left out, and its name kept free.
 */
export function withOwnFields(own: IDataObject, record: IDataObject): IDataObject {
	const names = Object.keys(own);
	const filled = Object.entries(own).filter(([, value]) => value !== undefined);
	const entries = Object.entries(record).map(([name, value]) =>
		names.includes(name) ? [`vendor_${name}`, value] : [name, value],
	);
	return Object.fromEntries([...filled, ...entries]) as IDataObject;
}
