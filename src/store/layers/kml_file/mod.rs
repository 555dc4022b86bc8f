//! KML and KMZ (OGC 12-007r2), also as 奥维 writes them: `.ovkml` and `.ovkmz`.
//!
//! A file is one layer; the folders of a feature stand in its field `folder`. Styles are not kept.

mod datums;
mod placemark;

use std::{collections::HashMap, io::Read};

use self::placemark::{Placemark, Taken};
use super::{
    LayerError, Sink, Source,
    archive::Archive,
    field_places::FieldPlaces,
    markup::{Mark, Markup},
};
use crate::{
    geo::{Crs, Datum},
    layer::{Cause, Finding, Value},
};

pub use datums::Datums;

const NAME: &str = "KML";
/// Folders within folders that are named.
const DEEPEST: usize = 32;
/// Elements within elements: beyond, a file is damaged.
const MOST_OPEN: usize = 256;

/// Whether a source is one.
pub fn is_one(source: &Source<'_>) -> bool {
    if source.starts_with(b"PK") {
        let archive = Archive::open(source.path);
        return archive.is_ok_and(|archive| !archive.ending(&["kml", "ovkml"]).is_empty());
    }
    let begins = source.first_sign() == Some(b'<');
    begins && (source.ends_in(&["kml", "ovkml"]) || source.names("<kml"))
        || source.ends_in(&["kml", "ovkml"]) && source.is_text()
}

/// Reads it.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    // Since version 9.3 what 奥维 exports is shifted, unless it says otherwise.
    let shifted = source.ends_in(&["ovkml", "ovkmz"]);
    let plain = if shifted { Crs::Degrees(Datum::Gcj02) } else { Crs::WGS84 };
    if !source.starts_with(b"PK") {
        let file = source.open()?;
        let text = Markup::new(file, &source.start);
        return File::new(text, plain, source.len_bytes()?, &[]).read(source, &source.stem(), sink);
    }
    let archive = Archive::open(source.path).map_err(|reason| source.unreadable(reason))?;
    let entries = archive.ending(&["kml", "ovkml"]);
    let inside: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let mut read = 0;
    for entry in &entries {
        let open = || archive.stream(entry).map_err(|reason| source.unreadable(reason));
        let mut start = Vec::new();
        open()?
            .take(1 << 16)
            .read_to_end(&mut start)
            .map_err(|reason| source.faulty(NAME, reason))?;
        let text = Markup::new(open()?, &start);
        let name = if entry.stem() == "doc" { source.stem() } else { entry.stem().to_owned() };
        match File::new(text, plain, entry.len_bytes, &inside).read(source, &name, sink) {
            Ok(()) => read += 1,
            // What only links to the others has none of its own.
            Err(LayerError::NoFeatures { .. }) if entries.len() > 1 => {}
            Err(reason) => return Err(reason),
        }
    }
    if read > 0 { Ok(()) } else { Err(source.without_features(NAME)) }
}

/// A file while it is read.
struct File<'a, R: Read> {
    text: Markup<R>,
    bytes: u64,
    /// The names of the elements that are open.
    path: Vec<String>,
    /// The open documents and folders: depth in the path, name, what coordinates in it refer to.
    folders: Vec<Folder>,
    placemark: Option<Placemark>,
    /// What the fields of schemas are declared to be.
    types: HashMap<String, String>,
    /// The name of the value that is being read.
    value_name: String,
    datums: Datums,
    fields: FieldPlaces,
    begun: bool,
    /// The documents of the same archive, and whether the open link leads to one of them: it is
    /// read anyway.
    inside: &'a [&'a str],
    leads_inside: bool,
    /// The program that made the file, where it says so.
    generator: String,
    /// Whether it was looked whether that program shifts coordinates.
    is_warned: bool,
}

#[derive(Debug, Default)]
struct Folder {
    depth: usize,
    name: String,
    coord_type: Option<String>,
}

