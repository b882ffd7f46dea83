//! Gold and records for the unit tests: a small document, and records drafted word by word.
//!
//! `Draft::new().entity("a", "COUNTRY", "Tchad").record()` → a record with one country

use serde_json::{Value, json};

use super::{Class, Evaluation, Gold};
use crate::model::Record;

pub(super) const GOLD: &str = r#"{"doc":"001.txt","lang":"fr",
 "entities":[
  {"id":"iom","kind":"ORGANIZATION","names":["OIM","Organisation internationale pour les migrations"]},
  {"id":"iomtd","kind":"ORGANIZATION","names":["OIM Tchad"]},
  {"id":"ue","kind":"ORGANIZATION","names":["Union européenne","UE"]},
  {"id":"ana","kind":"PERSON","names":["Ana Ruiz"]},
  {"id":"td","kind":"COUNTRY","names":["Tchad"],"iso":"TD"},
  {"id":"mao","kind":"PLACE","names":["Mao"]},
  {"id":"projet","kind":"PROJECT","names":["Passages dignes"]},
  {"id":"atelier","kind":"EVENT","names":["atelier régional de Dakar"]}],
 "optional_entities":[{"id":"lac","kind":"PLACE","names":["lac Tchad"]}],
 "relations":[
  {"kind":"FUNDS","subject":"ue","object":"projet"},
  {"kind":"WORKS_FOR","subject":"ana","object":["iomtd","iom"]},
  {"kind":"PARTNERS_WITH","subject":"td","object":"iom"},
  {"kind":"ORGANIZES","subject":"td","object":"atelier"},
  {"kind":"HELD_IN","subject":"atelier","object":"mao"}],
 "optional_relations":[{"kind":"OPERATES_IN","subject":"projet","object":["lac","td"]}]}"#;

pub(super) fn gold() -> Gold {
    Gold::read("001.json", GOLD).expect("sound gold")
}

/// The gold with one thing changed.
pub(super) fn damaged(from: &str, to: &str) -> String {
    let text = GOLD.replacen(from, to, 1);
    assert_ne!(text, GOLD, "{from} does not stand there");
    text
}

pub(super) fn evaluate(draft: &Draft) -> Evaluation {
    let mut evaluation = Evaluation::default();
    evaluation.add(&gold(), Some(&draft.record()));
    evaluation
}

/// The mistakes about entities or about relations.
pub(super) fn classes(evaluation: &Evaluation, of_relations: bool) -> Vec<(Class, &str)> {
    let mistakes = evaluation.mistakes.iter().filter(|mistake| mistake.class.is_of_relation() == of_relations);
    mistakes.map(|mistake| (mistake.class, mistake.text.as_str())).collect()
}

/// A record in the making.
pub(super) struct Draft(Value);

impl Draft {
    pub(super) fn new() -> Self {
        let text = "À Mao, l’Union européenne finance Passages dignes.";
        Self(json!({
            "version": 1, "id": "document:0", "source": "001.txt", "title": null, "language": "fr", "published": null,
            "text": text, "entities": [], "relations": [],
        }))
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.0["text"] = text.into();
        self
    }

    pub(super) fn entity(self, id: &str, kind: &str, name: &str) -> Self {
        self.alias(id, kind, name, name)
    }

    pub(super) fn alias(mut self, id: &str, kind: &str, name: &str, alias: &str) -> Self {
        let entity = json!({
            "id": id, "kind": kind, "name": name, "aliases": [alias], "external_ids": {}, "mentions": [],
        });
        self.0["entities"].as_array_mut().expect("a list").push(entity);
        self
    }

    pub(super) fn iso(mut self, id: &str, code: &str) -> Self {
        let entities = self.0["entities"].as_array_mut().expect("a list");
        entities.iter_mut().filter(|e| e["id"] == id).for_each(|e| e["external_ids"] = json!({"iso3166-1": code}));
        self
    }

    pub(super) fn relation(mut self, kind: &str, subject: &str, object: &str) -> Self {
        let relation = json!({
            "kind": kind, "subject": subject, "object": object, "confidence": 1.0, "qualifiers": {"modality": "ASSERTED"},
            "rule": "", "evidence": [],
        });
        self.0["relations"].as_array_mut().expect("a list").push(relation);
        self
    }

    /// Evidence for the last relation.
    pub(super) fn evidence(mut self, start: usize, end: usize, text: &str) -> Self {
        let last = self.0["relations"].as_array_mut().and_then(|list| list.last_mut()).expect("a relation");
        last["evidence"] = json!([{"start": start, "end": end, "text": text}]);
        self
    }

    pub(super) fn record(&self) -> Record {
        serde_json::from_value(self.0.clone()).expect("a record")
    }
}
