//! KMZ: KML in a ZIP archive, under the name that every reader looks for.

use std::{fs::File, io::BufWriter, path::Path};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Job, WriteError, kml_file::document};
use crate::layer::Finding;

/// Writes every layer.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    job.only_wgs84()?;
    let file = File::create(path).map_err(|reason| job.unwritable(reason))?;
    let mut archive = ZipWriter::new(BufWriter::with_capacity(1 << 18, file));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // A document of more than 4 GB.
        .large_file(true);
    archive.start_file("doc.kml", options).map_err(|e| job.failed(e))?;
    document(job.layers, BufWriter::with_capacity(1 << 16, &mut archive))
        .map_err(|reason| job.unwritable(reason))?;
    let file = archive.finish().map_err(|e| job.failed(e))?;
    file.into_inner().map_err(|e| job.unwritable(e.into_error()))?;
    Ok(Vec::new())
}
