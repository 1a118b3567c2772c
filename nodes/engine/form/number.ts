import type { INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { refuseIfRequired } from './required';
import { refuseRounded } from './text';
import { trimInvisible } from '../util/invisible';
import { quote } from '../util/text';

/** A number within the bounds of its own typeOptions; undefined where nothing was entered. */
export function number<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item) => {
		if (isNothing(raw)) {
			refuseIfRequired(property, 'Enter a number.');
			return undefined;
		}
		const value = typeof raw === 'string' ? numberIn(property, raw, item) : raw;
		if (typeof value === 'number' && readsAsMeant(item)) refuseRounded(property, value);
		return within(property, value, raw);
	});
}

const numberIn = (property: INodeProperties, raw: string, item: Item): number =>
	readsAsMeant(item) ? written(property, raw) : Number(raw.trim());

function within(property: INodeProperties, value: unknown, raw: unknown): number {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = property.typeOptions ?? {};
	const whole = numberPrecision === 0;
	if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
		throw fieldError(property, `is ${quote(raw)}`, `Enter a ${whole ? 'whole ' : ''}number.`);
	}
	if (value < minValue || value > maxValue) {
		const bounds =
			maxValue === Infinity ? `${minValue} or more` : `from ${minValue} to ${maxValue}`;
		throw fieldError(property, `is ${value}`, `Enter a number ${bounds}.`);
	}
	return value;
}

/** Groups of three digits, and what may follow them. */
const grouped = /^(\d{1,3})([.,])(\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?$/;
const plain = /^(\d+)(?:[.,](\d+))?$/;

/**
 * The number that a text says, whether its decimal mark is a point or a comma. NaN where it says none.
 * @throws UserError for what is two numbers, depending on who wrote it
 */
function written(property: INodeProperties, raw: string): number {
	const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(trimInvisible(raw)) ?? [];
	const [, first, mark, groups, fraction] = grouped.exec(digits) ?? [];
	if (first === undefined) {
		const [, whole, rest = '0'] = plain.exec(digits) ?? [];
		return whole === undefined ? Number.NaN : Number(`${sign}${whole}.${rest}`);
	}
	const others = (groups ?? '').replace(/\D/g, '');
	// 0.125 and 0,125 have nothing to group.
	const isSingle = fraction === undefined && others.length === 3;
	if (first === '0') return isSingle ? Number(`${sign}0.${others}`) : Number.NaN;
	if (isSingle) {
		throw fieldError(
			property,
			`is ${quote(raw)}, which is ${first}${others} to some and ${first}.${others} to others`,
			`Enter it without the ${mark === '.' ? 'point' : 'comma'}, or with other decimals.`,
		);
	}
	return Number(`${sign}${first}${others}.${fraction ?? '0'}`);
}
