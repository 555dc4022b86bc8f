//! PDF with a text layer (ISO 32000-1): words in reading order, each with its page and place.
//!
//! `hayro-syntax` reads objects, tables and encryption; what pages show is found here, within
//! bounds: it unpacks no stream but tables of objects, which are tried before.

mod cmap;
mod content;
mod font;
mod furniture;
mod glyph_names;
mod lines;
mod paragraphs;
mod radicals;
mod stream;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
};

use content::Shared;
use hayro_syntax::{LoadPdfError, Pdf};

use super::PaperFault;
use crate::{
    document::{FindingCounts, Paper, PaperCause, PaperKind, TextWriter},
    store::layers::Fault,
};

const FORM: &str = "PDF";
/// A plan of a province has some hundred.
const MOST_PAGES: usize = 20_000;
/// Fewer signs on all pages are stamps and page numbers of a scan.
const LEAST_SIGNS: usize = 20;

/// Reads a file.
///
/// # Errors
/// A file that is none, is protected by a password, has no text layer, or has one in fonts that do
/// not say what their signs are.
pub fn read(bytes: Vec<u8>, cancel: &AtomicBool) -> Result<Paper, PaperFault> {
    if !stream::is_harmless(&bytes) {
        return Err(PaperFault::TooLarge);
    }
    check(cancel)?;
    // What the library does with a file that nobody has tried ends only this reading.
    let read = catch_unwind(AssertUnwindSafe(|| pages(bytes, cancel)));
    read.unwrap_or_else(|_| Err(PaperFault::of(FORM, Fault::BadHead)))
}

fn pages(bytes: Vec<u8>, cancel: &AtomicBool) -> Result<Paper, PaperFault> {
    let is_cut = !has_end(&bytes);
    let pdf = Pdf::new(bytes).map_err(|reason| match reason {
        LoadPdfError::Decryption(_) => PaperFault::Encrypted,
        LoadPdfError::Invalid if is_cut => PaperFault::of(FORM, Fault::Truncated),
        LoadPdfError::Invalid => PaperFault::of(FORM, Fault::BadHead),
    })?;
    let mut findings = FindingCounts::default();
    let mut shared = Shared::new();
    let (mut all, mut heights, mut without) = (Vec::new(), Vec::new(), 0);
    if pdf.pages().len() > MOST_PAGES {
        return Err(PaperFault::TooLarge);
    }
    for page in pdf.pages().iter() {
        check(cancel)?;
        let shown = content::read(page, &mut shared, cancel)?;
        if shown.glyphs.is_empty() && shown.has_picture {
            without += 1;
        }
        let (lines, turned) = lines::lines(shown.glyphs);
        findings.count_many(PaperCause::TurnedText, String::new(), turned);
        heights.push(page.render_dimensions().1);
        all.push(lines);
    }
    if shared.known + shared.unknown < LEAST_SIGNS {
        return Err(PaperFault::NoTextLayer { pages: all.len() });
    }
    // A tenth of a text is more than can be guessed.
    if shared.unknown * 10 > shared.known + shared.unknown {
        return Err(PaperFault::NoCharacters { fonts: shared.unknown_fonts.join(", ") });
    }
    let fonts = shared.unknown_fonts.join(", ");
    findings.count_many(PaperCause::UnknownSigns, fonts, shared.unknown);
    findings.count_many(PaperCause::PagesWithoutText, String::new(), without);
    let furniture = furniture::take_out(&mut all, &heights);
    findings.count_many(PaperCause::PageFurniture, String::new(), furniture);
    if is_cut {
        findings.count(PaperCause::Damaged);
    }
    let mut out = TextWriter::default();
    paragraphs::write(&all, &mut out);
    if out.text().trim().is_empty() {
        return Err(PaperFault::NoWords);
    }
    let (text, map) = out.finish();
    Ok(Paper { kind: PaperKind::Pdf, text: text.into_bytes(), map, findings: findings.finish() })
}

/// Whether the mark of the end is there, as in every file that is whole.
fn has_end(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or_default();
    stream::find(tail, b"%%EOF", 0).is_some()
}

/// Whether reading is to end.
fn check(cancel: &AtomicBool) -> Result<(), PaperFault> {
    if cancel.load(Ordering::Relaxed) { Err(PaperFault::Stopped) } else { Ok(()) }
}
