// What an application with Relay writes: a page that goes on, a fragment that asks again, one on the interface, a subscription.
import { graphql } from 'react-relay';

export const Project = graphql`
  query FragmentsProjectQuery($id: ID!) {
    node(id: $id) {
      ...FragmentsFunders_project @alias(as: "project")
      ...FragmentsName_entity @alias(as: "entity")
    }
  }
`;

export const Funders = graphql`
  fragment FragmentsFunders_project on Project
  @refetchable(queryName: "FragmentsFundersQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    funders(first: $count, after: $cursor) @connection(key: "FragmentsFunders_funders") {
      edges {
        node {
          ...FragmentsName_entity
        }
        relation {
          ...FragmentsRelation_relation
        }
      }
    }
  }
`;

export const Name = graphql`
  fragment FragmentsName_entity on Entity @refetchable(queryName: "FragmentsNameQuery") {
    __typename
    name
    ... on Country {
      projects(last: 5) {
        nodes {
          name
        }
      }
    }
  }
`;

export const Relation = graphql`
  fragment FragmentsRelation_relation on Relation @refetchable(queryName: "FragmentsRelationQuery") {
    kind
    evidence {
      document {
        title
      }
      text
    }
  }
`;

export const Entities = graphql`
  query FragmentsEntitiesQuery {
    ...FragmentsEntities_query
  }
`;

export const EntityList = graphql`
  fragment FragmentsEntities_query on Query
  @refetchable(queryName: "FragmentsEntitiesPageQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 20 }
    after: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
  ) {
    entities(first: $first, after: $after, last: $last, before: $before) @connection(key: "FragmentsEntities_entities") {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`;

export const Changed = graphql`
  subscription FragmentsChangedSubscription($since: Int) {
    graphChanged(sinceVersion: $since) {
      version
    }
  }
`;
