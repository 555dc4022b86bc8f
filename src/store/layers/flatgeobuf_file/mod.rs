//! `FlatGeobuf`, from its first feature to its last. Every buffer is verified before it is looked
//! into, and no length is believed: the file may be damaged anywhere.

mod geometry;
mod values;

use std::{
    fs::File,
    io::{BufReader, Read},
};

use flatgeobuf::{
    ColumnType, Crs as FileCrs, GeometryType, Header, size_prefixed_root_as_feature,
    size_prefixed_root_as_header,
};

use super::{Axes, Fault, LayerError, Sink, Source, Stated};
use crate::{
    geo::Crs,
    layer::{Cause, Field, FieldKind, Finding},
};

const FORMAT: &str = "FlatGeobuf";
/// A header is names of columns and a system, no more.
const LONGEST_HEADER: u64 = 10 << 20;
/// Bytes of a node of the index: a box and an offset.
const NODE_BYTES: u64 = 40;

/// Whether a source is one, of whatever version.
pub fn is_one(source: &Source<'_>) -> bool {
    let is_other = || source.starts_with(b"fgb") && source.start.get(4..7) == Some(b"fgb");
    source.starts_with(b"fgb\x03") || is_other()
}

/// Reads a file.
///
/// # Errors
/// A header that makes no sense, or a file that ends before its first feature.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    // The fourth byte is the version; the eighth may be a patch of it.
    if let Some(version) = source.start.get(3).filter(|version| **version != 3) {
        return Err(source.faulty(FORMAT, Fault::Version(version.to_string())));
    }
    let mut input = Input {
        rest: source.len_bytes()?,
        file: BufReader::with_capacity(1 << 18, source.open()?),
        buffer: Vec::new(),
    };
    let whole = input.rest;
    input.skip(8).map_err(|e| source.unreadable(e))?;
    let head = input.prefixed(LONGEST_HEADER).map_err(|e| source.unreadable(e))?;
    let head = head.ok_or_else(|| source.faulty(FORMAT, Fault::Truncated))?.to_vec();
    let header =
        size_prefixed_root_as_header(&head).map_err(|_| source.faulty(FORMAT, Fault::BadHead))?;
    let stated_count = header.features_count();
    let index = index_bytes(stated_count, header.index_node_size());
    if index.is_none_or(|bytes| bytes > input.rest) {
        return Err(source.faulty(FORMAT, Fault::Truncated));
    }
    input.skip(index.unwrap_or(0)).map_err(|e| source.unreadable(e))?;

    let columns = values::Columns::of(&header);
    let name = header.name().filter(|name| !name.is_empty()).map(str::to_owned);
    sink.begin(&name.unwrap_or_else(|| source.stem()), fields(&header));
    let raw_extent = extent(&header);
    let placed = sink.place(header.crs().map_or(Stated::Nothing, stated));
    if Axes::of_extent(raw_extent).are_swapped() && !placed.0.crs.is_plane() {
        sink.find(Finding::of(Cause::Swapped, 0));
    }
    let mut read = 0_u64;
    let mut truncated = false;
    while input.rest > 0 {
        let Some(bytes) = input.prefixed(u64::MAX).map_err(|e| source.unreadable(e))? else {
            truncated = true;
            break;
        };
        read += 1;
        match size_prefixed_root_as_feature(bytes) {
            Ok(feature) => {
                if let Some(shape) = feature.geometry() {
                    let kind = header.geometry_type();
                    let place = |x, y| placed.at(x, y);
                    if geometry::shape(&shape, kind, &place, &mut sink.shapes).is_err() {
                        sink.broken();
                    }
                }
                let own = feature.columns().map(|own| values::Columns::from(&own));
                let properties = feature.properties();
                let raw = properties.as_ref().map_or(&[][..], |raw| raw.bytes());
                if own.as_ref().unwrap_or(&columns).tell(raw, sink).is_err() {
                    sink.count(Cause::BrokenRows, 1);
                }
            }
            Err(_) => sink.broken(),
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share(((1.0 - input.rest as f64 / whole as f64) * 0.95) as f32);
        sink.end(true)?;
    }
    if truncated {
        if read == 0 {
            return Err(source.faulty(FORMAT, Fault::Truncated));
        }
        sink.find(Finding::of(Cause::Truncated, 0));
    }
    // A writer that streams does not know the count, and writes 0.
    if stated_count != 0 && stated_count != read {
        let detail = format!("{stated_count} ≠ {read}");
        sink.find(Finding { cause: Cause::CountDiffers, count: 0, detail });
    }
    sink.close(true);
    Ok(())
}

