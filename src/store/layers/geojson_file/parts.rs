//! A feature in the parts that matter.

use super::scan::Cursor;

/// A feature as it stands in the file.
#[derive(Debug, Default)]
pub struct Parts {
    pub geometry: Option<Vec<u8>>,
    values: Vec<u8>,
    id: Vec<u8>,
    id_first: bool,
    pub is_esri: bool,
    pub coordinates: Vec<u8>,
    pub geometries: Vec<u8>,
}

impl Parts {
    pub fn set_values(&mut self, raw: Vec<u8>) {
        self.values = raw;
    }

    pub fn take_values(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.values)
    }

    pub fn set_id(&mut self, raw: Vec<u8>) {
        self.id_first = self.values.is_empty();
        self.id = raw;
    }

    /// Looks at what has been taken.
    pub fn borrowed(&self) -> Borrowed<'_> {
        Borrowed {
            geometry: self.geometry.as_deref(),
            values: &self.values,
            id: &self.id,
            id_first: self.id_first,
            is_esri: self.is_esri,
        }
    }

    /// A bare geometry is a feature without values.
    pub fn make_geometry(&mut self, kind: &str) {
        let head = format!("{{\"type\":\"{}\",", kind.replace(['"', '\\'], ""));
        let (key, value) = if self.geometries.is_empty() {
            ("\"coordinates\":", &self.coordinates)
        } else {
            ("\"geometries\":", &self.geometries)
        };
        self.geometry = Some([head.as_bytes(), key.as_bytes(), value, b"}"].concat());
    }
}

/// The same of a feature that lies in memory.
#[derive(Default)]
pub struct Borrowed<'a> {
    pub geometry: Option<&'a [u8]>,
    pub values: &'a [u8],
    pub id: &'a [u8],
    pub id_first: bool,
    pub is_esri: bool,
}

/// The first pair of numbers of a geometry.
pub fn first_pair(raw: &[u8]) -> Option<[f64; 2]> {
    let mut cursor = Cursor::within(raw);
    let (mut x, mut y) = (None, None);
    while let Some((key, value)) = cursor.member() {
        match &*key.text {
            "x" => x = Cursor::within(value).number(),
            "y" => y = Cursor::within(value).number(),
            "coordinates" | "rings" | "paths" | "points" => {
                let mut inner = Cursor::within(value);
                while inner.peek() == Some(b'[') {
                    inner.pass();
                }
                return inner.number().zip(inner.number()).map(|(x, y)| [x, y]);
            }
            "geometries" => {
                return Cursor::within(value).value().and_then(first_pair);
            }
            _ => {}
        }
    }
    x.zip(y).map(|(x, y)| [x, y])
}
