import type { IDataObject, ILoadOptionsFunctions, ResourceMapperField } from 'n8n-workflow';
import { compact } from '../../engine/form/filled';
import { listSearch, loadOptions, mapperFields } from '../../engine/operation/listSearch';
import { many } from '../../engine/operation/operation';
import { get, type Request } from '../../engine/http/request';
import { withoutAddressSecret } from '../../engine/webhook/addressSecret';
import { zenviaSales } from '../vendor';
import { filledIn } from './filledIn';
import { searchInteractions, searchQuotes } from './ofProspect';
import { isRecord, dig, own } from '../../engine/util/json';

const records = many().records;

/** What an entry of a list is called; where several are called so, with what tells it from the others behind it. */
function toldApart(
	all: readonly IDataObject[],
	nameOf: (one: IDataObject) => string,
	detailOf: (one: IDataObject) => unknown,
): IDataObject[] {
	const names = all.map(nameOf);
	const seen = new Set<string>();
	const repeated = new Set(names.filter((name) => seen.size === seen.add(name).size));
	return all.map((one, n) => {
		const name = names[n] ?? '';
		return { ...one, shown: repeated.has(name) ? `${name} (${String(detailOf(one))})` : name };
	});
}

const groupName = ({ displayName, name, id }: IDataObject): string =>
	String(displayName || name || id);

/** Branches have teams of the same name: such a group is shown with the one above it. */
function groupsIn(body: unknown): IDataObject[] {
	const groups = records(body);
	const named = new Map(groups.map((group) => [group.id, groupName(group)]));
	return toldApart(groups, groupName, ({ parent, id }) => named.get(parent) ?? id);
}

/** The channels that reach the prospect, or those of the account where no prospect is known yet. */
function channelsOf(context: ILoadOptionsFunctions): Request {
	const prospect = filledIn(context, 'prospectId');
	return /^[a-z0-9]{24}$/.test(prospect)
		? get`/prospect/${prospect}/messaging/channels`
		: get`/messaging/channels`;
}

/** The templates of the channel that is chosen in the node. */
function templatesOf(body: unknown, context: ILoadOptionsFunctions): IDataObject[] {
	const chosen = filledIn(context, 'channel').toLowerCase();
	const channels = records(body).filter(({ channel }) => chosen === '' || channel === chosen);
	return channels.flatMap(({ templates }) =>
		Array.isArray(templates) ? templates.filter(isRecord) : [],
	) as IDataObject[];
}

/**
 * The names of a template's variables. SEED has the name "prospect.firstName" and, for the URLs of apps,
 * the notation ${…}; that templates use it, or {{…}}, is inferred. A name may be any words, as people write them.
 */
export function variablesOf({ body, template }: IDataObject): string[] {
	const text = typeof body === 'string' && body !== '' ? body : String(template ?? '');
	const found = [...text.matchAll(/\$\{([^{}]+)\}|\{\{([^{}]+)\}\}/g)];
	const names = found.map(([, dollar, double]) => (dollar ?? double ?? '').trim());
	return [...new Set(names)].filter((name) => name !== '');
}

/** Zenvia knows these by itself; parameters only override them (SEED, "overriding template parameters"). */
const isFilledByZenvia = (name: string): boolean => /^(prospect|agent|group)\./.test(name);

const variable = (name: string): ResourceMapperField => ({
	id: name,
	displayName: name,
	type: 'string',
	display: true,
	required: !isFilledByZenvia(name),
	defaultMatch: false,
});

const fullName = ({ firstName, lastName, email }: IDataObject): string =>
	[[firstName, lastName].filter(Boolean).join(' '), email && `(${String(email)})`]
		.filter(Boolean)
		.join(' ');

/** SEED, lists: "A multiple number of 100 ... is recommended". */
const prospectsAtOnce = 100;

/** SEED: a phone number, an e-mail address or a name. A phone number is searched without what is only there to be read. */
const asSearched = (filter: string): string =>
	/^[+\d\s().-]+$/.test(filter) ? filter.replace(/[\s().-]/g, '') : filter.trim();

