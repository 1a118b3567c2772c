import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { number } from '../../engine/form/number';
import { reference, text } from '../../engine/form/text';
import { compact } from '../../engine/form/filled';
import { group } from '../../engine/form/collections';
import { json } from '../../engine/form/json';
import { conditions, fuelTypes } from './options';

/** What a lead is interested in, which decides the fields of its product. */
export type LeadType = 'retail' | 'vehicle' | 'insurance' | 'savingPlan' | 'realEstate';

/** Shown where the lead is of one of these types. */
const of = (...types: LeadType[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { '/leadType': types } },
});

const goods = of('retail', 'vehicle', 'insurance');
const vehicle = of('vehicle');
const plan = of('savingPlan');
const money = 'As in {"lowerEstimate": 100, "upperEstimate": 200, "currency": "usd"}';

const string = <const Name extends string>(
	displayName: string,
	name: Name,
	more: Partial<INodeProperties> = {},
) => text({ displayName, type: 'string', default: '', ...more, name });

const code = <const Name extends string>(
	displayName: string,
	name: Name,
	more: Partial<INodeProperties>,
) => reference({ displayName, type: 'string', default: '', ...more, name });

const object = <const Name extends string>(
	displayName: string,
	name: Name,
	more: Partial<INodeProperties>,
) => json({ displayName, type: 'json', default: '', ...more, name });

/** Product, VehicleProduct, SavingPlanProduct and RealEstateProduct: every field of each, by type of lead. */
export const product = group(
	{
		displayName: 'Product',
		name: 'product',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'What the lead is interested in',
	},
	[
		string('Brand', 'brand', plan),
		choice({
			displayName: 'Condition',
			name: 'condition',
			type: 'options',
			options: conditions,
			default: 'new',
			...of('vehicle', 'savingPlan'),
		}),
		object('Credit Amount Estimate', 'creditAmountEstimate', { ...plan, description: money }),
		string('Description', 'description', plan),
		string('Detail', 'detail', goods),
		object('Finance', 'finance', {
			...vehicle,
			description: 'A JSON object. Zenvia does not document its fields.',
		}),
		choice({
			displayName: 'Fuel Type',
			name: 'fuelType',
			type: 'options',
			options: fuelTypes,
			default: 'gasoline',
			...vehicle,
		}),
		string('Good Sub Type', 'goodSubType', { ...plan, placeholder: 'e.g. motorcycle' }),
		choice({
			displayName: 'Good Type',
			name: 'goodType',
			type: 'options',
			options: [
				{ name: 'Loan', value: 'loan' },
				{ name: 'Other', value: 'other' },
				{ name: 'Property', value: 'property' },
				{ name: 'Vehicle', value: 'vehicle' },
			],
			default: 'vehicle',
			...plan,
		}),
		string('Make', 'make', { ...goods, placeholder: 'e.g. Toyota' }),
		string('Model', 'model', {
			...of('retail', 'vehicle', 'insurance', 'savingPlan'),
			placeholder: 'e.g. Corolla',
		}),
		string('Model Year', 'modelYear', vehicle),
		object('Monthly Payments Estimate', 'monthlyPaymentsEstimate', {
			...plan,
			description: money,
		}),
		object('Odometer', 'odometer', {
			...vehicle,
			description: 'As in {"amount": 12000, "unit": "km"}',
		}),
		string('Plan Type', 'planType', plan),
		number({ displayName: 'Price', name: 'priceAmount', type: 'number', default: 0, ...goods }),
		string('Price Currency', 'priceCurrency', {
			...goods,
			placeholder: 'e.g. usd',
			description: 'ISO 4217 in lower case. Without it, the default of the account.',
		}),
		string('Production Year', 'productionYear', vehicle),
		choice({
			displayName: 'Property Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Commercial', value: 'commercial' },
				{ name: 'Industrial', value: 'industrial' },
				{ name: 'Land', value: 'land' },
				{ name: 'Residential', value: 'residential' },
			],
			default: 'residential',
			...of('realEstate'),
		}),
		code('Registration Plate', 'registrationPlate', vehicle),
		object('Reservation', 'reservation', {
			...vehicle,
			description: 'A JSON object. Zenvia does not document its fields.',
		}),
		code('SKU', 'sku', goods),
		string('Style', 'style', { ...vehicle, placeholder: 'e.g. 1.6 automatic, blue' }),
		string('Title', 'title', of('realEstate')),
		string('Trade-In Vehicle', 'tradeInVehicle', vehicle),
		string('Trim Level', 'trimLevel', { ...vehicle, placeholder: 'e.g. XEi' }),
		code('VIN', 'vin', vehicle),
	],
);

type Product = ReturnType<typeof product.read>;

/** The product as Zenvia takes it; fields of other types of lead, typed before the type was changed, go. */
export function productBody(leadType: string, values: Product): IDataObject | undefined {
	const known = product.property.options ?? [];
	const fits = known.filter((one) => {
		const show = 'displayOptions' in one ? one.displayOptions?.show?.['/leadType'] : undefined;
		return Array.isArray(show) && show.includes(leadType);
	});
	const names = new Set(fits.map(({ name }) => name));
	const kept = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
	const { priceAmount, priceCurrency, ...rest } = kept as Product;
	const price = compact({ amount: priceAmount, currency: priceCurrency?.toLowerCase() });
	const body = compact({ ...rest, ...(priceAmount !== undefined && { price }) });
	return Object.keys(body).length > 0 ? body : undefined;
}
