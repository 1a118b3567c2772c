/** Lets those who wait for a condition know that something it depends on has changed. */
export class Changes {
	private wake = () => {};
	private changed = this.next();

	/** Has all who wait look again. */
	tell(): void {
		this.wake();
		this.changed = this.next();
	}

	/** Waits until the condition holds; it is looked at now, and whenever something has changed. */
	async until(holds: () => boolean): Promise<void> {
		while (!holds()) await this.changed;
	}

	private async next(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.wake = resolve;
		});
	}
}