impl<'a, R: Read> File<'a, R> {
    fn new(text: Markup<R>, plain: Crs, bytes: u64, inside: &'a [&'a str]) -> Self {
        Self {
            text,
            bytes,
            path: Vec::new(),
            folders: Vec::new(),
            placemark: None,
            types: HashMap::new(),
            value_name: String::new(),
            datums: Datums::new(plain),
            fields: FieldPlaces::default(),
            begun: false,
            inside,
            leads_inside: false,
            generator: String::new(),
            is_warned: false,
        }
    }

    fn read(
        mut self,
        source: &Source<'_>,
        name: &str,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        let ended = loop {
            match self.text.next() {
                Ok(Mark::Open(_)) if self.path.len() >= MOST_OPEN => break None,
                Ok(Mark::Open(element)) => self.open(element, name, sink),
                Ok(Mark::Close(element)) => self.close(&element, name, sink)?,
                Ok(Mark::End) => break None,
                Err(reason) => break Some(reason),
            }
        };
        let whole = ended.is_none() && self.path.is_empty();
        if !self.begun {
            return Err(match ended {
                Some(reason) => source.faulty(NAME, reason),
                None => source.without_features(NAME),
            });
        }
        if !whole {
            sink.find(Finding::of(Cause::Truncated, 0));
        }
        if let Some(guessed) = self.text.guessed {
            let detail = guessed.to_owned();
            sink.find(Finding { cause: Cause::EncodingGuessed, count: 0, detail });
        }
        sink.close(true);
        Ok(())
    }

    /// Begins the layer once the name of the document is known.
    fn begin(&mut self, name: &str, sink: &mut Sink<'_>) {
        if !std::mem::replace(&mut self.begun, true) {
            let document = self.folders.first().map(|folder| folder.name.as_str());
            let document = document.filter(|name| !name.is_empty());
            sink.begin(document.unwrap_or(name), Vec::new());
        }
    }

    fn open(&mut self, element: String, name: &str, sink: &mut Sink<'_>) {
        match element.as_str() {
            "Document" | "Folder" => {
                self.folders.push(Folder { depth: self.path.len(), ..Folder::default() });
            }
            "Placemark" => {
                self.begin(name, sink);
                self.placemark = Some(Placemark::default());
            }
            "NetworkLink" => self.leads_inside = false,
            "kml" => {
                let said = ["creator", "generator"].iter().find_map(|own| self.text.attribute(own));
                said.unwrap_or_default().clone_into(&mut self.generator);
            }
            "GroundOverlay" | "ScreenOverlay" | "PhotoOverlay" | "Model" | "Tour" => {
                self.begin(name, sink);
                sink.count_of(Cause::TypeLeftOut, &element, 1);
            }
            "Data" | "SimpleData" | "SimpleArrayData" => {
                self.value_name = self.text.attribute("name").unwrap_or_default().to_owned();
            }
            "SimpleField" => {
                let attribute = |name| self.text.attribute(name).unwrap_or_default().to_owned();
                self.types.insert(attribute("name"), attribute("type"));
            }
            _ => {}
        }
        self.path.push(element);
    }

    fn close(&mut self, element: &str, name: &str, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        // What was never closed ends with what it lies in.
        let Some(at) = self.path.iter().rposition(|own| own == element) else { return Ok(()) };
        self.path.truncate(at);
        match (element, &mut self.placemark) {
            ("Placemark", _) => self.end_placemark(sink)?,
            ("NetworkLink", _) if !self.leads_inside => {
                self.begin(name, sink);
                sink.count(Cause::LinkNotFollowed, 1);
            }
            ("href", None) => {
                let to = self.text.text.trim();
                self.leads_inside |= self.inside.contains(&to.trim_start_matches("./"));
            }
            (_, Some(placemark)) => {
                let parent = self.path.last().map(String::as_str).unwrap_or_default();
                let text = &self.text.text;
                match (element, parent) {
                    ("coordinates", _) => placemark.coordinates(text, &self.path),
                    ("coord", "Track") => placemark.track_position(text),
                    ("Track", _) => placemark.end_track(),
                    ("Polygon", _) => placemark.end_polygon(),
                    ("when", "Track") | ("value", "SimpleArrayData") => placemark.loose_values += 1,
                    ("OvCoordType", _) => placemark.coord_type = Some(text.clone()),
                    ("value", "Data") => {
                        placemark.value(&own_name(&self.value_name), text, Taken::AsItIs);
                    }
                    ("SimpleData", _) => {
                        let taken = match self.types.get(&self.value_name).map(String::as_str) {
                            Some("string") => Taken::Words,
                            Some("bool") => Taken::Bool,
                            _ => Taken::AsItIs,
                        };
                        placemark.value(&own_name(&self.value_name), text, taken);
                    }
                    ("when", "TimeStamp") | ("begin" | "end", "TimeSpan") => {
                        placemark.value(element, text, Taken::Words);
                    }
                    (
                        "name" | "description" | "address" | "phoneNumber" | "Snippet" | "snippet",
                        "Placemark",
                    ) => placemark.value(element, text, Taken::Words),
                    // Elements of others, which stand there plainly.
                    (other, "ExtendedData") if !matches!(other, "Data" | "SchemaData") => {
                        placemark.value(&own_name(other), text, Taken::AsItIs);
                    }
                    _ => {}
                }
            }
            ("Document" | "Folder", None) => {
                while self.folders.last().is_some_and(|folder| folder.depth >= at) {
                    self.folders.pop();
                }
            }
            ("name", None) => {
                let text = self.text.text.trim();
                if let Some(folder) = self.folders.last_mut().filter(|f| f.depth + 1 == at) {
                    text.clone_into(&mut folder.name);
                }
            }
            ("generator" | "creator", None) => {
                self.text.text.trim().clone_into(&mut self.generator);
            }
            ("OvCoordType", None) => {
                if let Some(folder) = self.folders.last_mut() {
                    folder.coord_type = Some(self.text.text.clone());
                }
            }
            _ => {}
        }
        self.text.text.clear();
        Ok(())
    }

    /// Tells once that a program's coordinates may be shifted, where it names itself.
    fn warn_of_shift(&mut self, sink: &mut Sink<'_>) {
        if self.is_warned || !self.datums.is_taken_for_wgs84(sink) {
            return;
        }
        self.is_warned = true;
        let names = self.folders.iter().map(|folder| folder.name.as_str());
        let mut names = names.chain([self.generator.as_str()]);
        if names.any(|name| name.contains("奥维") || name.to_lowercase().contains("ovital")) {
            let detail = "奥维".to_owned();
            sink.find(Finding { cause: Cause::MayBeShifted, count: 0, detail });
        }
    }

    fn end_placemark(&mut self, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        let Some(placemark) = self.placemark.take() else { return Ok(()) };
        let is_silent = placemark.coord_type.is_none()
            && self.folders.iter().all(|folder| folder.coord_type.is_none());
        if is_silent {
            self.warn_of_shift(sink);
        }
        let nearest = self.folders.iter().rev().find_map(|folder| folder.coord_type.as_deref());
        let said = placemark.coord_type.as_deref().or(nearest);
        let placed = self.datums.of(said, sink);
        // The document gives the layer its name.
        let folders: Vec<&str> =
            self.folders.iter().skip(1).take(DEEPEST).map(|f| &*f.name).collect();
        if !folders.is_empty() {
            self.fields.tell(sink, "folder", Value::Text(&folders.join("/")));
        }
        for (name, value) in &placemark.values {
            self.fields.tell(sink, name, value.value());
        }
        for (part, positions) in placemark.parts {
            sink.shapes.part(part, positions.into_iter().map(|[x, y]| placed.at(x, y)));
        }
        sink.shapes.height(placemark.height);
        sink.count(Cause::VertexValues, placemark.loose_values);
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share((self.text.read_bytes() as f64 / self.bytes.max(1) as f64 * 0.95) as f32);
        sink.end(true)
    }
}

/// The name of a field of the file's own: not one of those that every placemark has.
fn own_name(name: &str) -> String {
    match name {
        "folder" | "name" | "description" | "address" | "phoneNumber" | "when" | "begin"
        | "end" => {
            format!("{name}_2")
        }
        "" => "value".to_owned(),
        other => other.to_owned(),
    }
}
