/** @jsxRuntime automatic @jsxImportSource react */
// GraphiQL as a part of the explorer, which gives it a token and looks at its answers.
import { createRoot } from 'react-dom/client';
import { TypeInfo, buildClientSchema, getIntrospectionQuery, isAbstractType, isObjectType, parse, print, visit, visitWithTypeInfo } from 'graphql';

import { Editor } from './Editor.jsx';
import { loadExamples } from './examples.js';
import { fetcher } from './fetcher.js';

export async function mount(element, { query, variables, theme, token, words, onEdit, onAnswer }) {
  const found = await loadExamples(token);
  const { documents, entities, relations } = found.counts;
  const loaded = { ...found, heading: words.title, summary: found.summary && words.summary(documents, entities, relations) };
  const root = createRoot(element);

  function ask(params, options) {
    const headers = { ...(token() ? { authorization: `Bearer ${token()}` } : {}), ...options?.headers };
    const answer = fetcher(params, { ...options, headers });
    if (params.operationName !== 'IntrospectionQuery' && answer instanceof Promise) {
      answer.then((result) => onAnswer(params, result), () => {});
    }
    return answer;
  }

  root.render(<Editor loaded={loaded} fetcher={ask} query={query} variables={variables} theme={theme} onEdit={onEdit} />);
  return () => root.unmount();
}

let schema;

/** The query with `id` wherever something has one, so that its answer can be drawn. */
export async function withIds(query, ask) {
  if (!schema) {
    const { data } = await ask({ query: getIntrospectionQuery(), operationName: 'IntrospectionQuery' });
    schema = buildClientSchema(data);
  }
  const types = new TypeInfo(schema);
  const ID = { kind: 'Field', name: { kind: 'Name', value: 'id' } };
  const changed = visit(
    parse(query),
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(node) {
          const type = types.getParentType();
          const hasId = type && (isObjectType(type) || isAbstractType(type)) && 'getFields' in type && 'id' in type.getFields();
          const selected = node.selections.some((each) => each.kind === 'Field' && (each.alias ?? each.name).value === 'id');
          return hasId && !selected ? { ...node, selections: [ID, ...node.selections] } : undefined;
        },
      },
    }),
  );
  return print(changed);
}
