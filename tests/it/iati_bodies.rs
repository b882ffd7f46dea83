//! Who is meant in activities of the IATI standard: an id is one entity whatever stands beside it, a name alone joins no further than it tells,
//! and an organization is no activity.

use std::collections::BTreeSet;

use maillage::model::{Entity, EntityKind};
use maillage::snapshot::Snapshot;

use crate::iati::{activities, has, implementers, read, statements};

fn entities(snapshot: &Snapshot) -> Vec<Entity> {
    let graph = snapshot.graph();
    graph.entity_rows().map(|row| graph.entity(row).clone()).collect()
}

fn projects(snapshot: &Snapshot) -> BTreeSet<String> {
    let all = entities(snapshot).into_iter().filter(|entity| entity.kind == EntityKind::Project);
    all.map(|entity| entity.id.to_string()).collect()
}

/// A payment from the activity to who this element names.
fn disbursement(receiver: &str) -> String {
    format!(
        "<transaction><transaction-type code='3'/><transaction-date iso-date='2020-02-01'/><value currency='USD'>10</value>{receiver}</transaction>"
    )
}

#[test]
fn an_organizations_id_where_an_activitys_belongs_is_that_organization() {
    let pays = disbursement(
        "<provider-org provider-activity-id='US-GOV-11'><narrative>Department of State</narrative></provider-org>\
         <receiver-org receiver-activity-id='XM-DAC-41140'><narrative>A programme for food</narrative></receiver-org>",
    );
    let (snapshot, ..) = read(activities(&[&pays])).unwrap();
    assert_eq!(projects(&snapshot), ["project:iati.XM-TEST-1".to_owned()].into());
    let path = "/iati-activities/iati-activity[1]/transaction[1]";
    has(&snapshot, "organization:us-state FUNDS organization:un-wfp", path, "10 USD 2020-02-01");
    assert_eq!(statements(&snapshot).len(), 1);
    for id in ["US-GOV-11", "XM-DAC-41140"] {
        let called = entities(&snapshot)
            .iter()
            .filter(|entity| entity.external_ids.get("iati").is_some_and(|a| a == id))
            .count();
        assert_eq!(called, 1, "{id} names one entity");
    }
}

#[test]
fn who_publishes_or_takes_part_anywhere_in_the_file_is_no_activity() {
    let publisher = "<reporting-org ref='GB-COH-11122233'/>";
    let partner =
        "<participating-org role='4' ref='NL-KVK-55566677'><narrative>Ngor Relief</narrative></participating-org>";
    let to = |id: &str| disbursement(&format!("<receiver-org ref='ML-X-1' receiver-activity-id='{id}'/>"));
    let count = |contents: [&str; 2], at: usize| {
        let (snapshot, ..) = read(activities(&contents)).unwrap();
        let all = projects(&snapshot);
        assert!(all.contains(&format!("project:iati.XM-TEST-{at}")), "{all:?}");
        all.len()
    };
    for id in ["GB-COH-11122233", "NL-KVK-55566677"] {
        let here = format!("{publisher}{partner}{}", to(id));
        let there = format!("{publisher}{partner}");
        assert_eq!(count([&here, ""], 1), 2, "{id} in its own activity");
        assert_eq!(count([&there, &to(id)], 2), 2, "{id} in an earlier activity");
        assert_eq!(count([&to(id), &there], 1), 2, "{id} in a later activity");
    }
    // An activity stays one though somebody writes its id where an organization's belongs.
    let mistaken = "<participating-org role='4' ref='XM-TEST-2'><narrative>Ngor Relief</narrative></participating-org>";
    let (snapshot, ..) = read(activities(&[&format!("{mistaken}{}", to("XM-TEST-2")), ""])).unwrap();
    let path = "/iati-activities/iati-activity[1]/transaction[1]";
    has(&snapshot, "project:iati.XM-TEST-1 FUNDS project:iati.XM-TEST-2", path, "10 USD 2020-02-01");
    // Nor is an organization part of anything.
    let (snapshot, done, _) = read(activities(&["<related-activity type='1' ref='XM-DAC-41140'/>"])).unwrap();
    assert_eq!(
        (projects(&snapshot).len(), done.passed.get("related-activity that names an organization")),
        (1, Some(&1))
    );
}

