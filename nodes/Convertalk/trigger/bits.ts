/** Bits to a text and back: the text is base64, four characters for three bytes. */

/** Writes numbers, each with so many bits, one after the other. */
export class BitWriter {
	private readonly bytes: number[] = [];
	private used = 0;

	/** @param value a whole number below 2^width; width is 0 to 52 */
	write(value: number, width: number): void {
		for (let bit = width - 1; bit >= 0; bit--) this.bit(Math.floor(value / 2 ** bit) % 2);
	}

	/** So many ones, and a zero that ends them. */
	writeUnary(value: number): void {
		for (let n = 0; n < value; n++) this.bit(1);
		this.bit(0);
	}

	toString(): string {
		return Buffer.from(this.bytes).toString('base64');
	}

	private bit(bit: number): void {
		const place = this.used % 8;
		if (place === 0) this.bytes.push(0);
		if (bit === 1) this.bytes[this.bytes.length - 1] = (this.bytes.at(-1) ?? 0) | (128 >> place);
		this.used++;
	}
}

/** Reads what BitWriter wrote. */
export class BitReader {
	private readonly bytes: Buffer;
	private position = 0;

	constructor(text: string) {
		this.bytes = Buffer.from(text, 'base64');
	}

	read(width: number): number {
		let value = 0;
		for (let n = 0; n < width; n++) value = value * 2 + this.bit();
		return value;
	}

	/** @throws RangeError when the text ends before the ones do */
	readUnary(): number {
		let value = 0;
		while (this.bit() === 1) value++;
		return value;
	}

	private bit(): number {
		const byte = this.bytes[this.position >> 3];
		if (byte === undefined) throw new RangeError('The text holds fewer bits than are read');
		return (byte >> (7 - (this.position++ & 7))) & 1;
	}
}
