//! What form a plan's file has.

use super::{PaperFault, package::Package};

/// A form that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text,
    Docx,
    Pdf,
}

/// The first bytes of a compound file: what Office wrote before 2007, and how it encrypts today.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Tells the form by the content, and by the ending of the name where the content leaves it open.
///
/// # Errors
/// A form that is known but not read, each with its own sentence.
pub fn form_of(bytes: &[u8], extension: &str) -> Result<Form, PaperFault> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_zip(bytes, extension);
    }
    if bytes.starts_with(COMPOUND) {
        return of_compound(bytes);
    }
    // Readers of PDF look for its mark in the first kilobyte.
    let start = bytes.get(..1024).unwrap_or(bytes);
    if start.windows(5).any(|own| own == b"%PDF-") {
        return Ok(Form::Pdf);
    }
    if start.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(PaperFault::OtherForm("RTF"));
    }
    Ok(Form::Text)
}

fn of_zip(bytes: &[u8], extension: &str) -> Result<Form, PaperFault> {
    let form = if extension.starts_with("doc") { "DOCX" } else { "ZIP" };
    let package = Package::open(bytes, form)?;
    if package.has("word/document.xml") || package.has_ending("word/document.xml") {
        return Ok(Form::Docx);
    }
    if package.has_ending("ppt/presentation.xml") {
        return Err(PaperFault::OtherForm("PPTX"));
    }
    // A package whose text has another name says so in its relations.
    if package.has("[Content_Types].xml") && extension.starts_with("doc") {
        return Ok(Form::Docx);
    }
    Err(PaperFault::OtherForm(if package.has("content.xml") { "ODT" } else { "ZIP" }))
}

fn of_compound(bytes: &[u8]) -> Result<Form, PaperFault> {
    // Names in its directory are UTF-16.
    let names = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|own| own == wide)
    };
    if names("EncryptedPackage") {
        return Err(PaperFault::Encrypted);
    }
    Err(PaperFault::OtherForm(if names("WordDocument") { "DOC" } else { "OLE" }))
}
