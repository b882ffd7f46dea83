//! The graph as petgraph sees it, so that petgraph's algorithms run on it as it is.
//!
//! `petgraph::algo::dijkstra(&graph, canada, None, |_| 1)` → how many hops every entity is from Canada, from subject to object
//!
//! Vertices are entities and may have gaps in their numbers; edges lead from subject to object.

use std::collections::HashSet;

use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors, IntoNeighborsDirected,
    IntoNodeIdentifiers, NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, Direction};

use super::{EntityRow, Graph, Link, RelationRow};
use crate::model::Relation;

impl GraphBase for Graph {
    type EdgeId = RelationRow;
    type NodeId = EntityRow;
}

impl GraphProp for Graph {
    type EdgeType = Directed;
}

impl Data for Graph {
    type NodeWeight = ();
    type EdgeWeight = Relation;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        self.entity_count()
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        self.entities.len()
    }

    fn to_index(&self, row: EntityRow) -> usize {
        row.position()
    }

    fn from_index(&self, position: usize) -> EntityRow {
        EntityRow::at(position)
    }
}

impl Visitable for Graph {
    type Map = HashSet<EntityRow>;

    fn visit_map(&self) -> Self::Map {
        HashSet::new()
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
    }
}

/// A relation as an edge.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'g> {
    row: RelationRow,
    ends: (EntityRow, EntityRow),
    relation: &'g Relation,
}

impl EdgeRef for Edge<'_> {
    type EdgeId = RelationRow;
    type NodeId = EntityRow;
    type Weight = Relation;

    fn source(&self) -> EntityRow {
        self.ends.0
    }

    fn target(&self) -> EntityRow {
        self.ends.1
    }

    fn weight(&self) -> &Relation {
        self.relation
    }

    fn id(&self) -> RelationRow {
        self.row
    }
}

impl Graph {
    fn edge(&self, row: RelationRow) -> Edge<'_> {
        Edge { row, ends: self.ends(row), relation: self.relation(row) }
    }

    /// The relations that leave an entity, or those that come to it.
    fn directed(&self, entity: EntityRow, direction: Direction) -> impl Iterator<Item = Edge<'_>> + use<'_> {
        self.leading(entity, direction).map(|link| self.edge(link.relation))
    }

    fn leading(&self, entity: EntityRow, direction: Direction) -> impl Iterator<Item = Link> + use<'_> {
        let way = match direction {
            Direction::Outgoing => super::Direction::Out,
            Direction::Incoming => super::Direction::In,
        };
        self.links(entity).filter(move |link| link.is(way))
    }
}

impl<'g> IntoNodeIdentifiers for &'g Graph {
    type NodeIdentifiers = Box<dyn Iterator<Item = EntityRow> + 'g>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.entity_rows())
    }
}

impl<'g> IntoNeighbors for &'g Graph {
    type Neighbors = Box<dyn Iterator<Item = EntityRow> + 'g>;

    fn neighbors(self, entity: EntityRow) -> Self::Neighbors {
        self.neighbors_directed(entity, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for &'g Graph {
    type NeighborsDirected = Box<dyn Iterator<Item = EntityRow> + 'g>;

    fn neighbors_directed(self, entity: EntityRow, direction: Direction) -> Self::NeighborsDirected {
        Box::new(self.leading(entity, direction).map(|link| link.end))
    }
}

impl<'g> IntoEdgeReferences for &'g Graph {
    type EdgeRef = Edge<'g>;
    type EdgeReferences = Box<dyn Iterator<Item = Edge<'g>> + 'g>;

    fn edge_references(self) -> Self::EdgeReferences {
        Box::new(self.relation_rows().map(|row| self.edge(row)))
    }
}

impl<'g> IntoEdges for &'g Graph {
    type Edges = Box<dyn Iterator<Item = Edge<'g>> + 'g>;

    fn edges(self, entity: EntityRow) -> Self::Edges {
        Box::new(self.directed(entity, Direction::Outgoing))
    }
}
