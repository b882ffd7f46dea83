//! Payments of an activity: who pays whom, how much and when.
//!
//! `<transaction>` of type 3 with `<receiver-org ref="XM-DAC-47066"/>` → the activity FUNDS *OIM*, with amount, currency and date
//!
//! Must not decide who a body is.

use super::body::{Named, project};
use super::scene::{Outcome, Scene, Silent, Statement, day};
use crate::model::{DateRange, Modality, Qualifiers, RelationKind};

impl Scene<'_> {
    pub(super) fn transaction(&self, at: usize) -> Outcome<Vec<Statement>> {
        let kind = self.tree.named(at, "transaction-type").next().and_then(|kind| self.tree.attribute(kind, "code"));
        let kind = kind.ok_or_else(|| Silent::Wrong("has no transaction-type".to_owned()))?;
        let (incoming, modality) = match kind.text.as_str() {
            "1" => (true, Modality::Asserted),
            "11" => (true, Modality::Planned),
            "13" => (true, Modality::Proposed),
            "3" => (false, Modality::Asserted),
            "2" => (false, Modality::Planned),
            "12" => (false, Modality::Proposed),
            "4" => return Err(Silent::Unmapped("transaction of type 4, expenditure")),
            "5" | "6" | "7" | "8" | "9" | "10" => {
                return Err(Silent::Unmapped("transaction of type 5 to 10 (loans, equity, guarantees)"));
            }
            other => {
                return Err(Silent::Wrong(format!("has the transaction-type {other:?}; types are 1 to 13")));
            }
        };
        let qualifiers = Qualifiers { modality, ..self.money(at, "transaction-date")? };
        if is_taken_back(&qualifiers) {
            return Err(Silent::Unmapped("transaction of less than nothing (a correction)"));
        }
        let (provider, receiver) = self.both(at)?;
        let mut said = Vec::new();
        let mut pay = |subject: &Named, object: &Named| {
            let (subject, object, trigger) = (subject.clone(), object.clone(), Some(kind.span));
            said.push(Statement {
                kind: RelationKind::Funds,
                subject,
                object,
                trigger,
                qualifiers: qualifiers.clone(),
            });
        };
        if incoming {
            provider.iter().flatten().for_each(|payer| pay(payer, &self.activity));
        } else {
            let payer = provider[0].as_ref().unwrap_or(&self.activity);
            receiver[0].iter().for_each(|payee| pay(payer, payee));
            receiver[1].iter().for_each(|payee| pay(&self.activity, payee));
        }
        if said.is_empty() { Err(Silent::Unmapped("transaction that does not tell both ends")) } else { Ok(said) }
    }

    pub(super) fn planned_disbursement(&self, at: usize) -> Outcome<Vec<Statement>> {
        let qualifiers = Qualifiers { modality: Modality::Planned, ..self.money(at, "period-start")? };
        if is_taken_back(&qualifiers) {
            return Err(Silent::Unmapped("planned-disbursement of less than nothing (a correction)"));
        }
        let ([provider, _], [receiver, of_receiver]) = self.both(at)?;
        let payer = provider.unwrap_or_else(|| self.activity.clone());
        let statement = |subject: &Named, object: Named| {
            let (subject, qualifiers) = (subject.clone(), qualifiers.clone());
            Statement { kind: RelationKind::Funds, subject, object, trigger: None, qualifiers }
        };
        let mut said: Vec<_> = receiver.into_iter().map(|payee| statement(&payer, payee)).collect();
        said.extend(of_receiver.into_iter().map(|payee| statement(&self.activity, payee)));
        if said.is_empty() {
            Err(Silent::Unmapped("planned-disbursement that does not tell both ends"))
        } else {
            Ok(said)
        }
    }

    #[allow(clippy::type_complexity)]
    pub(super) fn both(&self, at: usize) -> Outcome<([Option<Named>; 2], [Option<Named>; 2])> {
        let end = |body: &str, activity: &str| {
            let Some(body) = self.tree.named(at, body).next() else { return Ok([None, None]) };
            let of_activity = self.tree.attribute(body, activity);
            // Some publishers write the id of an organization there, where its own attribute stays empty.
            if let Some(said) = of_activity.filter(|said| self.is_body(&said.text)) {
                return Ok([self.body_by(body, self.tree.attribute(body, "ref").or(Some(said)))?, None]);
            }
            let other = of_activity.map(project).transpose()?.filter(|other| other.id != self.activity.id);
            Ok([self.body(body)?, other])
        };
        Ok((end("provider-org", "provider-activity-id")?, end("receiver-org", "receiver-activity-id")?))
    }

    /// Amount, currency and date of a payment.
    pub(super) fn money(&self, at: usize, date: &str) -> Outcome<Qualifiers> {
        let value = self.tree.named(at, "value").next().ok_or_else(|| Silent::Wrong("has no value".to_owned()))?;
        let said = self.tree.text(value).ok_or_else(|| Silent::Wrong("has an empty value".to_owned()))?;
        let amount = said.text.parse::<f64>().ok().filter(|amount| amount.is_finite());
        let amount = amount.ok_or_else(|| {
            Silent::Wrong(format!("has the value {:?}; write a number such as 1250.50, without separators", said.text))
        })?;
        let currency =
            self.tree.attribute(value, "currency").map(|said| said.text.clone()).or_else(|| self.currency.clone());
        let currency = currency.ok_or_else(|| {
            Silent::Wrong("has a value without a currency, and the activity has no default-currency".to_owned())
        })?;
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Silent::Wrong(format!("has the currency {currency:?}; write a code of ISO 4217 such as EUR")));
        }
        let of = |name: &str| self.tree.named(at, name).next().and_then(|at| self.tree.attribute(at, "iso-date"));
        let said = of(date).or_else(|| self.tree.attribute(value, "value-date"));
        let start = said.map(|said| day(&said.text)).transpose()?;
        let end = of("period-end").map(|said| day(&said.text)).transpose()?;
        let date = start.map(|start| DateRange { start, end: end.filter(|end| *end > start) });
        Ok(Qualifiers { amount: Some(amount), currency: Some(currency), date, ..Qualifiers::default() })
    }
}

/// Whether money comes back: that corrects an earlier payment, and is none of its own.
fn is_taken_back(payment: &Qualifiers) -> bool {
    payment.amount.is_some_and(|amount| amount < 0.0)
}
