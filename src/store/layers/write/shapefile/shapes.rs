//! The main file and its index.

use std::io::{self, Seek, SeekFrom, Write};

use crate::layer::Part;

/// A kind of shape that a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Null,
    Point,
    PolyLine,
    Polygon,
    MultiPoint,
}

impl Shape {
    const fn code(self) -> i32 {
        match self {
            Self::Null => 0,
            Self::Point => 1,
            Self::PolyLine => 3,
            Self::Polygon => 5,
            Self::MultiPoint => 8,
        }
    }

    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Null => "table",
            Self::Point | Self::MultiPoint => "point",
            Self::PolyLine => "line",
            Self::Polygon => "polygon",
        }
    }

    pub const fn takes(self, part: Part) -> bool {
        match self {
            Self::Null => false,
            Self::Point | Self::MultiPoint => matches!(part, Part::Point),
            Self::PolyLine => matches!(part, Part::Line),
            Self::Polygon => part.is_closed(),
        }
    }
}

type Parts = Vec<(Part, Vec<[f64; 2]>)>;

/// A record's place in the main file and its length, both in words of 16 bits.
struct Entry(i32, i32);

/// Writes the records of a kind.
///
/// # Errors
/// The files cannot be written, or would be larger than their format can say.
pub fn write(
    shape: Shape,
    features: impl Iterator<Item = Parts>,
    mut main: impl Write + Seek,
    mut index: impl Write + Seek,
) -> io::Result<()> {
    let mut extent: Option<[f64; 4]> = None;
    main.write_all(&[0; 100])?;
    index.write_all(&[0; 100])?;
    let mut at = 50_i32;
    let mut number = 0_i32;
    for parts in features {
        number += 1;
        let body = record(shape, parts, &mut extent);
        let words = i32::try_from(body.len() / 2).map_err(|_| too_large())?;
        let Entry(from, length) = Entry(at, words);
        main.write_all(&number.to_be_bytes())?;
        main.write_all(&length.to_be_bytes())?;
        main.write_all(&body)?;
        index.write_all(&from.to_be_bytes())?;
        index.write_all(&length.to_be_bytes())?;
        at = at.checked_add(words).and_then(|at| at.checked_add(4)).ok_or_else(too_large)?;
    }
    let index_words =
        number.checked_mul(4).and_then(|n| n.checked_add(50)).ok_or_else(too_large)?;
    main.seek(SeekFrom::Start(0))?;
    main.write_all(&head(shape, at, extent))?;
    main.flush()?;
    index.seek(SeekFrom::Start(0))?;
    index.write_all(&head(shape, index_words, extent))?;
    index.flush()
}

fn too_large() -> io::Error {
    io::Error::from(io::ErrorKind::FileTooLarge)
}

fn head(shape: Shape, words: i32, extent: Option<[f64; 4]>) -> Vec<u8> {
    let mut head = vec![0_u8; 0];
    head.extend(9994_i32.to_be_bytes());
    head.extend([0; 20]);
    head.extend(words.to_be_bytes());
    head.extend(1000_i32.to_le_bytes());
    head.extend(shape.code().to_le_bytes());
    let [w, s, e, n] = extent.unwrap_or_default();
    for v in [w, s, e, n, 0.0, 0.0, 0.0, 0.0] {
        head.extend(v.to_le_bytes());
    }
    head
}

fn record(shape: Shape, parts: Parts, extent: &mut Option<[f64; 4]>) -> Vec<u8> {
    let own: Vec<(Part, Vec<[f64; 2]>)> =
        parts.into_iter().filter(|(part, _)| shape.takes(*part)).collect();
    let mut body = Vec::new();
    let Some(first) = own.iter().find_map(|(_, path)| path.first()).copied() else {
        body.extend(Shape::Null.code().to_le_bytes());
        return body;
    };
    body.extend(shape.code().to_le_bytes());
    let paths: Vec<Vec<[f64; 2]>> = match shape {
        Shape::Polygon => own.into_iter().map(|(part, path)| turned(part, path)).collect(),
        Shape::MultiPoint => vec![own.into_iter().flat_map(|(_, path)| path).collect()],
        _ => own.into_iter().map(|(_, path)| path).collect(),
    };
    let mut around = [first[0], first[1], first[0], first[1]];
    for [x, y] in paths.iter().flatten() {
        around = [around[0].min(*x), around[1].min(*y), around[2].max(*x), around[3].max(*y)];
    }
    let all = extent.get_or_insert(around);
    *all = [
        all[0].min(around[0]),
        all[1].min(around[1]),
        all[2].max(around[2]),
        all[3].max(around[3]),
    ];
    if shape == Shape::Point {
        body.extend(first.iter().flat_map(|v| v.to_le_bytes()));
        return body;
    }
    body.extend(around.iter().flat_map(|v| v.to_le_bytes()));
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX).to_le_bytes();
    let points: usize = paths.iter().map(Vec::len).sum();
    if shape != Shape::MultiPoint {
        body.extend(count(paths.len()));
    }
    body.extend(count(points));
    if shape != Shape::MultiPoint {
        let mut from = 0;
        for path in &paths {
            body.extend(count(from));
            from += path.len();
        }
    }
    for p in paths.iter().flatten() {
        body.extend(p.iter().flat_map(|v| v.to_le_bytes()));
    }
    body
}

/// A closed ring, clockwise if it is an outer one, else the other way round.
fn turned(part: Part, mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    ring.extend(ring.first().copied());
    let twice: f64 = ring
        .windows(2)
        .map(|pair| match pair {
            [a, b] => (b[0] - a[0]) * (b[1] + a[1]),
            _ => 0.0,
        })
        .sum();
    // Positive when it runs clockwise.
    if (twice > 0.0) != (part == Part::Ring) {
        ring.reverse();
    }
    ring
}
