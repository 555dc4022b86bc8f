//! An input: the files that a reader is given.

use std::{
    fs,
    io::{self, Cursor, Write as _},
    path::{Path, PathBuf},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Files that belong together; the first is the one that is opened, unless all are packed.
#[derive(Debug, Clone)]
pub struct Case {
    pub files: Vec<(String, Vec<u8>)>,
    /// The name of the ZIP file that holds them.
    pub packed: Option<&'static str>,
}

impl Case {
    pub fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { files: vec![(name.to_owned(), bytes.into())], packed: None }
    }

    /// The bytes of the first file.
    pub fn bytes(&self) -> &[u8] {
        self.files.first().map_or(&[], |(_, bytes)| bytes)
    }

    /// The same as one ZIP file. Nothing is deflated: what is changed is what is read.
    pub fn zipped(&self) -> io::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, bytes) in &self.files {
            zip.start_file(name.as_str(), plain)?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    /// Puts the files into a folder and says which is to be opened.
    pub fn lay(&self, folder: &Path) -> io::Result<PathBuf> {
        for (name, bytes) in &self.files {
            fs::write(folder.join(name), bytes)?;
        }
        Ok(folder.join(self.files.first().map_or("", |(name, _)| name)))
    }
}
