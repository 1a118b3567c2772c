/**
 * What stands in a cell without an ID or a key: a word for nothing, what a formula gives, or signs alone. It would be the
 * same for all rows that have none.
 */
export const standsForNone =
	/^(?:n\/?a|null|none|nil|unknown|true|false|verdadeiro|verdadero|falso|0+|[^\p{L}\p{N}]+)$/iu;

/** How spreadsheets write that a formula has no result, as a key or an ID never looks. */
export const looksLikeCellError = /^(?:#\S{1,30}|(?:Err|Erro|Error):\d{3})$/i;
