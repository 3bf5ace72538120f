// A client of a store on this machine. Its token is kept in memory: by default, the SDK writes it to files.
import { gateway, MemoryStorageFactory } from '@elasticpath/js-sdk';

export const connect = (host) => gateway({
  client_id: 'sandbox',
  client_secret: 'sandbox-secret',
  host,
  protocol: 'http',
  storage: new MemoryStorageFactory(),
});
