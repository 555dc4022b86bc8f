//! KML 2.2 (OGC 12-007r2): a folder for each layer, the values of a feature as `ExtendedData`.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{Job, Outgoing, WriteError, outgoing::Row};
use crate::{
    geo::Crs,
    layer::{FieldKind, Finding, Part, Value, name_fields},
    style::{Mode, Rgba, layer_color},
};

/// Writes every layer.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    job.only_wgs84()?;
    let file = File::create(path).map_err(|reason| job.unwritable(reason))?;
    document(job.layers, BufWriter::with_capacity(1 << 18, file))
        .map_err(|reason| job.unwritable(reason))?;
    Ok(Vec::new())
}

/// The whole text.
///
/// # Errors
/// It cannot be written.
pub fn document(layers: &[Outgoing<'_>], mut out: impl Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n")?;
    for (i, own) in layers.iter().enumerate() {
        style(i, &mut out)?;
        schema(i, own, &mut out)?;
    }
    for (i, own) in layers.iter().enumerate() {
        writeln!(out, "<Folder><name>{}</name>", escaped(&own.layer.name))?;
        for at in own.rows() {
            placemark(i, own, at, &mut out)?;
        }
        out.write_all(b"</Folder>\n")?;
    }
    out.write_all(b"</Document>\n</kml>\n")?;
    out.flush()
}

fn style(i: usize, out: &mut impl Write) -> io::Result<()> {
    let Rgba(r, g, b, _) = layer_color(i, Mode::Light);
    writeln!(
        out,
        "<Style id=\"s{i}\"><IconStyle><color>ff{b:02x}{g:02x}{r:02x}</color></IconStyle>\
         <LineStyle><color>ff{b:02x}{g:02x}{r:02x}</color><width>2</width></LineStyle>\
         <PolyStyle><color>40{b:02x}{g:02x}{r:02x}</color></PolyStyle></Style>"
    )
}

fn schema(i: usize, own: &Outgoing<'_>, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<Schema id=\"f{i}\" name=\"{}\">", escaped(&own.layer.name))?;
    for (field, told) in own.layer.fields.iter().enumerate() {
        let kind = match own.layer.kind_of(field) {
            FieldKind::Bool => "bool",
            FieldKind::Number => "double",
            FieldKind::Integer | FieldKind::Date | FieldKind::DateTime | FieldKind::Text => {
                "string"
            }
        };
        write!(out, "<SimpleField type=\"{kind}\" name=\"{}\"/>", escaped(&told.name))?;
    }
    out.write_all(b"</Schema>\n")
}

fn placemark(i: usize, own: &Outgoing<'_>, at: Row, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"<Placemark>")?;
    let told = |field: &usize| own.value(at, *field) != Value::Missing;
    if let Some(field) = name_fields(&own.layer.fields).find(told) {
        write!(out, "<name>{}</name>", escaped(&own.value(at, field).to_string()))?;
    }
    write!(out, "<styleUrl>#s{i}</styleUrl><ExtendedData><SchemaData schemaUrl=\"#f{i}\">")?;
    for (field, told) in own.layer.fields.iter().enumerate() {
        let value = own.value(at, field);
        if value != Value::Missing {
            let name = escaped(&told.name);
            // Truth in XML Schema has digits, too, and they are all that GDAL reads.
            let value = match value {
                Value::Bool(b) => u8::from(b).to_string(),
                other => other.to_string(),
            };
            write!(out, "<SimpleData name=\"{name}\">{}</SimpleData>", escaped(&value))?;
        }
    }
    out.write_all(b"</SchemaData></ExtendedData>")?;
    let shapes = geometries(&own.parts(at, Crs::WGS84));
    match shapes.as_slice() {
        [] => {}
        [one] => out.write_all(one.as_bytes())?,
        several => write!(out, "<MultiGeometry>{}</MultiGeometry>", several.concat())?,
    }
    out.write_all(b"</Placemark>\n")
}

fn geometries(parts: &[(Part, Vec<[f64; 2]>)]) -> Vec<String> {
    let told = |path: &[[f64; 2]]| {
        let all: Vec<String> = path.iter().map(|[x, y]| format!("{x},{y}")).collect();
        format!("<coordinates>{}</coordinates>", all.join(" "))
    };
    let mut shapes = Vec::new();
    for (part, path) in parts {
        match part {
            Part::Point => shapes.push(format!("<Point>{}</Point>", told(path))),
            Part::Line => shapes
                .push(format!("<LineString><tessellate>1</tessellate>{}</LineString>", told(path))),
            Part::Ring | Part::Hole => {}
        }
    }
    for rings in Outgoing::polygons(parts) {
        let mut shape = "<Polygon>".to_owned();
        for (i, ring) in rings.iter().enumerate() {
            let side = if i == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            shape.extend(["<", side, "><LinearRing>", &told(ring), "</LinearRing></", side, ">"]);
        }
        shapes.push(shape + "</Polygon>");
    }
    shapes
}

/// Text without the signs of the markup, and without those that XML has not.
fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\'') || (c < ' ' && c != '\t');
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' | '\r' | '\t' => out.push(c),
            c if c < ' ' => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}
