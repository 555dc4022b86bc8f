//! `jintu find`: what the search box finds, in a terminal.

use std::{io::Write, process::ExitCode};

use serde_json::{Value, json};

use super::{CliError, book_args::SourceArgs, commands::load_usable};
use crate::{
    app::{Language, Tell as _, search_box},
    catalogue::Catalogue,
    search::{Country, Finder, Hit},
    store, tr,
};

/// Every hit is told, not only as many as a list in the window has room for.
const MOST: usize = usize::MAX;

/// Prints the hits by group; exit code 1 where nothing answers, as grep has it.
pub fn find(
    text: &str,
    of: &SourceArgs,
    as_json: bool,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let catalogue = load_usable(of, language)?;
    let country = Country::read(store::AREAS).map_err(|e| CliError::Data(e.tell(language)))?;
    let finder = Finder::new(&catalogue);
    let found = finder.find(&catalogue, Some(&country), text, &[], MOST);
    if as_json {
        let groups = found.groups.iter().map(|group| {
            let hits: Vec<Value> =
                group.hits.iter().map(|hit| value(&catalogue, hit, language)).collect();
            json!({ "group": group.group.key(), "count": group.count, "hits": hits })
        });
        let all = Value::Array(groups.collect());
        serde_json::to_writer_pretty(&mut *out, &all).map_err(|e| CliError::Output(e.into()))?;
        writeln!(out)?;
    } else {
        for group in &found.groups {
            let name = tr!(language, format!("search.{}", group.group.key()));
            writeln!(out, "{}", tr!(language, "search.head", name = name, n = group.count))?;
            for hit in &group.hits {
                let (name, detail) = search_box::words(&catalogue, hit, language);
                let at = search_box::pin(&catalogue, hit);
                let at = at.map(|p| format!("  {:.6},{:.6}", p.lon_deg, p.lat_deg));
                writeln!(out, "  {name}  {detail}{}", at.unwrap_or_default())?;
            }
        }
        if found.groups.is_empty() {
            super::complain(&tr!(language, "search.none"));
        }
    }
    Ok(ExitCode::from(u8::from(found.groups.is_empty())))
}

/// Name and detail in the language, and what identifies the hit.
fn value(catalogue: &Catalogue, hit: &Hit, language: Language) -> Value {
    let (name, detail) = search_box::words(catalogue, hit, language);
    let mut value = json!({ "name": name, "detail": detail });
    let mut set = |key: &str, own: Value| {
        if let Some(object) = value.as_object_mut() {
            object.insert(key.to_owned(), own);
        }
    };
    if let Some(p) = search_box::pin(catalogue, hit) {
        set("lon", json!(p.lon_deg));
        set("lat", json!(p.lat_deg));
    }
    let id = |project: usize| json!(catalogue.projects.get(project).map(|own| own.id.as_str()));
    match hit {
        Hit::Project(project) => set("id", id(*project)),
        Hit::Stake { project, chainage_m, length_m, .. } => {
            set("id", id(*project));
            set("chainage_m", json!(chainage_m));
            set("length_m", json!(length_m));
        }
        Hit::County(code) => set("code", json!(code)),
        Hit::Elsewhere(own) => set("code", json!(own.code)),
        Hit::Sentence(sentence, words) => {
            let own = catalogue.plan.sentences.get(*sentence);
            set("id", json!(own.map(|own| own.id.as_str())));
            let span = catalogue.plan.text.source_span(*words);
            set("start", json!(span.start));
            set("end", json!(span.end));
        }
        Hit::Position(_) | Hit::Place(_) => {}
    }
    value
}