/// Bytes of the index before the features: a tree of nodes, each level above a share of the one
/// below. `None` where no file holds so much.
fn index_bytes(features: u64, per_node: u16) -> Option<u64> {
    let per_node = u64::from(per_node);
    if per_node < 2 || features == 0 {
        return Some(0);
    }
    let (mut level, mut nodes) = (features, features);
    while level > 1 {
        level = level.div_ceil(per_node);
        nodes = nodes.checked_add(level)?;
    }
    // A single feature has a root of its own above it.
    if features == 1 {
        nodes += 1;
    }
    nodes.checked_mul(NODE_BYTES)
}

fn fields(header: &Header<'_>) -> Vec<Field> {
    let columns = header.columns();
    let columns = columns.into_iter().flatten();
    columns
        .map(|column| Field { name: column.name().to_owned(), declared: declared(column.type_()) })
        .collect()
}

const fn declared(kind: ColumnType) -> Option<FieldKind> {
    match kind {
        ColumnType::Bool => Some(FieldKind::Bool),
        ColumnType::Byte
        | ColumnType::UByte
        | ColumnType::Short
        | ColumnType::UShort
        | ColumnType::Int
        | ColumnType::UInt
        | ColumnType::Long => Some(FieldKind::Integer),
        ColumnType::Float | ColumnType::Double => Some(FieldKind::Number),
        ColumnType::String | ColumnType::Json => Some(FieldKind::Text),
        ColumnType::DateTime => Some(FieldKind::DateTime),
        // Unsigned long numbers may be words; bytes are not shown.
        _ => None,
    }
}

fn extent(header: &Header<'_>) -> Option<[f64; 4]> {
    let envelope = header.envelope()?;
    let mut sides = envelope.iter().take(4);
    let extent = [sides.next()?, sides.next()?, sides.next()?, sides.next()?];
    extent.iter().all(|side| side.is_finite()).then_some(extent)
}

fn stated(crs: FileCrs<'_>) -> Stated {
    let is_epsg = crs.org().is_none_or(|org| org.is_empty() || org.eq_ignore_ascii_case("EPSG"));
    let code = i64::from(crs.code());
    if code > 0
        && is_epsg
        && let Some(known) = Crs::from_epsg(code)
    {
        return Stated::Crs(known);
    }
    match crs.wkt().filter(|wkt| !wkt.is_empty()) {
        Some(wkt) => Stated::of_wkt(wkt),
        None if code > 0 => Stated::Unknown(format!("{}:{code}", crs.org().unwrap_or("EPSG"))),
        None => match crs.code_string().or(crs.name()).filter(|name| !name.is_empty()) {
            Some(name) => Stated::Unknown(name.to_owned()),
            None => Stated::Nothing,
        },
    }
}

/// The file as far as it is not read.
struct Input {
    file: BufReader<File>,
    rest: u64,
    buffer: Vec<u8>,
}

impl Input {
    fn skip(&mut self, bytes: u64) -> std::io::Result<()> {
        let bytes = bytes.min(self.rest);
        let mut left = bytes;
        while left > 0 {
            let step = i64::try_from(left).unwrap_or(i64::MAX);
            self.file.seek_relative(step)?;
            left -= step.unsigned_abs();
        }
        self.rest -= bytes;
        Ok(())
    }

    /// The next buffer with the four bytes of its length; `None` where the file ends before it does.
    fn prefixed(&mut self, most: u64) -> std::io::Result<Option<&[u8]>> {
        if self.rest < 4 {
            return Ok(None);
        }
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        self.rest -= 4;
        let bytes = u64::from(u32::from_le_bytes(length));
        if bytes > self.rest.min(most) {
            return Ok(None);
        }
        self.buffer.clear();
        self.buffer.extend(length);
        let read = self.file.by_ref().take(bytes).read_to_end(&mut self.buffer)?;
        self.rest -= bytes;
        // It was longer when it was opened.
        Ok((read as u64 == bytes).then_some(&self.buffer))
    }
}

/// The kind of a geometry: the file's, or its own where the file has several.
const fn kind_of(own: GeometryType, of_file: GeometryType) -> GeometryType {
    match of_file {
        GeometryType::Unknown => own,
        known => known,
    }
}
