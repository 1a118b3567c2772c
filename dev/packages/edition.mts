import { type OwnPackage, ownPackage } from './own.mts';
import { type Vendor, nameOf, readVendors } from './vendor.mts';

/** One package that is cut from this tree: of all vendors, or of one. */
export interface Edition {
	name: string;
	description: string;
	keywords: string[];
	vendors: Vendor[];
	/** The vendors of which nothing may be in it. */
	others: Vendor[];
	own: OwnPackage;
}

/** The package of all vendors, then one for each. */
export async function readEditions(): Promise<Edition[]> {
	const own = await ownPackage();
	const vendors = await readVendors();
	const { name, description, keywords } = own;
	return [
		{ name, description, keywords, vendors, others: [], own },
		...vendors.map((vendor) => ({
			name: `n8n-nodes-${kebab(vendor.folder)}`,
			description: `n8n node and triggers for ${vendor.title}: ${lowerFirst(vendor.description)}`,
			keywords: keywordsOf(vendor),
			vendors: [vendor],
			others: vendors.filter((other) => other !== vendor),
			own,
		})),
	];
}

/** n8n lists a package by the first of these. */
function keywordsOf({ title, aliases }: Vendor): string[] {
	const words = [title, ...aliases].map((word) => word.toLowerCase());
	return ['n8n-community-node-package', 'n8n', ...new Set(words)];
}

function kebab(name: string): string {
	return name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Where a text names a vendor that is none of the package's business. */
export function strangersIn(text: string, { others }: Edition): string[] {
	return others.filter((vendor) => nameOf(vendor).test(text)).map(({ title }) => title);
}
