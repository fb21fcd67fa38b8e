//! The rulebook as a folder of static pages: no server, no script needed to read them, nothing from the network.
//!
//! The same rulebook gives the same bytes, so that a committed copy can be checked to be current.

use std::collections::BTreeMap;

use hegui_core::agreement::Agreement;
use hegui_core::coverage::coverage;
use hegui_core::rulebook::Rulebook;
use hegui_core::text::Lang;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;

use super::{ParameterLine, RulePage, all, parameter_line};

/// The folder of the rules' own pages within the site.
pub const RULES: &str = "rules";

/// What every page bears, so that one left over can be told from a stranger's file.
pub const MARK: &str = "<meta name=\"generator\" content=\"hegui docs\">";

const TEMPLATES: [(&str, &str); 5] = [
    ("layout.html", include_str!("templates/layout.html")),
    ("index.html", include_str!("templates/index.html")),
    ("rule.html", include_str!("templates/rule.html")),
    ("clauses.html", include_str!("templates/clauses.html")),
    ("parameters.html", include_str!("templates/parameters.html")),
];

/// Every file of the site by its path.
pub fn files(book: &Rulebook, lang: Lang) -> BTreeMap<String, String> {
    let pages = all(book, lang);
    let environment = environment();
    let render = |template: &str, root: &str, values: Value| {
        let zh = lang == Lang::Zh;
        let values = context! { lang => if zh { "zh-CN" } else { "en" }, zh, root, ..values };
        // The templates are part of the program, and a test renders them all.
        environment
            .get_template(template)
            .and_then(|template| template.render(values))
            .unwrap_or_else(|error| format!("{error:#}"))
    };
    let mut files = BTreeMap::new();
    let agreement = Value::from(Serde(agreement(&book.agreement, lang)));
    let values = context! {
        agreement => agreement.clone(),
        plugins => Value::from(Serde(by_plugin(&pages))),
        count => pages.len(),
        clauses => book.agreement.clauses.len(),
        digest => book.digest.as_str(),
    };
    files.insert("index.html".to_string(), render("index.html", "", values));
    let values = context! { agreement, clauses => Value::from(Serde(clauses(book, &pages, lang))) };
    files.insert("clauses.html".to_string(), render("clauses.html", "", values));
    let values = context! { parameters => Value::from(Serde(parameters(book, &pages, lang))) };
    files.insert("parameters.html".to_string(), render("parameters.html", "", values));
    for (at, page) in pages.iter().enumerate() {
        let neighbour = |at: Option<usize>| at.and_then(|at| pages.get(at)).map(|page| page.id.as_str());
        let values = context! {
            rule => Value::from(Serde(page)),
            before => neighbour(at.checked_sub(1)),
            after => neighbour(Some(at + 1)),
        };
        files.insert(format!("{RULES}/{}.html", page.id), render("rule.html", "../", values));
    }
    files.insert("style.css".to_string(), include_str!("templates/style.css").to_string());
    files.insert("search.js".to_string(), include_str!("templates/search.js").to_string());
    files
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    for (name, source) in TEMPLATES {
        // A template that does not parse is missed when it is rendered, which says why.
        let _ = environment.add_template(name, source);
    }
    environment
}

#[derive(Serialize)]
struct AgreementPage<'a> {
    title: &'a str,
    signed: String,
    source: &'a str,
}

fn agreement(agreement: &Agreement, lang: Lang) -> AgreementPage<'_> {
    AgreementPage {
        title: if lang == Lang::Zh { &agreement.title } else { &agreement.title_en },
        signed: agreement.signed.0.to_string(),
        source: &agreement.source,
    }
}

#[derive(Serialize)]
struct PluginPage<'a> {
    name: &'a str,
    title: &'a str,
    rules: Vec<&'a RulePage>,
}

fn by_plugin(pages: &[RulePage]) -> Vec<PluginPage<'_>> {
    let mut plugins: BTreeMap<&str, PluginPage<'_>> = BTreeMap::new();
    for page in pages {
        let (name, title) = (page.plugin.as_str(), page.plugin_title.as_str());
        plugins.entry(name).or_insert_with(|| PluginPage { name, title, rules: Vec::new() }).rules.push(page);
    }
    plugins.into_values().collect()
}

#[derive(Serialize)]
struct ClausePage<'a> {
    id: &'a str,
    text: &'a str,
    note: &'a str,
    rules: Vec<&'a RulePage>,
    unchecked: Vec<(&'a str, String)>,
}

fn clauses<'a>(book: &'a Rulebook, pages: &'a [RulePage], lang: Lang) -> Vec<ClausePage<'a>> {
    coverage(book)
        .into_iter()
        .map(|one| ClausePage {
            id: &one.clause.id.0,
            text: if lang == Lang::Zh { &one.clause.text } else { &one.clause.gloss },
            note: &one.clause.note,
            rules: pages.iter().filter(|page| page.clause == one.clause.id.0).collect(),
            unchecked: one
                .unchecked()
                .iter()
                .map(|gap| {
                    let what = if lang == Lang::Zh { &gap.what } else { &gap.what_en };
                    (what.as_str(), gap.why.label().get(lang).to_string())
                })
                .collect(),
        })
        .collect()
}

#[derive(Serialize)]
struct ParameterPage<'a> {
    line: ParameterLine,
    rules: Vec<&'a str>,
}

fn parameters<'a>(book: &Rulebook, pages: &'a [RulePage], lang: Lang) -> Vec<ParameterPage<'a>> {
    let page = |parameter| {
        let line = parameter_line(parameter, lang);
        let reads = |page: &&RulePage| page.parameters.iter().any(|other| other.key == line.key);
        let rules = pages.iter().filter(reads).map(|page| page.id.as_str()).collect();
        ParameterPage { rules, line }
    };
    book.schema.parameters.iter().map(page).collect()
}
