//! Fields of records, submissions and objects, and parameters: what a name after a dot stands for.

use rhai::Position;

use super::ty::{Seen, Ty};
use super::{Checker, RuleProblem};
use crate::rule::Asked;
use crate::schema::{Field, find_field};
use crate::script::handles::{Owner, TableId};
use crate::script::names::{PARAMS, identifiers};
use crate::text::{Text, did_you_mean};

impl Checker<'_> {
    /// `base.name`
    pub(super) fn property(&mut self, base: &Seen, name: &str, position: Position) -> Seen {
        let place = base.place.clone();
        match &base.ty {
            Ty::Wrong => Seen::wrong(),
            Ty::Record(table) => {
                let schema = self.table(*table);
                match find_field(&schema.fields, name) {
                    Some(at) => {
                        let written = format!("{}.{name}", base.name);
                        self.field_of_table(*table, at, place.as_deref(), &written, position)
                    }
                    None => {
                        let label = schema.label.clone();
                        let suggestion = suggest(&schema.fields, name);
                        self.unknown_field(name, label, suggestion, position)
                    }
                }
            }
            Ty::Submission => self.of_submission(base, place.as_deref(), name, position),
            Ty::Params => self.parameter(base, name, position),
            Ty::Object(owner) => self.part(base, *owner, place.as_deref(), name, position),
            Ty::Group(table, key) => match name {
                "key" | "键" => Seen::of((**key).clone()),
                "rows" | "各条" => Seen::of(Ty::Rows(*table)),
                _ => self.unknown_field(name, base.ty.label(), Some("rows".into()), position),
            },
            other => {
                self.report(position, &RuleProblem::NoSuchProperty { ty: other.label() });
                Seen::wrong()
            }
        }
    }

    fn of_submission(&mut self, base: &Seen, place: Option<&str>, name: &str, position: Position) -> Seen {
        if PARAMS.contains(&name) {
            let written = format!("{}.{name}", base.name);
            let place = place.map(|place| format!("{place}.params"));
            return Seen { name: written, place, ..Seen::of(Ty::Params) };
        }
        let schema = self.setting.schema;
        let table = schema.tables.iter().position(|table| table.key == name || table.label.zh == name);
        if let Some(at) = table {
            self.reads.tables.insert(TableId::Filed(at));
            return Seen::of(Ty::Rows(TableId::Filed(at)));
        }
        let Some(at) = find_field(&schema.header, name) else {
            let tables = schema.tables.iter().flat_map(|table| [table.key.as_str(), table.label.zh.as_str()]);
            let known = schema.header.iter().flat_map(identifiers).chain(tables);
            let suggestion = did_you_mean(name, known).map(str::to_string);
            return self.unknown_field(name, Text::new("报送信息", "header"), suggestion, position);
        };
        self.reads.header.insert(at);
        let written = format!("{}.{name}", base.name);
        self.cell(
            &schema.header[at],
            Asked::Header(at),
            Owner::Header(at),
            place.map(|place| format!("{place}.header{at}")),
            &written,
            position,
        )
    }

    pub(super) fn field_of_table(
        &mut self,
        table: TableId,
        at: usize,
        base: Option<&str>,
        written: &str,
        position: Position,
    ) -> Seen {
        self.reads.fields.insert((table, at));
        self.reads.tables.insert(table);
        let field = self.table(table).fields[at].clone();
        let place = base.map(|base| format!("{base}.field{at}"));
        self.cell(&field, Asked::Field(table, at), Owner::Field(table, at), place, written, position)
    }

    /// A cell of a known field. Without a place — of `all[0].x` nobody knows whether it is that of `all[1].x` — asking
    /// for it once says nothing of the next time.
    fn cell(
        &mut self,
        field: &Field,
        asked: Asked,
        owner: Owner,
        place: Option<String>,
        written: &str,
        position: Position,
    ) -> Seen {
        if field.private {
            self.report(position, &RuleProblem::Private { name: field.label.zh.clone() });
        }
        let may_be_empty = !field.required || self.asked.contains(&asked);
        Seen {
            optional: may_be_empty && !place.as_ref().is_some_and(|place| self.flow.known.contains(place)),
            unit: field.unit.clone(),
            name: written.to_string(),
            place,
            asked: field.required.then_some(asked),
            ..Seen::of(Ty::of_field(&field.ty, owner))
        }
    }

    fn part(
        &mut self,
        base: &Seen,
        owner: Owner,
        place: Option<&str>,
        name: &str,
        position: Position,
    ) -> Seen {
        let fields = match owner {
            Owner::Header(at) => self.setting.schema.header[at].ty.parts().to_vec(),
            Owner::Field(table, at) => self.table(table).fields[at].ty.parts().to_vec(),
        };
        match find_field(&fields, name) {
            Some(at) => {
                let written = format!("{}.{name}", base.name);
                let place = place.map(|place| format!("{place}.part{at}"));
                self.cell(&fields[at], Asked::Part(owner, at), owner, place, &written, position)
            }
            None => {
                let suggestion = suggest(&fields, name);
                self.unknown_field(name, Text::new(&base.name, &base.name), suggestion, position)
            }
        }
    }

    fn parameter(&mut self, base: &Seen, name: &str, position: Position) -> Seen {
        let parameters = &self.setting.schema.parameters;
        let Some(key) = parameters.key(name).map(str::to_string) else {
            let suggestion = did_you_mean(name, parameters.names()).map(str::to_string);
            self.report(position, &RuleProblem::UnknownParameter { name: name.to_string(), suggestion });
            return Seen::wrong();
        };
        let declared = parameters.declaration(&key).cloned();
        self.reads.parameters.insert(key.clone());
        let asked = Asked::Parameter(key.clone());
        let place = base.place.as_ref().map(|place| format!("{place}.{key}"));
        let known = place.as_ref().is_some_and(|place| self.flow.known.contains(place));
        let optional = self.asked.contains(&asked) && !known;
        Seen {
            optional,
            unit: declared.as_ref().and_then(|parameter| parameter.unit.clone()),
            name: format!("参数.{name}"),
            place,
            asked: Some(asked),
            ..Seen::of(
                declared
                    .map_or(Ty::Wrong, |parameter| Ty::of_field(&parameter.ty, Owner::Header(usize::MAX))),
            )
        }
    }

    pub(super) fn unknown_field(
        &mut self,
        name: &str,
        of: Text,
        suggestion: Option<String>,
        position: Position,
    ) -> Seen {
        self.report(position, &RuleProblem::UnknownField { name: name.to_string(), of, suggestion });
        Seen::wrong()
    }
}

/// The field probably meant, by names that scripts can write.
pub(super) fn suggest(fields: &[Field], name: &str) -> Option<String> {
    did_you_mean(name, fields.iter().flat_map(identifiers)).map(str::to_string)
}
