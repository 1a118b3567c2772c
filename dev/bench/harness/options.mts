/** A number that was given as `--name=1`, or what holds where it was not. @throws Error where it is no number above 0 */
export function numberOption(name: string, otherwise: number): number {
	const given = process.argv.find((one) => one.startsWith(`--${name}=`));
	if (given === undefined) return otherwise;
	const number = Number(given.slice(`--${name}=`.length));
	if (!(number > 0)) throw new Error(`${given}: give --${name} a number above 0.`);
	return number;
}
