// One POST per operation. GraphiQL shows what this returns, or the message of
// the error it throws.
export async function fetcher(params, options) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...options?.headers,
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
