//! DOCX (ECMA-376 part 1, chapter 17): paragraphs with the numbers shown, text boxes, tables, notes.
//!
//! Headers and footers are parts of their own and are not read; macros are never run.

mod block;
mod number_format;
mod numbering;
mod open_paragraph;
mod rooms;
mod styles;
mod tables;
mod walk;
mod write;

use std::sync::atomic::{AtomicBool, Ordering};

use block::Block;

pub use number_format::shown_number;
use numbering::Numbering;
use styles::Styles;
pub use tables::tables;
use walk::Walk;

use super::{PaperFault, package::Package};
use crate::{
    document::{FindingCounts, Paper, PaperCause, PaperKind, TextWriter},
    store::layers::markup::{Mark, Markup},
};

const FORM: &str = "DOCX";

/// Reads a document.
///
/// # Errors
/// What is no document, is encrypted, grows out of all proportion or holds no words.
pub fn read(bytes: &[u8], cancel: &AtomicBool) -> Result<Paper, PaperFault> {
    let mut package = Package::open(bytes, FORM)?;
    let mut findings = FindingCounts::default();
    if package.has_ending("vbaproject.bin") {
        findings.count(PaperCause::Macros);
    }
    let main = main_part(&mut package)?;
    let Some((body, is_cut)) = package.part(&main)? else {
        return Err(PaperFault::NoWords);
    };
    let (styles, numbering) = lists(&mut package, &main)?;
    let notes = [
        beside(&mut package, &main, "footnotes.xml")?,
        beside(&mut package, &main, "endnotes.xml")?,
    ];

    let mut walk = Walk::new(styles, numbering, &mut findings);
    let mut is_damaged = is_cut;
    is_damaged |= walk.read(&body, cancel)?;
    let blocks = walk.take_blocks();
    let mut out = TextWriter::default();
    let projects = write::blocks(&blocks, &mut out);
    for part in &notes {
        walk.read(part, cancel)?;
        let notes = walk.take_notes();
        write::notes(&notes, &mut out);
    }
    walk.end();
    findings.count_many(PaperCause::ProjectRows, String::new(), projects);
    if is_damaged {
        findings.count(PaperCause::Damaged);
    }
    if out.text().trim().is_empty() && projects == 0 {
        return Err(PaperFault::NoWords);
    }
    let (text, map) = out.finish();
    Ok(Paper { kind: PaperKind::Docx, text: text.into_bytes(), map, findings: findings.finish() })
}

/// A part beside the main one; empty where it is missing.
fn beside(package: &mut Package<'_>, main: &str, name: &str) -> Result<Vec<u8>, PaperFault> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    // Numbers, styles and notes may be missing or damaged: the words are still there.
    Ok(package.part(&name)?.map_or_else(Vec::new, |(bytes, _)| bytes))
}

/// The styles of paragraphs, and the numbers that lists give them.
fn lists(package: &mut Package<'_>, main: &str) -> Result<(Styles, Numbering), PaperFault> {
    let styles = Styles::read(&beside(package, main, "styles.xml")?);
    let numbering = Numbering::read(&beside(package, main, "numbering.xml")?, &styles);
    Ok((styles, numbering))
}

/// The blocks of a document's body; true where it is damaged.
///
/// # Errors
/// As [`read`].
fn body(bytes: &[u8], cancel: &AtomicBool) -> Result<(Vec<Block>, bool), PaperFault> {
    let mut package = Package::open(bytes, FORM)?;
    let main = main_part(&mut package)?;
    let (body, is_cut) = package.part(&main)?.ok_or(PaperFault::NoWords)?;
    let mut findings = FindingCounts::default();
    let (styles, numbering) = lists(&mut package, &main)?;
    let mut walk = Walk::new(styles, numbering, &mut findings);
    let is_damaged = walk.read(&body, cancel)?;
    Ok((walk.take_blocks(), is_cut || is_damaged))
}

/// The name of the part that holds the text: what the package's relations say, or the usual one.
fn main_part(package: &mut Package<'_>) -> Result<String, PaperFault> {
    let usual = "word/document.xml".to_owned();
    let Some((relations, _)) = package.part("_rels/.rels")? else { return Ok(usual) };
    let mut text = Markup::new(relations.as_slice(), &relations);
    while let Ok(mark) = text.next() {
        match mark {
            Mark::Open(name) if name == "Relationship" => {
                let is_text =
                    text.attribute("Type").is_some_and(|t| t.ends_with("/officeDocument"));
                let target = text.attribute("Target").unwrap_or_default().trim_start_matches('/');
                if is_text && package.has(target) {
                    return Ok(target.to_owned());
                }
            }
            Mark::End => break,
            _ => {}
        }
    }
    Ok(usual)
}

/// Whether reading is to end.
fn check(cancel: &AtomicBool) -> Result<(), PaperFault> {
    if cancel.load(Ordering::Relaxed) { Err(PaperFault::Stopped) } else { Ok(()) }
}
