import { afterAll } from '@jest/globals';
import { comeBack, goAway } from '../../dev/kit/network/away.mts';

/** All that is held of Convertalk's node, once more with its simulator over TLS; `npm run test:tls` does it with all four. */
await goAway({ tls: true });
afterAll(comeBack);
await import('./convertalk.test.mts');
