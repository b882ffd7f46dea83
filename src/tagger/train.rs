//! Training: a linear-chain conditional random field by stochastic gradient descent.
//!
//! `train(&texts, &language, &TrainingOptions::default())` → the bytes of a model, the same for the same texts
//!
//! Invariants: fixed order, own random numbers, one thread. Must not read or write files.

use super::annotated::AnnotatedText;
use super::example::{Example, Sequence};
use super::feature::Rows;
use super::label::{LABELS, OUTSIDE, PREDECESSORS, STRIDE, SUCCESSORS, may_begin, may_end};
use super::random::Random;
use super::weights::Weights;
use super::window::CommonWords;
use crate::model::Language;

/// How a model is trained. The default is what did best in cross-validation.
#[derive(Clone, Debug)]
pub struct TrainingOptions {
    /// How often all texts are gone through.
    pub epochs: usize,
    /// The logarithm to base two of the number of buckets for features, 8 to 20.
    pub bits: u32,
    /// The size of the first steps; later ones are shorter.
    pub rate: f32,
    /// How strongly weights are drawn to zero.
    pub decay: f32,
    /// Start of the random order of texts.
    pub seed: u64,
}

impl Default for TrainingOptions {
    fn default() -> Self {
        Self { epochs: 15, bits: 16, rate: 0.1, decay: 2.0, seed: 1 }
    }
}

/// Trains a model and gives the bytes that [`super::Tagger::read`] reads.
pub fn train(texts: &[AnnotatedText], language: &Language, options: &TrainingOptions) -> Vec<u8> {
    let examples: Vec<Example<'_>> = texts.iter().map(|text| Example::new(text, language)).collect();
    learn(&examples.iter().collect::<Vec<_>>(), options).bytes()
}

/// Trains on texts that are already cut into tokens.
pub(super) fn learn(examples: &[&Example<'_>], options: &TrainingOptions) -> Weights {
    let bits = options.bits.clamp(8, 20);
    let mut common = CommonWords::new();
    examples.iter().for_each(|example| common.learn(&example.tokens));
    let sequences: Vec<Sequence> = examples.iter().flat_map(|example| example.sequences(&common, bits)).collect();
    let mut field = Field::new(bits);
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut random = Random::new(options.seed);
    let count = sequences.len().max(1) as f32;
    let mut steps = 0.0;
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for &at in &order {
            let rate = options.rate / (1.0 + steps / count);
            field.shrink(1.0 - rate * options.decay / count);
            field.step(&sequences[at], rate);
            steps += 1.0;
        }
    }
    field.unscale();
    Weights::round(&field.rows, &field.pairs, common)
}

type Scores = [f32; LABELS];

/// Weights in training. All are to be multiplied by `scale`, which makes shrinking them all one multiplication.
struct Field {
    rows: Vec<[f32; STRIDE]>,
    pairs: [Scores; LABELS],
    scale: f32,
}

impl Field {
    fn new(bits: u32) -> Self {
        Self { rows: vec![[0.0; STRIDE]; 1 << bits], pairs: [[0.0; LABELS]; LABELS], scale: 1.0 }
    }

    fn shrink(&mut self, factor: f32) {
        self.scale *= factor;
        if self.scale < 1e-3 {
            self.unscale();
        }
    }

    fn unscale(&mut self) {
        let scale = std::mem::replace(&mut self.scale, 1.0);
        self.rows.iter_mut().flatten().chain(self.pairs.iter_mut().flatten()).for_each(|weight| *weight *= scale);
    }

    /// One step towards making the right labels of a sequence likelier.
    fn step(&mut self, sequence: &Sequence, rate: f32) {
        let odds: Vec<Scores> = sequence.rows.iter().map(|rows| self.odds(rows)).collect();
        let pairs = self.pairs.map(|row| row.map(|weight| (weight * self.scale).exp()));
        let (forward, backward) = (forward(&odds, &pairs), backward(&odds, &pairs));
        let step = rate / self.scale;
        let mut before = None;
        for (at, &right) in sequence.labels.iter().enumerate() {
            let likely = normalized(product(&forward[at], &backward[at]));
            for &row in &sequence.rows[at] {
                let row = &mut self.rows[row as usize];
                row.iter_mut().zip(&likely).for_each(|(weight, p)| *weight -= step * p);
                row[usize::from(right)] += step;
            }
            match before {
                None => self.step_edge(&likely, right, step, |pairs, label| &mut pairs[usize::from(OUTSIDE)][label]),
                Some(before) => {
                    let after = product(&odds[at], &backward[at]);
                    self.step_pairs(&forward[at - 1], &after, &pairs, step);
                    self.pairs[usize::from(before)][usize::from(right)] += step;
                }
            }
            if at + 1 == sequence.labels.len() {
                self.step_edge(&likely, right, step, |pairs, label| &mut pairs[label][usize::from(OUTSIDE)]);
            }
            before = Some(right);
        }
    }

