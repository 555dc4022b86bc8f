//! `jintu revise`: a newer text of the plan beside a workbook.

use std::{io::Write, path::Path, process::ExitCode, sync::atomic::AtomicBool};

use serde_json::{Value, json};

use super::{CliError, args::InfoFormat, book, book_args::ReviseArgs, commands::print_json};
use crate::{
    app::{Language, Tell},
    book::{Action, FactRecord, Mark},
    catalogue::{
        edit::{Refusal, field},
        revise::{self, Comparison, Difference, What},
    },
    jobs::revise::{NewerText, compare},
    store::{
        self,
        book::{Access, Workbook},
    },
    tr,
};

/// Lists the differences, after taking over or leaving those that are named.
pub fn run(
    args: &ReviseArgs,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let paper = store::papers::read(&args.newer, &AtomicBool::new(false));
    let bytes = paper.map_err(|e| CliError::Data(e.tell(language)))?.text;
    let name = args.newer.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let newer = NewerText { bytes: bytes.into(), name };
    let refused = |e: Refusal| CliError::Usage(e.tell(language));
    let mut workbook = if args.changes() {
        book::open(&args.workbook, language)?
    } else {
        let access = Access::Read;
        let opened = Workbook::open(&args.workbook, &access, &crate::jobs::book::base());
        opened.map_err(book::data(language))?.0
    };
    let by = book::by();
    let source = args.source.clone().unwrap_or_default().trim().to_owned();
    let mark = Mark { who: by.who.clone(), at: by.at.clone(), source };
    let begun = revise::begin(workbook.book(), &newer.plan_ref(), newer.bytes.clone(), &mark);
    let (revision, begins) = begun.map_err(refused)?;
    let comparison = compare(&workbook, &newer, &revision, &mark).map_err(refused)?;
    if args.changes() {
        let known = |key: &&String| !comparison.differences.iter().any(|own| own.key == **key);
        if let Some(key) = args.take.iter().chain(&args.leave).find(known) {
            return Err(refused(Refusal::NoDifference(key.clone())));
        }
        let act = |workbook: &mut Workbook, action: &Action| {
            workbook.act(action, &by).map(drop).map_err(book::data(language))
        };
        if let Some(action) = begins {
            act(&mut workbook, &action)?;
        }
        let keys = wanted(args, &workbook, &comparison).map_err(refused)?;
        if !keys.is_empty() {
            let action = revise::take(workbook.book(), &comparison, &keys, &mark);
            act(&mut workbook, &action.map_err(refused)?)?;
        }
        if !args.leave.is_empty() {
            let action = revise::leave(workbook.book(), &comparison, &args.leave, &mark);
            act(&mut workbook, &action.map_err(refused)?)?;
        }
    }
    let decided = revise::decisions(workbook.book(), &revision).map_err(|e| refused(e.into()))?;
    let path = args.newer.as_path();
    match args.format {
        InfoFormat::Json => print_json(&as_json(&comparison, &decided, path), out)?,
        InfoFormat::Table => table(&comparison, &decided, language, out)?,
    }
    if args.changes() {
        workbook.close().map_err(book::data(language))?;
    }
    Ok(ExitCode::SUCCESS)
}

type Decided = std::collections::BTreeMap<String, revise::Decision>;

/// The keys that are taken over: those named, or all that nothing was decided of.
fn wanted(
    args: &ReviseArgs,
    workbook: &Workbook,
    comparison: &Comparison,
) -> Result<Vec<String>, Refusal> {
    if !args.take_all {
        return Ok(args.take.clone());
    }
    let decided = revise::decisions(workbook.book(), &comparison.revision)?;
    let open = comparison.differences.iter().map(|own| own.key.clone());
    Ok(open.filter(|key| !decided.contains_key(key) && !args.leave.contains(key)).collect())
}

fn as_json(comparison: &Comparison, decided: &Decided, path: &Path) -> Value {
    let figure = |fact: &Option<FactRecord>| fact.as_ref().map(|fact| fact.text.clone());
    let one = |own: &Difference| {
        let (older, newer) = wordings(own);
        let (mut values, mut figures) = (Vec::new(), Vec::new());
        if let What::Changed(reworded) = &own.what {
            values.extend(reworded.values.iter().map(|change| {
                json!({ "field": change.field, "older": change.older, "newer": change.newer })
            }));
            figures.extend(reworded.figures.iter().map(
                |change| json!({ "older": figure(&change.older), "newer": figure(&change.newer) }),
            ));
        }
        json!({
            "key": own.key,
            "what": own.what.key(),
            "name": own.name,
            "older": older,
            "newer": newer,
            "values": values,
            "figures": figures,
            "taken": decided.get(&own.key).map(|decision| decision.taken),
        })
    };
    json!({
        "file": path.display().to_string(),
        "title": comparison.title,
        "same": comparison.same,
        "differences": comparison.differences.iter().map(one).collect::<Vec<Value>>(),
    })
}

fn wordings(own: &Difference) -> (Option<&str>, Option<&str>) {
    match &own.what {
        What::New { words, .. } => (None, Some(words)),
        What::Gone { words } => (Some(words), None),
        What::Changed(reworded) => (Some(&reworded.older), Some(&reworded.newer)),
    }
}

fn table(
    comparison: &Comparison,
    decided: &Decided,
    language: Language,
    out: &mut impl Write,
) -> Result<(), CliError> {
    for own in &comparison.differences {
        let what = match own.what {
            What::New { .. } => tr!(language, "revise.new"),
            What::Gone { .. } => tr!(language, "revise.gone"),
            What::Changed(_) => tr!(language, "revise.changed"),
        };
        let decision = match decided.get(&own.key) {
            Some(decision) if decision.taken => tr!(language, "revise.taken"),
            Some(_) => tr!(language, "revise.left"),
            None => tr!(language, "revise.open"),
        };
        writeln!(out, "{}\t{what}\t{decision}\t{}", own.key, own.name)?;
        let (older, newer) = wordings(own);
        if let Some(words) = older {
            writeln!(out, "  - {words}")?;
        }
        if let Some(words) = newer {
            writeln!(out, "  + {words}")?;
        }
        if let What::Changed(reworded) = &own.what {
            for change in &reworded.values {
                let name =
                    field(change.field).map_or(change.field, |own| language.pick(own.zh, own.en));
                writeln!(out, "  {name}: {} → {}", plain(&change.older), plain(&change.newer))?;
            }
        }
    }
    let (n, same) = (comparison.differences.len(), comparison.same);
    writeln!(out, "{}", tr!(language, "revise.counted", n = n, same = same))?;
    if comparison.is_of_another() {
        writeln!(out, "{}", tr!(language, "revise.other_plan", name = comparison.plan.name))?;
    }
    Ok(())
}

/// A value as a cell has it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、")
        }
        other => other.to_string(),
    }
}
