//! DXF of release 12, which every program for drawing opens: points, polylines and, beside them,
//! their names. Text is GBK, and characters that GBK has not are escaped. A drawing knows no holes: a
//! feature's pieces carry its number, so that our reader puts them together again.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{Job, Left, Outgoing, WriteError, gbk, outgoing::Row};
use crate::{
    geo::Crs,
    layer::{Cause, Finding, Part, Value, name_fields},
    store::layers::dxf_file::joined::{APPLICATION, Piece},
};

/// Writes every layer as a layer of the drawing.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let file = File::create(path).map_err(|reason| job.unwritable(reason))?;
    let mut left = Left::default();
    drawing(job.layers, job.crs(), BufWriter::with_capacity(1 << 18, file), &mut left)
        .map_err(|reason| job.unwritable(reason))?;
    Ok(left.told())
}

fn drawing(
    layers: &[Outgoing<'_>],
    crs: Crs,
    mut out: impl Write,
    left: &mut Left,
) -> io::Result<()> {
    let names = layer_names(layers);
    out.write_all(b"0\r\nSECTION\r\n2\r\nHEADER\r\n9\r\n$ACADVER\r\n1\r\nAC1009\r\n9\r\n$DWGCODEPAGE\r\n3\r\nANSI_936\r\n0\r\nENDSEC\r\n")?;
    out.write_all(b"0\r\nSECTION\r\n2\r\nTABLES\r\n0\r\nTABLE\r\n2\r\nLAYER\r\n")?;
    write!(out, "70\r\n{}\r\n", names.len())?;
    for (i, name) in names.iter().enumerate() {
        out.write_all(b"0\r\nLAYER\r\n2\r\n")?;
        out.write_all(&encoded(name))?;
        // Colours 1 to 7 of the palette, one after another.
        write!(out, "\r\n70\r\n0\r\n62\r\n{}\r\n6\r\nCONTINUOUS\r\n", i % 7 + 1)?;
    }
    out.write_all(b"0\r\nENDTAB\r\n0\r\nTABLE\r\n2\r\nAPPID\r\n70\r\n1\r\n")?;
    write!(out, "0\r\nAPPID\r\n2\r\n{APPLICATION}\r\n70\r\n0\r\n")?;
    out.write_all(b"0\r\nENDTAB\r\n0\r\nENDSEC\r\n0\r\nSECTION\r\n2\r\nENTITIES\r\n")?;
    let mut number = 0_i32;
    for (own, name) in layers.iter().zip(&names) {
        let label = name_fields(&own.layer.fields).next();
        for (i, field) in own.layer.fields.iter().enumerate() {
            if Some(i) != label {
                left.name(Cause::ValuesLeftOut, &field.name);
            }
        }
        let layer = encoded(name);
        let height = letter_height(own, crs);
        for at in own.rows() {
            let parts = own.parts(at, crs);
            if parts.is_empty() {
                left.count(Cause::WithoutShape, "");
                continue;
            }
            number = number.wrapping_add(1);
            entity(&parts, number, &layer, &mut out)?;
            if let Some(text) = label.and_then(|field| text_of(own, at, field))
                && let Some(p) = parts.iter().find_map(|(_, path)| middle(path))
            {
                start(&mut out, "TEXT", &layer)?;
                position(&mut out, p)?;
                write!(out, "40\r\n{height}\r\n1\r\n")?;
                out.write_all(&encoded(&text))?;
                out.write_all(b"\r\n")?;
                mark(&mut out, Piece::Label, number)?;
            }
        }
    }
    out.write_all(b"0\r\nENDSEC\r\n0\r\nEOF\r\n")?;
    out.flush()
}

/// Names of layers in the drawing: without the signs that it does not take, and each once.
fn layer_names(layers: &[Outgoing<'_>]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let sound = |c: char| !c.is_control() && !"<>/\\\":;?*|,=`".contains(c);
    layers
        .iter()
        .map(|own| {
            let plain = own.layer.name.chars().map(|c| if sound(c) { c } else { '_' });
            let mut name: String = plain.collect();
            while name.trim().is_empty() || !taken.insert(name.to_uppercase()) {
                name.push('_');
            }
            name
        })
        .collect()
}

fn text_of(own: &Outgoing<'_>, at: Row, field: usize) -> Option<String> {
    match own.value(at, field) {
        Value::Missing => None,
        value => Some(value.to_string().replace(['\r', '\n'], " ")),
    }
    .filter(|text| !text.trim().is_empty())
}

/// A fivehundredth of the layer's width, so that names can be read on the whole drawing.
fn letter_height(own: &Outgoing<'_>, crs: Crs) -> f64 {
    let mut around: Option<[f64; 2]> = None;
    for at in own.rows() {
        for [x, _] in own.parts(at, crs).iter().flat_map(|(_, path)| path) {
            let [low, high] = around.get_or_insert([*x, *x]);
            (*low, *high) = (low.min(*x), high.max(*x));
        }
    }
    let least = if crs.is_plane() { 1.0 } else { 1e-5 };
    around.map_or(least, |[low, high]| ((high - low) / 500.0).max(least))
}

fn middle(path: &[[f64; 2]]) -> Option<[f64; 2]> {
    path.get(path.len() / 2).copied()
}

fn start(out: &mut impl Write, kind: &str, layer: &[u8]) -> io::Result<()> {
    write!(out, "0\r\n{kind}\r\n8\r\n")?;
    out.write_all(layer)?;
    out.write_all(b"\r\n")
}

fn position(out: &mut impl Write, [x, y]: [f64; 2]) -> io::Result<()> {
    write!(out, "10\r\n{x}\r\n20\r\n{y}\r\n30\r\n0\r\n")
}

/// Says which feature a piece belongs to.
fn mark(out: &mut impl Write, piece: Piece, number: i32) -> io::Result<()> {
    write!(out, "1001\r\n{APPLICATION}\r\n1000\r\n{}\r\n1071\r\n{number}\r\n", piece.key())
}

fn entity(
    parts: &[(Part, Vec<[f64; 2]>)],
    number: i32,
    layer: &[u8],
    out: &mut impl Write,
) -> io::Result<()> {
    let mut is_first = true;
    for (part, path) in parts {
        let piece = match part {
            _ if std::mem::take(&mut is_first) => Piece::First,
            Part::Hole => Piece::Hole,
            Part::Point | Part::Line | Part::Ring => Piece::Part,
        };
        if *part == Part::Point {
            for p in path {
                start(out, "POINT", layer)?;
                position(out, *p)?;
                mark(out, piece, number)?;
            }
            continue;
        }
        start(out, "POLYLINE", layer)?;
        write!(out, "66\r\n1\r\n70\r\n{}\r\n", u8::from(part.is_closed()))?;
        mark(out, piece, number)?;
        for p in path {
            start(out, "VERTEX", layer)?;
            position(out, *p)?;
        }
        start(out, "SEQEND", layer)?;
    }
    Ok(())
}

/// GBK; what it has not as the drawing escapes it.
fn encoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        if let Some(own) = gbk::bytes_of(c) {
            bytes.extend(own);
            continue;
        }
        // Four digits each: signs beyond them as UTF-16 has them.
        for unit in c.encode_utf16(&mut [0; 2]) {
            bytes.extend(format!("\\U+{unit:04X}").bytes());
        }
    }
    bytes
}
