import { ifExistsField, isChosen } from '../../engine/form/ifExistsField';
import type { IfExists } from '../../engine/form/lookup';
import type { ApiError } from '../../engine/http/apiError';
import type { Request } from '../../engine/http/request';
import { leadByEmail } from './leadLookup';

/** What to do where a lead's e-mail address is taken. */
export const ifExists = ifExistsField({
	description: 'What to do if another lead has the e-mail address, which Saleswhale then refuses',
	fail: 'The item fails with what Saleswhale says',
	update: 'Find the lead in the conversations, and change it',
});

/** No document has the words of a refused second lead but SEED's own "duplicated record"; the others are inferred. */
const says =
	/\be-?mail\b.*\b(?:taken|exists)\b|\blead already exists\b|\bduplicated? (?:record|lead|e-?mail)\b/i;

/** SEED, Errors: 422 for a duplicated record. */
const isTaken = ({ code, message }: ApiError): boolean => code === '422' && says.test(message);

/** What is done in place of creating a lead whose e-mail address is taken. */
export function existingLead(
	{
		ifExists: chosen,
		email,
		mostPages = 1,
	}: { ifExists: string; email: string; mostPages?: number },
	update: (id: string) => Request,
): IfExists | undefined {
	if (!isChosen(chosen) || chosen === 'fail') return undefined;
	return {
		do: chosen,
		contacts: [leadByEmail(email, mostPages, { do: 'skip' })],
		isTaken,
		idIn: ({ id }) => String(id),
		asRecord: (id) => ({ id: Number(id) }),
		update,
	};
}
