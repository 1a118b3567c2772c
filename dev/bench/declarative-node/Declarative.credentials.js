/** Saleswhale's key in the query, by an expression, as declarative nodes authenticate. */
class Declarative {
	constructor() {
		this.name = 'declarative';
		this.displayName = 'Declarative';
		this.properties = [
			{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' },
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		];
		this.authenticate = {
			type: 'generic',
			properties: { qs: { token: '={{$credentials.apiKey}}' } },
		};
	}
}

module.exports = { Declarative };
