import type { INodePropertyOptions } from 'n8n-workflow';

/** Prospect.status of the description 1.10.0; live traffic agrees. */
export const prospectStatuses: INodePropertyOptions[] = [
	{ name: 'Archived', value: 'archived' },
	{ name: 'Follow-Up', value: 'followUp' },
	{ name: 'New', value: 'new' },
	{ name: 'Processing', value: 'processing' },
	{ name: 'Unclaimed', value: 'unclaimed' },
];

/** SEED, list of interactions: the filter `via` knows fewer ways than interactions do. */
export const viaOptions: INodePropertyOptions[] = [
	{ name: 'Email', value: 'email' },
	{ name: 'Facebook', value: 'facebook' },
	{ name: 'Inbound Call', value: 'inboundCall' },
	{ name: 'Outbound Call', value: 'outboundCall' },
	{ name: 'Phone Call', value: 'phoneCall' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'Test Drive', value: 'testDrive' },
	{ name: 'Visit', value: 'visit' },
	{ name: 'Walk In', value: 'walkIn' },
	{ name: 'WhatsApp', value: 'whatsApp' },
];

/** The statuses of a quote. */
export const quoteStatuses: INodePropertyOptions[] = [
	{ name: 'Accepted', value: 'accepted' },
	{ name: 'Pending', value: 'pending' },
	{ name: 'Rejected', value: 'rejected' },
];

/** SEED, Notifications names all four. */
export const topicOptions: INodePropertyOptions[] = [
	{ name: 'Agents', value: 'agents', description: 'Needs the scope integration:act-as-user' },
	{ name: 'Interactions', value: 'interactions' },
	{ name: 'Prospects', value: 'prospects' },
	{ name: 'Quotes', value: 'quotes' },
];

/** Whether a vehicle is new or used. */
export const conditions: INodePropertyOptions[] = [
	{ name: 'New', value: 'new' },
	{ name: 'Used', value: 'used' },
];

/** What a vehicle runs on. */
export const fuelTypes: INodePropertyOptions[] = [
	{ name: 'Diesel', value: 'diesel' },
	{ name: 'Electric', value: 'electric' },
	{ name: 'Flex', value: 'flex' },
	{ name: 'Gasoline', value: 'gasoline' },
	{ name: 'Hybrid', value: 'hybrid' },
	{ name: 'Hydrogen', value: 'hydrogen' },
	{ name: 'Natural Gas', value: 'naturalGas' },
	{ name: 'Propane', value: 'propane' },
];

/** National identification numbers of the description 1.10.0, with the country of each. */
export const ninTypes: INodePropertyOptions[] = [
	{ name: 'CE', value: 'CE' },
	{ name: 'CPF (Brazil)', value: 'CPF' },
	{ name: 'CUIL (Argentina)', value: 'CUIL' },
	{ name: 'CUIT (Argentina)', value: 'CUIT' },
	{ name: 'CURP (Mexico)', value: 'CURP' },
	{ name: 'DNI (Argentina)', value: 'DNI' },
	{ name: 'DNIC (Uruguay)', value: 'DNIC' },
	{ name: 'IMSS (Mexico)', value: 'IMSS' },
	{ name: 'RFC (Mexico)', value: 'RFC' },
	{ name: 'RUC', value: 'RUC' },
	{ name: 'RUN (Chile)', value: 'RUN' },
	{ name: 'RUT (Chile)', value: 'RUT' },
];
