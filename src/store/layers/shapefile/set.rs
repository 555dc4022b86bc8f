//! The files that make one Shapefile: beside each other, or in a ZIP file.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use encoding_rs::GBK;

use super::bytes::Records;
use crate::store::layers::{
    Source,
    archive::{Archive, Entry},
};

/// What `.prj` and `.cpg` may hold.
const MOST_WORDS: u64 = 64 << 10;

/// The files of one set.
pub enum Set<'a> {
    Beside { shp: PathBuf, source: &'a Source<'a> },
    Packed(&'a Archive, &'a Entry),
}

impl<'a> Set<'a> {
    /// The set that a file belongs to.
    pub fn beside(source: &'a Source<'a>) -> Self {
        let own = || source.path.to_owned();
        let shp = if source.ends_in(&["shp"]) {
            own()
        } else {
            source.sibling("shp").unwrap_or_else(own)
        };
        Self::Beside { shp, source }
    }

    /// The name of its layer.
    pub fn name(&self) -> String {
        match self {
            Self::Beside { shp, .. } => {
                Path::file_stem(shp).unwrap_or_default().to_string_lossy().into()
            }
            // Two of one name are told apart by their folders.
            Self::Packed(archive, entry) => {
                let shapes = archive.ending(&["shp"]);
                let same = shapes.iter().filter(|other| other.stem() == entry.stem()).count();
                if same > 1 { entry.path_stem() } else { entry.stem() }.to_owned()
            }
        }
    }

    /// The `.shp` and its length in bytes.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn records(&self) -> std::io::Result<(Records, u64)> {
        match self {
            Self::Beside { shp, .. } => {
                let file = File::open(shp)?;
                let bytes = file.metadata()?.len();
                Ok((Records::of_file(file), bytes))
            }
            Self::Packed(archive, entry) => {
                Ok((Records::of_stream(archive.stream(entry)?), entry.len_bytes))
            }
        }
    }

    /// A file beside the `.shp`, if there is one.
    pub fn open(&self, extension: &str) -> Option<Box<dyn Read>> {
        match self {
            Self::Beside { source, .. } => {
                Some(Box::new(File::open(source.sibling(extension)?).ok()?))
            }
            Self::Packed(archive, entry) => archive.stream(archive.sibling(entry, extension)?).ok(),
        }
    }

    /// The words of a small file beside it.
    pub fn words(&self, extension: &str) -> Option<String> {
        let mut bytes = Vec::new();
        self.open(extension)?.take(MOST_WORDS).read_to_end(&mut bytes).ok()?;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => GBK.decode(&bytes).0.into_owned(),
        };
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
        Some(text.to_owned())
    }
}
