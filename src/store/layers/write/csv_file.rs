//! CSV that Excel opens: UTF-8 with its mark, coordinates of points in two columns, other shapes as
//! well-known text in one.

use std::{
    fmt::Write,
    fs::File,
    io::{self, BufWriter},
    path::Path,
};

use super::{Job, Left, Outgoing, WriteError};
use crate::{
    geo::Crs,
    layer::{Cause, Finding, Part, Value, formula},
};

/// Writes one layer, row by row.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let own = job.only_layer()?;
    let file = File::create(path).map_err(|reason| job.unwritable(reason))?;
    let mut left = Left::default();
    rows(own, job.crs(), BufWriter::with_capacity(1 << 18, file), &mut left)
        .map_err(|reason| job.unwritable(reason))?;
    Ok(left.told())
}

fn rows(own: &Outgoing<'_>, crs: Crs, mut out: impl io::Write, left: &mut Left) -> io::Result<()> {
    out.write_all(b"\xEF\xBB\xBF")?;
    let mut table =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    let holds = own.layer.holds();
    let only_points = !holds.lines && !holds.areas;
    // Names that are read back, whatever the fields are called.
    let place: &[&str] = match (only_points, crs.is_plane()) {
        (true, false) => &["经度", "纬度"],
        (true, true) => &["东坐标", "北坐标"],
        (false, _) => &["WKT"],
    };
    let names = own.layer.fields.iter().map(|field| field.name.as_str());
    table.write_record(names.chain(place.iter().copied()))?;
    let mut cells: Vec<String> = Vec::new();
    for at in own.rows() {
        cells.clear();
        for field in 0..own.layer.fields.len() {
            cells.push(match own.value(at, field) {
                Value::Missing => String::new(),
                Value::Text(text) => {
                    let cell = formula::neutral(text);
                    if cell != text {
                        left.count(Cause::FormulaNeutralised, "");
                    }
                    cell.into_owned()
                }
                other => other.to_string(),
            });
        }
        let parts = own.parts(at, crs);
        if only_points {
            let mut points = parts.iter().flat_map(|(_, path)| path);
            let first = points.next();
            if points.next().is_some() {
                left.count(Cause::TypeLeftOut, "MultiPoint");
            }
            let cell = |i: usize| first.map_or(String::new(), |p| p[i].to_string());
            cells.extend([cell(0), cell(1)]);
        } else {
            cells.push(well_known_text(&parts));
        }
        table.write_record(&cells)?;
    }
    table.flush()
}

/// Well-known text (OGC 06-103r4); empty where there is no geometry.
fn well_known_text(parts: &[(Part, Vec<[f64; 2]>)]) -> String {
    let path = |path: &[[f64; 2]]| {
        let all: Vec<String> = path.iter().map(|[x, y]| format!("{x} {y}")).collect();
        format!("({})", all.join(", "))
    };
    let of = |wanted: Part| parts.iter().filter(move |(part, _)| *part == wanted).map(|(_, p)| p);
    let points: Vec<String> = of(Part::Point).map(|p| path(p)).collect();
    let lines: Vec<String> = of(Part::Line).map(|p| path(p)).collect();
    let areas: Vec<String> = Outgoing::polygons(parts)
        .iter()
        .map(|rings| format!("({})", rings.iter().map(|r| path(r)).collect::<Vec<_>>().join(", ")))
        .collect();
    let mut kinds = Vec::new();
    for (name, all) in [("POINT", points), ("LINESTRING", lines), ("POLYGON", areas)] {
        match all.as_slice() {
            [] => {}
            [one] => kinds.push(format!("{name} {one}")),
            several => kinds.push(format!("MULTI{name} ({})", several.join(", "))),
        }
    }
    match kinds.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        several => {
            let mut text = String::new();
            let _ = write!(text, "GEOMETRYCOLLECTION ({})", several.join(", "));
            text
        }
    }
}
