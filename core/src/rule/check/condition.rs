//! Conditions: what is known when one holds, and when it does not.

use rhai::Expr;

use super::flow::Facts;
use super::ty::Ty;
use super::{Checker, RuleProblem};

impl Checker<'_> {
    /// What is known when a condition holds, and when it does not.
    pub(super) fn condition(&mut self, expr: &Expr) -> (Facts, Facts) {
        let ended = self.flow.ended;
        let facts = self.frozen(|checker| checker.condition_facts(expr));
        // What ends behind `&&` or `||` does not always end.
        if matches!(expr, Expr::And(..) | Expr::Or(..)) {
            self.flow.ended = ended;
        }
        facts
    }

    fn condition_facts(&mut self, expr: &Expr) -> (Facts, Facts) {
        match expr {
            Expr::And(items, _) => {
                let before = self.flow.known.clone();
                let mut all = Facts::new();
                for item in items.iter() {
                    let (when_true, _) = self.condition(item);
                    self.flow.known.extend(when_true.iter().cloned());
                    all.extend(when_true);
                }
                self.flow.known = before;
                (all, Facts::new())
            }
            Expr::Or(items, _) => {
                let before = self.flow.known.clone();
                let mut none = Facts::new();
                let mut any: Option<Facts> = None;
                for item in items.iter() {
                    let (mut when_true, when_false) = self.condition(item);
                    when_true.extend(none.iter().cloned());
                    any = Some(match any {
                        None => when_true,
                        Some(any) => any.intersection(&when_true).cloned().collect(),
                    });
                    self.flow.known.extend(when_false.iter().cloned());
                    none.extend(when_false);
                }
                self.flow.known = before;
                (any.unwrap_or_default(), none)
            }
            Expr::FnCall(call, _) if call.name == "!" && call.args.len() == 1 => {
                let (when_true, when_false) = self.condition(&call.args[0]);
                (when_false, when_true)
            }
            Expr::FnCall(call, _) if matches!(call.name.as_str(), "==" | "!=") && call.args.len() == 2 => {
                let equal = call.name == "==";
                match (&call.args[0], &call.args[1]) {
                    (Expr::Unit(_), asked) | (asked, Expr::Unit(_)) => {
                        let filled = self.asks_for(asked);
                        if equal { (Facts::new(), filled) } else { (filled, Facts::new()) }
                    }
                    _ => {
                        self.expr(expr);
                        (Facts::new(), Facts::new())
                    }
                }
            }
            Expr::FnCall(call, _)
                if matches!(call.name.as_str(), "present" | "已填") && call.args.len() == 1 =>
            {
                (self.asks_for(&call.args[0]), Facts::new())
            }
            _ => {
                let seen = self.present(expr);
                if !matches!(seen.ty, Ty::Bool | Ty::Wrong) {
                    self.report(expr.start_position(), &RuleProblem::NotBoolean { found: seen.ty.label() });
                }
                (Facts::new(), Facts::new())
            }
        }
    }

    /// The script asks whether something is empty; the facts that hold if it is not.
    pub(super) fn asks_for(&mut self, expr: &Expr) -> Facts {
        let seen = self.expr(expr);
        let known = seen.place.as_ref().is_some_and(|place| self.flow.known.contains(place));
        match (&seen.asked, &seen.place) {
            (Some(asked), _) => {
                self.asks.insert(asked.clone());
            }
            _ if seen.ty == Ty::Wrong || seen.optional || known => {}
            _ => {
                let name = self.source_of(expr);
                self.report(expr.start_position(), &RuleProblem::NeverEmpty { name });
            }
        }
        seen.place.into_iter().collect()
    }
}
