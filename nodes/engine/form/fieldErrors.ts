import { UserError } from 'n8n-workflow';

/** Several fields whose values do not fit: whoever mends a row wants to know of all of them at once. */
export class FieldErrors extends UserError {
	/** @param errors each with a sentence of its own */
	constructor(readonly errors: readonly UserError[]) {
		super(errors.map(({ message }) => message).join(' '));
	}
}

/**
 * Reads fields one by one, also those behind one that does not fit.
 * @returns what `read` made of each
 * @throws what `read` threw where one does not fit, and FieldErrors where several do not
 */
export function readEach<Field, Value>(
	fields: readonly Field[],
	read: (field: Field) => Value,
): Value[] {
	const thrown: unknown[] = [];
	const values = fields.flatMap((each) => {
		try {
			return [read(each)];
		} catch (error) {
			thrown.push(error);
			return [];
		}
	});
	if (thrown.length > 0) throw together(thrown);
	return values;
}

/** One error for several. Two fields may say the same, where one of them reads the other. */
function together(thrown: readonly unknown[]): unknown {
	const other = thrown.find((one) => !(one instanceof UserError));
	if (other !== undefined) return other;
	const all = (thrown as UserError[]).flatMap((one) =>
		one instanceof FieldErrors ? one.errors : [one],
	);
	const unlike = [...new Map(all.map((one) => [one.message, one])).values()];
	return unlike.length === 1 ? unlike[0] : new FieldErrors(unlike);
}
