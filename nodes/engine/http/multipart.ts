/** A file on its way out, as the one part of a multipart form. */
export interface Upload {
	/** Name of the form's field. */
	field: string;
	/** The file's name. */
	name: string;
	/**
	 * Begins anew for each try, since a stream can be read only once.
	 * @throws ApiError when the file is too large or gone
	 */
	open(): Promise<OpenForm>;
}

/** A form that is ready to be sent. */
export interface OpenForm {
	headers: Record<string, string>;
	/** A stream where n8n keeps the file outside of memory, otherwise its bytes. */
	body: unknown;
	/** Lets go of the file. */
	close(): void;
}
