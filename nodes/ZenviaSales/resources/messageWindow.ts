import type { IDataObject } from 'n8n-workflow';
import { get, post, type Request } from '../../engine/http/request';
import { withOwnFields } from '../../engine/util/ownFields';
import { need } from './fields';
import * as form from './messageForm';

/** A template to a prospect. */
interface Template {
	prospectId: string;
	channel: string;
	templateKey: string;
	parameters: Record<string, string>;
}

/** The request that sends a template. */
export const templateTo = ({
	prospectId,
	channel,
	templateKey,
	parameters,
}: Template): Request => ({
	...post`/prospect/${prospectId}/messaging/${channel}/notification`,
	body: {
		key: templateKey,
		...(Object.keys(parameters).length > 0 && { parameters }),
	},
});

/** What says to whom a message goes, and what goes out in its place where the 24 hours are over. */
interface Sending extends Omit<Template, 'templateKey'> {
	templateKey: string | undefined;
	ifWindowClosed: string;
}

/** What has to be read before it is known whether the message or the template is sent. */
export const windowOf = ({
	prospectId,
	ifWindowClosed,
}: Pick<Sending, 'prospectId' | 'ifWindowClosed'>): Request | undefined =>
	ifWindowClosed === 'template' ? get`/prospect/${prospectId}` : undefined;

/**
 * The request that sends a message, or the template where the prospect takes no free message now.
 * @param body of the message
 * @param prospect as it was read; nothing while the values are checked, and where only a message can be sent
 */
export function messageTo(
	{ templateKey, ...values }: Sending,
	body: IDataObject,
	prospect: IDataObject | undefined,
): Request {
	const { prospectId, channel, ifWindowClosed } = values;
	if (ifWindowClosed === 'template') need(templateKey, form.templateInPlace);
	if (prospect && !form.isWindowOpen(prospect, channel)) {
		return templateTo({ ...values, templateKey: templateKey ?? '' });
	}
	return { ...post`/prospect/${prospectId}/messaging/${channel}`, body };
}

/** Whether a request sends a template. */
export const isTemplate = ({ path }: Request): boolean => path.endsWith('/notification');

/** Says of what was sent which of the two it is, where it could be either. */
export function withSentAs(
	record: IDataObject,
	{ ifWindowClosed }: Pick<Sending, 'ifWindowClosed'>,
	sent: Request,
): IDataObject {
	if (ifWindowClosed !== 'template') return record;
	return withOwnFields({ sentAs: isTemplate(sent) ? 'template' : 'message' }, record);
}
