//! A file to be read: where it is, how it begins, what the user says about it.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use super::{
    Fault, LayerError, OpenOptions,
    charset::{may_be_text, script_of},
    text::TextReader,
};

/// A file or a folder. Readers open it again as they need it.
#[derive(Debug)]
pub struct Source<'a> {
    pub path: &'a Path,
    pub options: &'a OpenOptions,
    /// Its first bytes; none of a folder.
    pub start: Vec<u8>,
    pub is_folder: bool,
}

/// Enough for a head past titles and empty lines.
const START: u64 = 64 * 1024;

/// Whether it leads into the network by a protocol, where a file is wanted.
fn is_address(path: &Path) -> bool {
    let text = path.to_string_lossy().to_lowercase();
    ["http:", "https:", "ftp:", "smb:"].iter().any(|protocol| text.starts_with(protocol))
}

impl<'a> Source<'a> {
    /// # Errors
    /// A file that is not there or may not be read.
    pub fn new(path: &'a Path, options: &'a OpenOptions) -> Result<Self, LayerError> {
        let failed = |reason| LayerError::Read { path: path.to_owned(), reason };
        let about = std::fs::metadata(path).map_err(|reason| {
            if is_address(path) {
                return LayerError::Refused { path: path.to_owned(), what: "address" };
            }
            failed(reason)
        })?;
        let mut start = Vec::new();
        // A pipe or a device may never end, and may never begin.
        if !about.is_dir() && !about.is_file() {
            return Err(LayerError::Refused { path: path.to_owned(), what: "no_file" });
        }
        if about.is_file() {
            let file = File::open(path).map_err(failed)?;
            file.take(START).read_to_end(&mut start).map_err(failed)?;
        }
        Ok(Self { path, options, start, is_folder: about.is_dir() })
    }

    /// # Errors
    /// The file cannot be opened.
    pub fn open(&self) -> Result<File, LayerError> {
        File::open(self.path).map_err(|reason| self.unreadable(reason))
    }

    /// Its length in bytes, at least 1.
    ///
    /// # Errors
    /// The file cannot be asked.
    pub fn len_bytes(&self) -> Result<u64, LayerError> {
        let about = std::fs::metadata(self.path).map_err(|reason| self.unreadable(reason))?;
        Ok(about.len().max(1))
    }

    pub fn starts_with(&self, magic: &[u8]) -> bool {
        self.start.starts_with(magic)
    }

    /// Whether something stands in its first bytes, in any case of ASCII.
    pub fn names(&self, mark: &str) -> bool {
        self.start.windows(mark.len().max(1)).any(|own| own.eq_ignore_ascii_case(mark.as_bytes()))
    }

    /// The first byte that is neither a mark of the encoding nor a blank nor a separator of
    /// records nor the other half of a sign of UTF-16.
    pub fn first_sign(&self) -> Option<u8> {
        let marks = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"];
        let text = marks.iter().find_map(|mark| self.start.strip_prefix(*mark));
        let is_sign = |b: &u8| !b.is_ascii_whitespace() && !matches!(b, 0x1E | 0);
        text.unwrap_or(&self.start).iter().copied().find(is_sign)
    }

    /// Whether a word is among its first bytes.
    pub fn start_has(&self, word: &str) -> bool {
        self.start.windows(word.len()).any(|own| own == word.as_bytes())
    }

    /// Whether it is a table in HTML or in the XML of old spreadsheets, as web pages offer under the
    /// name of a workbook.
    pub fn is_markup_table(&self) -> bool {
        self.first_sign() == Some(b'<')
            && ["<html", "<table", "<!doctype html", "Excel.Sheet", "office:spreadsheet"]
                .iter()
                .any(|mark| self.names(mark))
    }

    /// Whether it is a ZIP archive of such a name, or one that begins with something that only such
    /// archives hold.
    pub fn is_zip_of(&self, extensions: &[&str], part: &[u8]) -> bool {
        let holds = || self.start.windows(part.len()).any(|own| own == part);
        self.starts_with(b"PK\x03\x04") && (self.ends_in(extensions) || holds())
    }

    /// Whether it may be text: no zero byte but in UTF-16.
    pub fn is_text(&self) -> bool {
        may_be_text(&self.start)
    }

    /// The file as text, whatever it is written in.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn text(&self) -> Result<TextReader<File>, LayerError> {
        let script = script_of(&mut self.open()?).map_err(|reason| self.unreadable(reason))?;
        Ok(TextReader::new(self.open()?, script))
    }

    /// Its beginning as text, without a character that is cut; empty where it is none.
    pub fn start_text(&self) -> String {
        let mut text = String::new();
        if self.is_text()
            && let Ok(script) = script_of(&mut self.start.as_slice())
        {
            // Memory can be read.
            let _ = TextReader::new(self.start.as_slice(), script).fill(&mut text);
        }
        text
    }

    /// The ending of its name, in lower case, without the dot.
    pub fn extension(&self) -> String {
        let extension = self.path.extension().unwrap_or_default();
        extension.to_string_lossy().to_lowercase()
    }

    pub fn ends_in(&self, extensions: &[&str]) -> bool {
        extensions.contains(&self.extension().as_str())
    }

    /// Its name without the ending.
    pub fn stem(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    /// A file beside it, of the same name with another ending, in any case.
    pub fn sibling(&self, extension: &str) -> Option<PathBuf> {
        let same = |path: &PathBuf| {
            path.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension))
                && path.file_stem() == self.path.file_stem()
        };
        let exact = self.path.with_extension(extension);
        if exact.is_file() {
            return Some(exact);
        }
        let folder = std::fs::read_dir(self.path.parent()?).ok()?;
        folder.flatten().map(|entry| entry.path()).find(|path| same(path) && path.is_file())
    }

    /// The error of a file whose bytes cannot be had.
    pub fn unreadable(&self, reason: std::io::Error) -> LayerError {
        LayerError::Read { path: self.path.to_owned(), reason }
    }

    /// The error of a file whose bytes make no sense.
    pub fn faulty(&self, format: &'static str, fault: impl Into<Fault>) -> LayerError {
        LayerError::Damaged { path: self.path.to_owned(), format, fault: fault.into() }
    }

    /// The same in the words of a library.
    pub fn damaged(&self, format: &'static str, reason: impl std::fmt::Display) -> LayerError {
        self.faulty(format, Fault::inside(reason))
    }

    /// The error of a file without the layer that is asked for.
    pub fn without_layer(&self, name: &str, names: Vec<String>) -> LayerError {
        LayerError::NoLayer { path: self.path.to_owned(), name: name.to_owned(), names }
    }

    /// The error of a file without features.
    pub fn without_features(&self, format: &'static str) -> LayerError {
        LayerError::NoFeatures { path: self.path.to_owned(), format }
    }
}
