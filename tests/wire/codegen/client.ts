// One typed query, asked of a running server: node client.js URL
import { graphql } from '../generated/client/index.js';
import type { TypedDocumentString } from '../generated/client/graphql.js';

const Funders = graphql(`
  query Funders($name: String!, $first: Int) {
    entity(name: $name) {
      __typename
      id
      ... on Country {
        projectsFunded(first: $first) {
          nodes {
            name
            implementers {
              edges {
                node {
                  name
                }
                relation {
                  confidence
                  evidence {
                    text
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);

async function execute<Result, Variables>(
  url: string,
  query: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: query.toString(), variables }),
  });
  const answer = (await response.json()) as { data?: Result; errors?: { message: string }[] };
  if (!answer.data || answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

const url = process.argv[2];
if (!url) throw new Error('usage: client.js URL');
const { entity } = await execute(url, Funders, { name: 'Canada', first: 3 });
if (entity?.__typename !== 'Country') throw new Error(`Canada is ${entity?.__typename}`);
const evidence = entity.projectsFunded?.nodes.flatMap((project) =>
  project.implementers?.edges.flatMap((edge) => edge.relation.evidence?.map((it) => it.text)),
);
if (!evidence?.length) throw new Error('no sentence behind any relation');
console.log(`${entity.id}: ${evidence.length} sentences`);
