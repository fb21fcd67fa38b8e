//! Running the examples of rules and native functions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judge::{self, How};
use crate::diagnostic::Diagnostic;
use crate::prove::Way;
use crate::rule::{Example, ExampleResult, Level, Rule};
use crate::rulebook::Rulebook;
use crate::schema::Schema;
use crate::script::names::Names;
use crate::script::world::World;
use crate::script::{Ended, Turn, evaluate};
use crate::text::{Lang, Text};

/// Runs all examples of a rule.
pub(crate) fn run_examples(book: &Rulebook, rule: &Rule) -> Vec<ExampleResult> {
    rule.examples.iter().enumerate().map(|(at, example)| run(book, rule, at + 1, example)).collect()
}

fn run(book: &Rulebook, rule: &Rule, number: usize, example: &Example) -> ExampleResult {
    let schema = if example.parameters.is_empty() {
        Arc::clone(&book.schema)
    } else {
        let mut schema: Schema = (*book.schema).clone();
        for parameter in &example.parameters {
            schema.parameters.add(parameter.clone());
        }
        Arc::new(schema)
    };
    let submissions = example.batch.clone();
    let previous = (0..submissions.len()).map(|at| (at == 0 && example.with_previous).then_some(1)).collect();
    let counted: BTreeSet<usize> = (0..submissions.len()).collect();
    // An example that does not say its period is judged on the day it is run for.
    let world = World::new(schema, example.as_of, submissions, previous, counted, Some(example.as_of));
    let world = Arc::new(world);
    let how = How { way: Way::Prove, most: None };
    let judged = match (rule.level, world.submissions.first()) {
        (Level::CrossSubmission, _) => judge::on_batch(book, &world, rule, how),
        (_, None) => judge::on_batch(book, &world, rule, how),
        (_, Some(first)) => {
            let told = first.submitter(&world.schema).kind.is_some() || rule.applies_to.is_empty();
            let dated =
                first.period_end(&world.schema).is_some() || (rule.from.is_none() && rule.to.is_none());
            let proofs = judge::proofs(&world, [(0, rule)], 0);
            let proof = proofs.get(&0);
            if told && dated {
                judge::on_submission(book, &world, rule, 0, proof, how)
            } else {
                judge::regardless(book, &world, rule, 0, proof, how)
            }
        }
    };
    let says: Vec<Text> =
        judged.drafts.iter().map(|draft| draft.message.clone()).chain(judged.reasons()).collect();
    let mismatch = (judged.outcome != example.outcome).then(|| {
        let (expected, found) = (example.outcome.label(), judged.outcome.label());
        let said = |lang| says.iter().map(|text| text.get(lang)).collect::<Vec<_>>();
        Diagnostic {
            code: "T001",
            file: rule.file.clone(),
            span: Some(example.span.clone()),
            message: Text::new(
                format!("例子应为“{}”，规则答“{}”", expected.zh, found.zh),
                format!("the example should be `{}`, the rule says `{}`", expected.en, found.en),
            ),
            label: Text::default(),
            help: (!says.is_empty()).then(|| {
                Text::new(
                    format!("规则说：{}", said(Lang::Zh).join("；")),
                    format!("the rule says: {}", said(Lang::En).join("; ")),
                )
            }),
        }
    });
    ExampleResult {
        rule: rule.id.clone(),
        number,
        expected: example.outcome,
        found: judged.outcome,
        says,
        mismatch,
    }
}

/// Runs the documentation examples of native functions; returns those that are not true.
pub(crate) fn run_native_examples(book: &Rulebook) -> Vec<(&'static str, &'static str)> {
    let day = book.agreement.signed.0;
    let world = World::new(Arc::clone(&book.schema), day, Vec::new(), Vec::new(), BTreeSet::new(), Some(day));
    let world = Arc::new(world);
    let names = Arc::new(Names::default());
    let mut wrong = Vec::new();
    for native in book.natives.iter() {
        for example in native.examples {
            // A false example makes a finding; a true one is silent.
            let script = format!("if !({example}) {{ fail(\"x\"); }}");
            let turn = Turn::new(Arc::clone(&world), Arc::clone(&names), Arc::default(), None, None);
            let silent = book.engine.compile(&script).is_ok_and(|ast| {
                let said = evaluate(&book.engine, &ast, turn);
                said.ended == Ended::Whole && said.drafts.is_empty()
            });
            if !silent {
                wrong.push((native.name, *example));
            }
        }
    }
    wrong
}
