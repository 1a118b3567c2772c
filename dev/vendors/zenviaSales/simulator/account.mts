import { idAt } from './ids.mts';
import type { Agent, Channel, Group } from './model.mts';

const EPOCH = Date.parse('2024-01-01T00:00:00.000Z');
let serial = 0;
/** Ids of the account's own records are the same at each start, so that tests can name them. */
const fixedId = () => idAt(EPOCH, ++serial);

export const ACCOUNT = { account: 'Southern', accountId: fixedId() };

const group = (name: string, parent?: Group): Group => ({
	id: fixedId(),
	name,
	displayName: name,
	...(parent && { parent: parent.id }),
	ancestors: parent ? [...parent.ancestors, parent.id] : [],
	descendants: [],
	timezone: 'America/Argentina/Buenos_Aires',
	countryCode: 'AR',
});

const southern = group('Southern Group');
const sales = group('Sales', southern);
const service = group('After Sales', southern);
const downtown = group('Downtown', sales);
southern.descendants.push(sales.id, service.id, downtown.id);
sales.descendants.push(downtown.id);

/** A tree of three levels: Southern Group over Sales (over Downtown) and After Sales. */
export const GROUPS: Group[] = [southern, sales, service, downtown];

const AGENTS_OF_A_GROUP = 4;
const FIRST_NAMES = ['Marcos', 'Lucía', 'Rafael', 'Camila'];
const LAST_NAMES = ['García', 'Fernández', 'Silva', 'Rojas'];

/** Four agents in each group; the third is offline, the fourth is not active. */
export const AGENTS = new Map<string, Agent[]>(
	GROUPS.map(({ id }, row) => [
		id,
		Array.from({ length: AGENTS_OF_A_GROUP }, (_, column) => ({
			id: fixedId(),
			firstName: FIRST_NAMES[column] ?? '',
			lastName: LAST_NAMES[row] ?? '',
			email: `agent${row + 1}${column + 1}@example.com`,
			phone: `+5491145520${row}${column}0`,
		})),
	]),
);

export const INACTIVE = AGENTS_OF_A_GROUP - 1;
export const OFFLINE = AGENTS_OF_A_GROUP - 2;

/** What an agent must fill in is in a template's body; what the prospect fills in, too. */
export const CHANNELS: Channel[] = [
	{
		channel: 'whatsapp',
		channelId: '5491145520000',
		templates: [
			{
				key: 'welcome',
				name: 'Welcome',
				body: 'Hello ${prospect.firstName}, thank you for writing to us.',
				template: 'Hello {{1}}, thank you for writing to us.',
			},
			{
				key: 'appointment',
				name: 'Appointment',
				body: 'Hello ${prospect.firstName}, we expect you on ${date} at ${place}.',
				template: 'Hello {{1}}, we expect you on {{2}} at {{3}}.',
			},
			{ key: 'closing', name: 'Closing', body: 'Good bye.', template: 'Good bye.' },
		],
	},
	{ channel: 'facebook', channelId: '1024100', templates: [] },
	{ channel: 'instagram', channelId: '2048200', templates: [] },
];

/** SOFIA saw these base labels, and reasons, live; the last of each is the account's own. */
export const LABELS = [
	{ key: 'cold', name: 'Cold' },
	{ key: 'warm', name: 'Warm' },
	{ key: 'hot', name: 'Hot' },
	{ key: 'vip', name: 'VIP' },
];
export const ARCHIVING_REASONS = [
	{ reason: 'inactive', name: 'Inactive' },
	{ reason: 'converted', name: 'Converted' },
	{ reason: 'campaignConversion', name: 'Converted by campaign' },
	{ reason: 'boughtElsewhere', name: 'Bought elsewhere' },
];
export const CATEGORIES = ['used', 'new'];
export const DEFAULTS = { currency: 'ars', distance: 'km' };
export const INDUSTRIES = [{ name: 'vehicles' }, { name: 'retail' }];
export const ADDITIONAL_FIELDS = [
	{ key: 'finance', name: 'Finance' },
	{ key: 'crmId', name: 'ID in the CRM' },
];
export const TOPICS = [
	{ name: 'prospects', description: 'Prospects' },
	{ name: 'interactions', description: 'Interactions' },
	{ name: 'quotes', description: 'Quotes' },
	{ name: 'agents', description: 'Agents' },
];
