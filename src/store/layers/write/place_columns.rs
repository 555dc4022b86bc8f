//! Columns of a table: the fields of a layer, and where its features lie.

use std::{collections::BTreeSet, fmt::Write};

use super::{Left, Outgoing, outgoing::Row};
use crate::{
    geo::Crs,
    layer::{Cause, Part, Value},
};

/// The columns of a layer in a table.
pub struct Columns {
    /// The fields that are written, each under its name there.
    pub fields: Vec<(usize, String)>,
    /// Names of the columns behind them: two of coordinates, or one of well-known text. Empty where
    /// the fields tell the coordinates themselves.
    pub place: &'static [&'static str],
}

/// Where a feature lies, as the columns of [`Columns::place`] have it.
pub enum Place {
    Nowhere,
    /// Of its points the first.
    At([f64; 2]),
    Text(String),
}

impl Columns {
    /// Points get two columns, others one. Readers take coordinates from the columns of these names,
    /// so a field of such a name gives it up; fields that tell the same coordinates stay, alone.
    pub fn of(own: &Outgoing<'_>, crs: Crs, left: &mut Left) -> Self {
        let holds = own.layer.holds();
        let only_points = !holds.lines && !holds.areas;
        // Names that are read back, whatever the fields are called.
        let place: &[&str] = match (only_points, crs.is_plane()) {
            (true, false) => &["经度", "纬度"],
            (true, true) => &["东坐标", "北坐标"],
            (false, _) => &["WKT"],
        };
        let names = || own.layer.fields.iter().map(|field| field.name.as_str());
        if let [east, north] = place
            && let Some(fields) =
                names().position(|own| own == *east).zip(names().position(|own| own == *north))
            && tell_the_same(own, crs, fields)
        {
            return Self { fields: names().map(str::to_owned).enumerate().collect(), place: &[] };
        }
        let is_place = |name: &str| place.iter().any(|own| own.eq_ignore_ascii_case(name.trim()));
        let mut taken: BTreeSet<String> = names().map(str::to_owned).collect();
        let mut fields = Vec::new();
        for (i, name) in names().enumerate() {
            let mut told = name.to_owned();
            let mut number = 2;
            while is_place(&told) || told != name && !taken.insert(told.clone()) {
                told = format!("{}_{number}", name.trim());
                number += 1;
            }
            if told != name {
                left.count(Cause::FieldRenamed, &format!("{name} → {told}"));
            }
            fields.push((i, told));
        }
        Self { fields, place }
    }

    /// The names of all columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(_, name)| name.as_str()).chain(self.place.iter().copied())
    }

    /// Where a feature lies. Points behind the first have no place in two columns: they are counted.
    pub fn place(&self, own: &Outgoing<'_>, at: Row, crs: Crs, left: &mut Left) -> Place {
        if self.place.is_empty() {
            return Place::Nowhere;
        }
        let parts = own.parts(at, crs);
        if self.place.len() == 1 {
            return Place::Text(well_known_text(&parts));
        }
        let mut points = parts.iter().flat_map(|(_, path)| path);
        let first = points.next();
        if points.next().is_some() {
            left.count(Cause::PointsNotWritten, "");
        }
        first.map_or(Place::Nowhere, |at| Place::At(*at))
    }
}

/// Whether two fields say of every feature where it lies, as exactly as it would be written.
fn tell_the_same(own: &Outgoing<'_>, crs: Crs, (east, north): (usize, usize)) -> bool {
    let near = if crs.is_plane() { 1e-3 } else { 1e-8 };
    let number = |value: Value<'_>| match value {
        Value::Number(n) => Some(n),
        Value::Integer(n) => n.to_string().parse().ok(),
        Value::Text(text) => text.trim().parse::<f64>().ok(),
        _ => None,
    };
    own.unwatched().all(|at| {
        let told = [east, north].map(|field| own.value(at, field));
        match own.parts(at, crs).as_slice() {
            [] => told == [Value::Missing; 2],
            [(Part::Point, points)] if points.len() == 1 => {
                let own = points.first().copied().unwrap_or_default();
                told.into_iter()
                    .zip(own)
                    .all(|(told, own)| number(told).is_some_and(|told| (told - own).abs() <= near))
            }
            _ => false,
        }
    })
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
