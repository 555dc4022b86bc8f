//! How long workbooks take: made, opened, edited, by the number of their projects.
//!
//! `cargo run --release --no-default-features --example book_times -- 10000 100000`
#![allow(clippy::print_stdout, reason = "figures are what this is for")]

use std::{error::Error, fmt::Write as _, path::Path, time::Instant};

use jintu::{
    app::{Action, BookNews, Settings, State, update},
    book::{By, Mark, Words},
    catalogue::{Accuracy, edit, lower::lower_book},
    jobs::{OpenBook, book::base},
    store::{
        SEEDS,
        book::{Access, Holder, Making, Plan, Workbook},
    },
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("jintu-book-times-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let counts: Vec<usize> =
        std::env::args().skip(1).map(|n| n.parse()).collect::<Result<_, _>>()?;
    let counts = if counts.is_empty() { vec![1_000, 10_000] } else { counts };
    for count in counts {
        times(&folder.join(format!("{count}.jintu")), count)?;
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// A plan with so many projects: made up, for measuring only.
fn plan(count: usize) -> String {
    let mut text = "试验规划\n一、项目\n".to_owned();
    let counties = ["小店区", "迎泽区", "杏花岭区", "万柏林区", "晋源区", "清徐县", "阳曲县"];
    for n in 0..count {
        if n % 40 == 0 {
            let _ = writeln!(text, "专栏{} 试验项目", n / 40 + 1);
        }
        let county = counties.get(n % counties.len()).copied().unwrap_or_default();
        let _ = writeln!(
            text,
            "{}.{county}试验道路{n}工程。全长{}公里，总投资约{}亿元。",
            n % 40 + 1,
            n % 30 + 1,
            n % 90 + 1
        );
    }
    text
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

fn times(path: &Path, count: usize) -> Result<(), Box<dyn Error>> {
    let by = By { who: "times".to_owned(), at: "2026-01-01T00:00:00+08:00".to_owned() };
    let start = Instant::now();
    let base = base();
    println!("base (counties, gazetteer): {:.0} ms", ms(start));
    let text = plan(count);
    let making =
        Making { path, city: None, overwrite: true, by: by.clone(), words: Words::default() };
    let start = Instant::now();
    let made =
        Workbook::create(&making, Plan { bytes: text.as_bytes(), name: "p" }, &SEEDS, &base)?;
    println!("{count} items: made in {:.0} ms", ms(start));
    drop(made);
    let size = std::fs::metadata(path)?.len();
    let access = Access::Write(Holder::own(by.at.clone()));
    let start = Instant::now();
    let (mut workbook, lowered) = Workbook::open(path, &access, &base)?;
    println!(
        "{} projects, {} features, {:.1} MB: opened in {:.0} ms",
        lowered.catalogue.projects.len(),
        lowered.catalogue.features.len(),
        size as f64 / 1e6,
        ms(start)
    );
    let start = Instant::now();
    let parsed = jintu::plan::parse(text.as_bytes());
    println!("  of which the plan's text: {:.0} ms", ms(start));
    drop(parsed);
    let start = Instant::now();
    drop(lower_book(workbook.book(), text.as_bytes(), &base));
    println!("  all lowered with the text: {:.0} ms", ms(start));
    let ids: Vec<String> = lowered.catalogue.projects.iter().map(|p| p.id.clone()).collect();
    let mark = Mark { who: "times".to_owned(), at: by.at.clone(), source: "试".to_owned() };
    let mut edits = Vec::new();
    for (n, id) in ids.iter().step_by(ids.len().div_ceil(100).max(1)).enumerate() {
        let action = if n % 2 == 0 {
            edit::set(workbook.book(), &base, id, "note", &n.to_string(), &mark)?
        } else {
            let at = geo::Point::new(112.5, 37.8).into();
            edit::place(workbook.book(), id, &at, Accuracy::Site, &mark)?
        };
        let start = Instant::now();
        workbook.act(&action, &by)?;
        edits.push(ms(start));
    }
    edits.sort_by(f64::total_cmp);
    let at = |part: usize| edits.get(edits.len() * part / 100).copied().unwrap_or_default();
    let most = edits.last().copied().unwrap_or_default();
    println!("edit on disk: median {:.1} ms, p95 {:.1} ms, most {most:.1} ms", at(50), at(95));
    let start = Instant::now();
    workbook.undo(&by)?;
    println!("undo: {:.1} ms", ms(start));
    let start = Instant::now();
    workbook.restore(1, &by)?;
    println!("restored to the beginning: {:.1} ms", ms(start));
    drop(workbook);
    shown(path, &by)
}

/// From an edit to the state that the window draws: on disk, the catalogue that follows, filter, rows,
/// totals and facets.
fn shown(path: &Path, by: &By) -> Result<(), Box<dyn Error>> {
    let base = base();
    let start = Instant::now();
    let mut own = OpenBook::open(path, &base)?;
    println!("opened for the window: {:.0} ms", ms(start));
    let start = Instant::now();
    let mut state = State::new(own.content().catalogue.0, Vec::new(), Settings::default());
    println!("  its state: {:.0} ms", ms(start));
    state.workbook.path = Some(path.to_owned());
    let ids: Vec<String> = state.catalogue.projects.iter().map(|p| p.id.clone()).collect();
    let mark = Mark { who: "times".to_owned(), at: by.at.clone(), source: "窗".to_owned() };
    for what in ["value", "place"] {
        let mut parts: [Vec<f64>; 3] = Default::default();
        for (n, id) in ids.iter().step_by(ids.len().div_ceil(12).max(1)).enumerate() {
            let book = own.workbook().book();
            let action = if what == "value" {
                edit::set(book, &base, id, "note", &format!("窗{n}"), &mark)?
            } else {
                let at = geo::Point::new(112.5 + n as f64 * 0.001, 37.8).into();
                edit::place(book, id, &at, Accuracy::Site, &mark)?
            };
            let start = Instant::now();
            let content = own.act(|book| book.act(&action, by))?;
            let followed = ms(start);
            let news = BookNews {
                path: Some(path.to_owned()),
                shown: own.shown(),
                content,
                is_edit: true,
                ..BookNews::default()
            };
            let told = ms(start);
            update(&mut state, Action::WorkbookNews(Box::new(news)));
            for (part, own) in parts.iter_mut().zip([followed, told - followed, ms(start)]) {
                part.push(own);
            }
        }
        let [followed, told, all] = parts.map(|mut part| {
            part.sort_by(f64::total_cmp);
            part.get(part.len() / 2).copied().unwrap_or_default()
        });
        println!(
            "{what} edited to shown: median {all:.1} ms (on disk and followed {followed:.1}, records \
             {told:.1}, state {:.1})",
            all - followed - told
        );
    }
    Ok(())
}
