// One POST per operation; subscriptions go over a WebSocket. GraphiQL shows what this returns, or the message of
// the error it throws.
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';

function isSubscription({ query, operationName }) {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    // What cannot be read is for the server to refuse.
    return false;
  }
}

function subscribe(params, headers) {
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: headers?.authorization ? { authorization: headers.authorization } : {},
    retryAttempts: 0,
  });
  return client.iterate(params);
}

export function fetcher(params, options) {
  return isSubscription(params) ? subscribe(params, options?.headers) : post(params, options?.headers);
}

async function post(params, headers) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(params),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    const status = `${response.status} ${response.statusText}`.trim();
    throw new Error(`/graphql answered ${status}: ${text.slice(0, 500) || '(empty)'}`);
  }
}
