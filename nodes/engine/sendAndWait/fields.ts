import { type Field, field, fieldError, type Property } from '../form/fields';
import { text } from '../form/text';
import { type LimitValues, limitFields, untilOf } from './limit';
import { lastFields, type PageValues, pageFields, questionOf } from './pageFields';
import { linkOf, type Wait } from './question';

/** What people write where the link is to stand. */
export const placeholder = '[link]';

const withLink = (value: string, link: string): string => value.replaceAll(placeholder, link);

/** A text that asks: as the page shows it, and as it is sent, with the link. */
export interface Asking {
	text: string;
	content: string;
}

const plainMessage = text({
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. Shall we book Tuesday, 10 am?',
	description: `The question. The link to the page with the buttons or the form is added at its end, or takes the place of ${placeholder}. One item at a time: put Loop Over Items with a batch size of 1 in front.`,
});

/** The message, which always has the link. */
export const message = field(plainMessage.property as Property<'message'>, (raw, item): Asking => {
	const asked = plainMessage.read(raw, item).trim();
	const link = linkOf(item.context);
	const said = asked.replaceAll(placeholder, '').trim();
	if (said === '') throw fieldError(plainMessage.property, 'is empty', 'Enter what is asked.');
	const content = asked.includes(placeholder) ? withLink(asked, link) : `${asked}\n\n${link}`;
	return { text: said, content };
});

/** Texts by name, such as the variables of a template, that may have the link in them. */
export const linked = <Name extends string>(inner: Field<Name, Record<string, string>>) =>
	field(inner.property as Property<Name>, (raw, item) => {
		const texts = Object.entries(inner.read(raw, item));
		const hasLink = texts.some(([, value]) => value.includes(placeholder));
		const link = hasLink ? linkOf(item.context) : '';
		return {
			hasLink,
			texts: Object.fromEntries(texts.map(([name, value]) => [name, withLink(value, link)])),
		};
	});

/** How the answer is given, and how long it is waited for. */
export const questionFields = [...pageFields, ...limitFields, ...lastFields] as const;

/**
 * What is asked and how long it is waited for.
 * @throws UserError for a form that cannot be filled in, and for a limit that is over
 */
export const waitOf = ({
	message,
	...values
}: { message: Asking } & PageValues & LimitValues): Wait => ({
	question: questionOf(message.text, values),
	until: untilOf(values),
});
