import {
	type ICredentialDataDecryptedObject,
	ICredentialsHelper,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

/** Hands out the credential that the test gave, and authenticates as its type says. */
export class GivenCredential extends ICredentialsHelper {
	/** How often it was read. */
	reads = 0;

	constructor(
		private readonly type: ICredentialType,
		private readonly data: ICredentialDataDecryptedObject,
	) {
		super();
	}

	getParentTypes = () => [];
	isCredentialUsableByNode = () => true;
	preAuthentication = async () => undefined;
	runPreAuthentication = async () => undefined;
	getCredentialsProperties = () => this.type.properties;
	updateCredentials = async () => {};
	updateCredentialsOauthTokenData = async () => {};

	getCredentials = async (): Promise<never> => {
		throw new Error('The tests keep no credentials');
	};

	/** As n8n does it (packages/cli, credentials-helper.ts), the words that it adds to an error included. */
	getDecrypted: ICredentialsHelper['getDecrypted'] = async (
		_,
		__,
		___,
		mode,
		executeData,
		_____,
		values,
	) => {
		this.reads++;
		if (!values) return { ...this.data };
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = values;
		try {
			return workflow.expression.getParameterValue(
				this.data as never,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				{},
				executeData,
				false,
				this.data,
			) as unknown as ICredentialDataDecryptedObject;
		} catch (thrown) {
			(thrown as Error).message += ' [Error resolving credentials]';
			throw thrown;
		}
	};

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type;
		if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
		return await authenticate(credentials, options);
	}
}

/** A credential's data; what is left out has its default. */
export const withDefaults = (
	{ properties }: ICredentialType,
	data: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject => ({
	...(Object.fromEntries(
		properties.map((each) => [each.name, each.default as IDataObject[string]]),
	) as ICredentialDataDecryptedObject),
	...data,
});
