//! Shapefiles (Esri, 1998): one for each kind of geometry of each layer, in UTF-8 or GBK as the
//! `.cpg` beside them says.

mod dbf;
mod shapes;

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{Encoding, Job, Left, Outgoing, WriteError, outgoing::Row};
use crate::{
    geo::crs_wkt,
    layer::{Cause, Finding, Part},
};
use shapes::Shape;

/// Writes every layer. Where one file does not do, the names get the layer's and the kind's.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let crs = job.crs();
    let wkt = crs_wkt::to_esri(crs).ok_or(WriteError::OtherCrs { format: job.format, crs })?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut left = Left::default();
    let mut taken = BTreeSet::new();
    let parts: Vec<(&Outgoing<'_>, Shape)> = job
        .layers
        .iter()
        .flat_map(|own| shapes_of(own).into_iter().map(move |shape| (own, shape)))
        .collect();
    let mut names: Vec<String> = Vec::new();
    for (own, shape) in &parts {
        let mut name = stem.clone();
        if job.layers.len() > 1 {
            name = format!("{name}_{}", plain(&own.layer.name));
        }
        if parts.iter().filter(|(other, _)| std::ptr::eq(*other, *own)).count() > 1 {
            name = format!("{name}_{}", shape.suffix());
        }
        while !taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        names.push(format!("{name}.shp"));
        let wkt = wkt.as_bytes();
        let path = path.with_file_name(&name);
        one(job, own, *shape, &path, wkt, &mut left).map_err(|reason| job.unwritable(reason))?;
    }
    if names.len() > 1 {
        left.count(Cause::FilesSplit, &names.join(", "));
    }
    Ok(left.told())
}

/// A name without what the systems do not take in one.
fn plain(name: &str) -> String {
    let kept = |c: char| !c.is_control() && !"<>:\"/\\|?*".contains(c);
    name.chars().map(|c| if kept(c) { c } else { '_' }).collect()
}

/// The kinds of geometry that features of a layer have; features with several stand in each.
fn shapes_of(own: &Outgoing<'_>) -> Vec<Shape> {
    let holds = own.layer.holds();
    let mut found = Vec::new();
    if holds.points {
        let several = own.rows().any(|at| {
            let parts = own.layer.chunks.get(at.chunk).map(|chunk| &chunk.shapes);
            parts.is_some_and(|shapes| {
                let is_point = |part: &usize| shapes.role(at.row, *part) == Part::Point;
                shapes.parts_of(at.row).filter(is_point).nth(1).is_some()
            })
        });
        found.push(if several { Shape::MultiPoint } else { Shape::Point });
    }
    if holds.lines {
        found.push(Shape::PolyLine);
    }
    if holds.areas {
        found.push(Shape::Polygon);
    }
    if found.is_empty() {
        found.push(Shape::Null);
    }
    found
}

fn one(
    job: &Job<'_>,
    own: &Outgoing<'_>,
    shape: Shape,
    path: &Path,
    wkt: &[u8],
    left: &mut Left,
) -> io::Result<()> {
    // Features without any geometry stand in the first file only.
    let first = shapes_of(own).first() == Some(&shape);
    let rows: Vec<Row> = own
        .rows()
        .filter(|at| {
            let kinds = own.layer.chunks.get(at.chunk).map(|chunk| &chunk.shapes);
            kinds.is_some_and(|shapes| {
                let mut parts = shapes.parts_of(at.row).map(|part| shapes.role(at.row, part));
                let none = shapes.kind(at.row) == crate::layer::Kind::None;
                if none { first } else { parts.any(|part| shape.takes(part)) }
            })
        })
        .collect();
    let named = |extension: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(extension);
        name
    };
    shapes::write(
        shape,
        rows.iter().map(|at| own.parts(*at, job.crs())),
        BufWriter::new(File::create(named(".shp"))?),
        BufWriter::new(File::create(named(".shx"))?),
    )?;
    let encoding = job.options.encoding;
    let table = BufWriter::new(File::create(named(".dbf"))?);
    dbf::write(own, &rows, encoding, table, left)?;
    File::create(named(".prj"))?.write_all(wkt)?;
    let code_page: &[u8] = match encoding {
        Encoding::Utf8 => b"UTF-8",
        Encoding::Gbk => b"GBK",
    };
    File::create(named(".cpg"))?.write_all(code_page)
}
