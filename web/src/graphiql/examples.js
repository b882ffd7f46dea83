const URL = '/graphiql/examples.json';

function variablesText(value) {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject && Object.keys(value).length > 0 ? JSON.stringify(value, null, 2) : '';
}

function count(value, singular, plural) {
  if (!Number.isSafeInteger(value) || value < 0) return [];
  return [`${value.toLocaleString('en')} ${value === 1 ? singular : plural}`];
}

/** Keeps what has the expected shape and drops the rest. */
export function readExamples(data) {
  const list = Array.isArray(data?.examples) ? data.examples : [];
  return {
    summary: [
      ...count(data?.documents, 'document', 'documents'),
      ...count(data?.entities, 'entity', 'entities'),
      ...count(data?.relations, 'relation', 'relations'),
    ].join(' · '),
    counts: { documents: data?.documents ?? 0, entities: data?.entities ?? 0, relations: data?.relations ?? 0 },
    examples: list
      .filter((item) => typeof item?.title === 'string' && typeof item?.query === 'string')
      .map(({ title, query, variables }) => ({ title, query, variables: variablesText(variables) })),
    error: '',
  };
}

/** Never rejects: without the file the page opens with no examples. */
export async function loadExamples(token = () => '') {
  try {
    const headers = token() ? { authorization: `Bearer ${token()}` } : {};
    const response = await fetch(URL, { headers, signal: AbortSignal.timeout(3000) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return readExamples(await response.json());
  } catch (error) {
    return { summary: '', counts: { documents: 0, entities: 0, relations: 0 }, examples: [], error: `The examples could not be loaded (${error.message}).` };
  }
}