function prospectName({ firstName, lastName, phones, emails, id }: IDataObject): string {
	const contacts = [phones, emails].flat().filter(Boolean).join(', ');
	const name = [firstName, lastName].filter(Boolean).join(' ');
	if (name === '') return contacts === '' ? String(id) : contacts;
	return contacts === '' ? name : `${name} (${contacts})`;
}

/** A list whose entries may be plain texts. */
const texts = (body: unknown): IDataObject[] =>
	records(Array.isArray(body) ? body.map((key: unknown) => (isRecord(key) ? key : { key })) : body);

/** Fills the dropdowns of the node from the account. */
export const methods = {
	listSearch: {
		searchGroups: listSearch(zenviaSales, {
			request: () => get`/groups`,
			records: groupsIn,
			entry: ({ id, shown }) => ({ name: String(shown), value: String(id) }),
		}),
		searchProspects: listSearch(zenviaSales, {
			searches: true,
			request: (before, _context, filter) => ({
				...get`/prospects`,
				query: compact({ limit: prospectsAtOnce, before, search: asSearched(filter) }),
			}),
			records,
			next: (body) => {
				const page = records(body);
				return page.length < prospectsAtOnce ? undefined : String(page.at(-1)?.id);
			},
			entry: (prospect) => ({ name: prospectName(prospect), value: String(prospect.id) }),
		}),
		searchInteractions,
		searchQuotes,
		searchSubscriptions: listSearch(zenviaSales, {
			request: () => get`/notifications/subscriptions`,
			records,
			entry: (subscription) => {
				const { id, topics, callbackUrl } = withoutAddressSecret(subscription, 'callbackUrl');
				const told = [topics].flat().filter(Boolean).join(', ');
				return { name: `${String(callbackUrl ?? id)} (${told})`, value: String(id) };
			},
		}),
		searchUsers: listSearch(zenviaSales, {
			request: () => get`/as-user/transfer`,
			records: (body) => records(dig(body, 'agents')),
			entry: (user) => ({ name: fullName(user), value: String(user.id) }),
		}),
		searchTemplates: listSearch(zenviaSales, {
			request: (_token, context) => channelsOf(context),
			records: (body, context) =>
				toldApart(
					templatesOf(body, context),
					({ key, name }) => String(name || key),
					({ key }) => key,
				),
			entry: ({ key, shown }) => ({ name: String(shown), value: String(key) }),
		}),
	},
	loadOptions: {
		getArchivingReasons: loadOptions(zenviaSales, {
			request: () => get`/as-user/archiving-reasons`,
			records,
			entry: ({ reason, name }) => ({ name: String(name ?? reason), value: String(reason) }),
		}),
		getCategories: loadOptions(zenviaSales, {
			request: () => get`/leads/categories`,
			records: texts,
			entry: ({ key, name }) => ({ name: String(name ?? key), value: String(key) }),
		}),
		getChannels: loadOptions(zenviaSales, {
			request: (_token, context) => channelsOf(context),
			records,
			entry: ({ channel }) => ({
				name: channelName(String(channel)),
				value: String(channel),
			}),
		}),
		getLabels: loadOptions(zenviaSales, {
			request: () => get`/as-user/labels`,
			records,
			entry: ({ key, name }) => ({ name: String(name ?? key), value: String(key) }),
		}),
	},
	resourceMapping: {
		getTemplateVariables: mapperFields(zenviaSales, {
			request: (_token, context) => channelsOf(context),
			records: (body, context) =>
				templatesOf(body, context)
					.filter(({ key }) => key === filledIn(context, 'templateKey'))
					.flatMap(variablesOf)
					.map((name) => ({ name })),
			column: ({ name }) => variable(String(name)),
			ifEmpty: (context) =>
				/^[^=]/.test(filledIn(context, 'templateKey'))
					? 'This template has no variables.'
					: 'Choose a template from the list first.',
		}),
	},
};

const channelNames: Record<string, string> = {
	whatsapp: 'WhatsApp',
	facebook: 'Facebook',
	instagram: 'Instagram',
};

const channelName = (channel: string): string => own(channelNames, channel) ?? channel;
