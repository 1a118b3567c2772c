import type { INodeProperties } from 'n8n-workflow';
import { fieldError } from './fields';

/**
 * Refuses an empty value where the form asks for one; each reader of a field calls it for what counts as empty there.
 * @param advice a sentence that says what to enter
 * @throws FieldError where the field is required
 */
export function refuseIfRequired(property: INodeProperties, advice: string): void {
	if (property.required) throw fieldError(property, 'is empty', advice);
}