#[test]
fn an_id_is_one_entity_with_a_listed_name_or_without() {
    let named = |id| (id, "Action contre la faim", "SN");
    // Two activities of the file, in both orders; the second has another name, or none.
    for id in ["FR-SIRET-31899", "ORG-77"] {
        for other in ["", "Ngor Relief"] {
            let one = implementers(&[named(id), (id, other, "ML")]);
            assert_eq!(one.len(), 1, "{id} and {other:?}: {one:?}");
            assert_eq!(one, implementers(&[(id, other, "ML"), named(id)]));
        }
    }
    // An id that is one everywhere is one in every file, whatever the names beside it.
    assert_eq!(implementers(&[named("FR-SIRET-31899")]), implementers(&[("FR-SIRET-31899", "", "SN")]));
    // Its register tells who it is, the list does not: three bodies of one name stay three.
    let ids = ["FR-SIRET-31899", "ES-CIF-G811", "GB-CHC-1047"];
    let three = implementers(&ids.map(named));
    assert!(three.len() == 3 && three.iter().all(|id| id.contains(".")), "{three:?}");
    // Without such an id the list knows the name.
    for none in ["", "N/A", "22000", "ORG-77"] {
        assert_eq!(implementers(&[named(none)]), ["organization:acf".to_owned()].into(), "{none:?}");
    }
}

#[test]
fn a_name_alone_joins_within_the_one_country_of_an_activity_and_else_not() {
    let of = |countries: &[&str]| {
        let each = countries.iter().map(|code| {
            format!("<transaction><transaction-type code='4'/><value currency='EUR'>1</value><recipient-country code='{code}'/></transaction>")
        });
        format!(
            "<reporting-org ref='GB-GOV-1'/><participating-org role='4'><narrative>Ngor Relief</narrative></participating-org>{}",
            each.collect::<String>()
        )
    };
    let bodies = |one: &[&str], other: &[&str]| {
        let (snapshot, ..) = read(activities(&[&of(one), &of(other)])).unwrap();
        let all = entities(&snapshot)
            .into_iter()
            .filter(|entity| entity.kind == EntityKind::Organization && entity.name == "Ngor Relief");
        all.count()
    };
    assert_eq!(bodies(&["SN"], &["sn", "SN"]), 1);
    assert_eq!(bodies(&["SN"], &["ML"]), 2);
    assert_eq!(bodies(&[], &[]), 2, "no country tells them apart or together");
    assert_eq!(bodies(&["SN", "ML"], &["SN", "ML"]), 2);
    // Nor does a publisher that nobody knows.
    let of = "<recipient-country code='SN'/><participating-org role='4'><narrative>Ngor Relief</narrative></participating-org>";
    let (snapshot, ..) = read(activities(&[of, of])).unwrap();
    assert_eq!(entities(&snapshot).iter().filter(|entity| entity.name == "Ngor Relief").count(), 2);
}

#[test]
fn a_sort_of_bodies_is_no_body_that_two_activities_share() {
    for sort in [
        "Donor country-based NGO",
        "Private donors",
        "private  donor",
        "NGOs",
        "Local Government",
        "Other public entities in donor country",
        "ONG internationale",
        "Donantes privados",
        "Private sector in recipient country",
    ] {
        for reference in ["", "22000", "ORG-900"] {
            let found = implementers(&[(reference, sort, "SN"), (reference, sort, "SN")]);
            assert_eq!(found.len(), 2, "{sort} as {reference:?}: {found:?}");
        }
    }
    assert_eq!(implementers(&[("22000", "", "SN"), ("22000", "", "SN")]).len(), 2, "nor is its code");
    assert_eq!(implementers(&[("", "Ngor Private Donors", "SN"), ("", "Ngor Private Donors", "SN")]).len(), 1);
}

#[test]
fn an_id_that_was_made_of_names_is_shown_as_the_id_of_nothing() {
    let xml = activities(&["<reporting-org ref='GB-GOV-1'/><recipient-country code='SN'/>\
         <participating-org role='1'><narrative>Norvège</narrative></participating-org>\
         <participating-org role='4'><narrative>Ngor Relief</narrative></participating-org>\
         <participating-org role='4' ref='ORG-5'/><participating-org role='4' ref='FR-SIRET-9'/>\
         <location><location-id vocabulary='G1' code='224'/><name><narrative>Ngor-Plage</narrative></name></location>\
         <location><name><narrative>Anvers-Plage</narrative></name></location>"]);
    let (snapshot, ..) = read(xml).unwrap();
    let shown: BTreeSet<(String, Option<String>)> =
        entities(&snapshot).into_iter().map(|entity| (entity.name, entity.external_ids.get("iati").cloned())).collect();
    let of = |name: &str| {
        shown.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}: {shown:?}")).1.clone()
    };
    for name in ["Norvège", "Ngor Relief", "ORG-5", "Ngor-Plage", "Anvers-Plage"] {
        assert_eq!(of(name), None, "{name}");
    }
    assert_eq!(of("FR-SIRET-9").as_deref(), Some("FR-SIRET-9"));
    assert_eq!(of("XM-TEST-1").as_deref(), Some("XM-TEST-1"));
    assert!(entities(&snapshot).iter().all(|entity| !entity.id.as_str().contains(char::is_control)));
}