    /// Moves the pairs of a label and the outside beyond a window.
    fn step_edge(
        &mut self,
        likely: &Scores,
        right: u8,
        step: f32,
        pair: impl Fn(&mut [Scores; LABELS], usize) -> &mut f32,
    ) {
        for (label, p) in likely.iter().enumerate() {
            *pair(&mut self.pairs, label) -= step * p;
        }
        *pair(&mut self.pairs, usize::from(right)) += step;
    }

    /// Takes from each pair as much as it is likely.
    fn step_pairs(&mut self, before: &Scores, after: &Scores, pairs: &[Scores; LABELS], step: f32) {
        let likely = |b: usize, a: u8| before[b] * pairs[b][usize::from(a)] * after[usize::from(a)];
        let all = (0..LABELS).flat_map(|b| SUCCESSORS[b].iter().map(move |&a| (b, a)));
        let sum: f32 = all.clone().map(|(b, a)| likely(b, a)).sum();
        for (b, a) in all {
            self.pairs[b][usize::from(a)] -= step * likely(b, a) / sum.max(f32::MIN_POSITIVE);
        }
    }

    /// What the rows of a token say of each label, as odds relative to the best one.
    fn odds(&self, rows: &Rows) -> Scores {
        let mut sums = [0.0; STRIDE];
        for &row in rows {
            sums.iter_mut().zip(&self.rows[row as usize]).for_each(|(sum, weight)| *sum += weight);
        }
        let mut scores = [0.0; LABELS];
        scores.iter_mut().zip(sums).for_each(|(score, sum)| *score = sum * self.scale);
        let best = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.map(|score| (score - best).max(-60.0).exp())
    }
}

fn forward(odds: &[Scores], pairs: &[Scores; LABELS]) -> Vec<Scores> {
    let mut all: Vec<Scores> = Vec::with_capacity(odds.len());
    for (at, odds) in odds.iter().enumerate() {
        let mut here = [0.0; LABELS];
        for label in 0..LABELS {
            let sum = match at.checked_sub(1).map(|before| &all[before]) {
                None if may_begin(label as u8) => pairs[usize::from(OUTSIDE)][label],
                None => 0.0,
                Some(before) => {
                    PREDECESSORS[label].iter().map(|&b| before[usize::from(b)] * pairs[usize::from(b)][label]).sum()
                }
            };
            here[label] = sum * odds[label];
        }
        all.push(normalized(here));
    }
    all
}

fn backward(odds: &[Scores], pairs: &[Scores; LABELS]) -> Vec<Scores> {
    let mut all = vec![[0.0; LABELS]; odds.len()];
    for at in (0..odds.len()).rev() {
        let after = odds.get(at + 1).map(|odds| product(odds, &all[at + 1]));
        let mut here = [0.0; LABELS];
        for label in 0..LABELS {
            here[label] = match &after {
                None if may_end(label as u8) => pairs[label][usize::from(OUTSIDE)],
                None => 0.0,
                Some(after) => {
                    SUCCESSORS[label].iter().map(|&a| after[usize::from(a)] * pairs[label][usize::from(a)]).sum()
                }
            };
        }
        all[at] = normalized(here);
    }
    all
}

fn product(a: &Scores, b: &Scores) -> Scores {
    let mut product = *a;
    product.iter_mut().zip(b).for_each(|(p, b)| *p *= b);
    product
}

fn normalized(scores: Scores) -> Scores {
    let sum: f32 = scores.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    scores.map(|score| score / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::parse_annotated;

    const TEXTS: &str = r#"{"id": "a", "text": "Le ministre Ali Sow est à Dakar.", "entities": [{"start": 12, "end": 19, "kind": "PERSON"}, {"start": 26, "end": 31, "kind": "PLACE"}]}
{"id": "b", "text": "La ministre Awa Diop est à Thiès.", "entities": [{"start": 12, "end": 20, "kind": "PERSON"}, {"start": 27, "end": 32, "kind": "PLACE"}]}"#;

    #[test]
    fn the_same_texts_give_the_same_model_and_another_seed_another_one() {
        let texts = parse_annotated("two.jsonl", TEXTS).expect("good lines");
        let model =
            |seed| train(&texts, &Language::new("fr"), &TrainingOptions { bits: 10, seed, ..Default::default() });
        assert_eq!(model(1), model(1));
        assert_ne!(model(1), model(2));
    }

    #[test]
    fn without_texts_there_is_still_a_model() {
        let bytes = train(&[], &Language::new("fr"), &TrainingOptions { bits: 8, ..Default::default() });
        assert!(Weights::read(&bytes).is_ok());
    }
}
