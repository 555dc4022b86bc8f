//! Features of any of the dialects, told to the sink.

use std::collections::HashMap;

use super::{
    super::{Axes, Placed, Sink, Stated},
    esri, geometry,
    parts::{Borrowed, Parts, first_pair},
    scan::{Cursor, is_key, text},
    stop::Stop,
    system,
    topology::Topology,
    value::{self, Read},
};
use crate::{
    geo::Crs,
    layer::{Cause, Finding, Value},
};

/// What an earlier reading has learned of the reference systems.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// Of the first layer, by the end of the file; not sure.
    pub guess: Option<Stated>,
    /// Of each layer, where it says one.
    pub layers: Vec<Option<Stated>>,
}

/// The layer that is being told.
struct Current {
    key: Option<String>,
    number: usize,
    placed: Option<Placed>,
    used: Option<Stated>,
    axes: Axes,
}

/// Where features are told.
pub struct Told<'a, 'b> {
    pub sink: &'a mut Sink<'b>,
    stem: String,
    learned: Learned,
    /// What this reading learns.
    seen: Vec<Option<Stated>>,
    current: Option<Current>,
    fields: HashMap<String, usize>,
    /// Where the next field probably stands.
    next: usize,
    layers: usize,
    features: usize,
    /// Bytes that are no text mean another encoding.
    may_be_other: bool,
    /// What the document is, if it is no features.
    pub what: Option<&'static str>,
}

/// What a reading has come to.
pub struct Outcome {
    pub features: usize,
    pub has_layer: bool,
    pub what: Option<&'static str>,
    pub learned: Learned,
    /// Whether a layer was placed otherwise than it says.
    pub is_other: bool,
}

/// More fields than any real file has.
const MOST_FIELDS: usize = 4_096;

impl<'a, 'b> Told<'a, 'b> {
    pub fn new(
        sink: &'a mut Sink<'b>,
        stem: String,
        learned: &Learned,
        may_be_other: bool,
    ) -> Self {
        Self {
            sink,
            stem,
            learned: learned.clone(),
            seen: Vec::new(),
            current: None,
            fields: HashMap::new(),
            next: 0,
            layers: 0,
            features: 0,
            may_be_other,
            what: None,
        }
    }

    /// Goes on in the layer of a key; it begins with the first feature of it.
    pub fn enter(&mut self, key: Option<&str>, crs: Option<&Stated>) {
        let is_same = |own: &Current| key.is_none() || own.key.as_deref() == key;
        if !self.current.as_ref().is_some_and(is_same) {
            self.leave();
            let number = self.layers;
            self.layers += 1;
            self.seen.push(crs.cloned());
            let name = match key {
                Some(key) if number > 0 => format!("{} {key}", self.stem),
                _ => self.stem.clone(),
            };
            self.sink.begin(&name, Vec::new());
            let known = self.learned.layers.get(number).cloned().flatten();
            let guess = (number == 0).then(|| self.learned.guess.clone()).flatten();
            let used = crs.cloned().or(known).or(guess);
            let key = key.map(str::to_owned);
            self.current = Some(Current { key, number, placed: None, used, axes: Axes::default() });
        } else if let (Some(crs), Some(current)) = (crs, &mut self.current) {
            // The features before say nothing, as far as is known.
            if current.placed.is_none() {
                current.used = Some(crs.clone());
            }
            self.confirm(Some(crs.clone()));
        }
    }

    /// What a document says of its system, when it is at its end.
    pub fn confirm(&mut self, crs: Option<Stated>) {
        if let (Some(crs), Some(current)) = (crs, &self.current)
            && let Some(seen) = self.seen.get_mut(current.number)
        {
            *seen = Some(crs);
        }
    }

    fn leave(&mut self) {
        if let Some(current) = self.current.take() {
            // A layer without features has a system too.
            if current.placed.is_none() {
                let used = current.used.clone().unwrap_or(Stated::Format(Crs::WGS84));
                self.sink.place(used);
            }
            let is_plane = current.placed.is_some_and(|placed| placed.0.crs.is_plane());
            if current.axes.are_swapped() && !is_plane {
                self.sink.find(Finding::of(Cause::Swapped, current.axes.swapped()));
            }
            self.sink.close(true);
            let placed = current.used.clone();
            if let Some(used) = self.learned.layers.get_mut(current.number) {
                *used = placed;
            } else {
                self.learned.layers.push(placed);
            }
        }
        self.fields.clear();
        self.next = 0;
    }

    pub fn finish(mut self) -> Outcome {
        self.leave();
        let used = std::mem::take(&mut self.learned.layers);
        Outcome {
            features: self.features,
            has_layer: self.layers > 0,
            what: self.what,
            is_other: used.get(..self.seen.len()) != Some(&self.seen[..]),
            learned: Learned { guess: None, layers: self.seen },
        }
    }

    pub fn broken_row(&mut self) {
        if self.current.is_none() {
            self.enter(None, None);
        }
        self.sink.count(Cause::BrokenRows, 1);
    }

    /// An element of a list of features.
    pub fn element(&mut self, raw: &[u8]) -> Result<(), Stop> {
        let mut own = Borrowed::default();
        let mut kind = None;
        let mut is_bare = false;
        let mut cursor = Cursor::within(raw);
        while let Some((key, value)) = cursor.member() {
            match &*key.text {
                "type" => kind = Some(text(value).text),
                "geometry" => own.geometry = Some(value),
                "properties" => own.values = value,
                "attributes" => (own.values, own.is_esri) = (value, true),
                "id" if !matches!(value.first(), Some(b'{' | b'[')) => {
                    own.id_first = own.values.is_empty();
                    own.id = value;
                }
                "coordinates" | "geometries" => is_bare = true,
                _ => {}
            }
        }
        let has_any = own.geometry.is_some() || !own.values.is_empty();
        if !raw.starts_with(b"{") || !(has_any || is_bare || kind.is_some_and(|k| k == "Feature")) {
            self.broken_row();
            return Ok(());
        }
        if is_bare && own.geometry.is_none() {
            own.geometry = Some(raw);
        }
        self.tell(&own)
    }

    /// A feature by its parts.
    pub fn feature(&mut self, parts: &Parts) -> Result<(), Stop> {
        self.tell(&parts.borrowed())
    }

    fn tell(&mut self, own: &Borrowed<'_>) -> Result<(), Stop> {
        let geometry = own.geometry.filter(|raw| raw.starts_with(b"{"));
        if own.is_esri
            && let Some(raw) = geometry
        {
            let system = || system::of_spatial_reference(system::find(raw, "spatialReference")?);
            if self.current.as_ref().is_some_and(|current| current.placed.is_none())
                && let Some(crs) = system()
            {
                self.enter(None, Some(&crs));
            }
        }
        let placed = self.placed(geometry);
        self.values(own)?;
        if let Some(raw) = geometry {
            let mut axes = Axes::default();
            let mut place = |x, y| {
                axes.see(x, y);
                placed.at(x, y)
            };
            let into = &mut self.sink.shapes;
            let read = if own.is_esri {
                esri::shape(raw, &mut place, into)
            } else {
                geometry::shape(raw, &mut place, into)
            };
            if read.is_err() {
                self.sink.broken();
            }
            if let Some(current) = &mut self.current {
                current.axes.add(axes);
            }
        }
        self.end()
    }

    fn end(&mut self) -> Result<(), Stop> {
        self.features += 1;
        self.sink.end(true).map_err(Stop::Cancelled)
    }

    /// How the layer's coordinates are read, decided by its first geometry.
    fn placed(&mut self, geometry: Option<&[u8]>) -> Placed {
        if self.current.is_none() {
            self.enter(None, None);
        }
        let known = self.current.as_ref().and_then(|current| current.placed);
        let used = self.current.as_ref().and_then(|current| current.used.clone());
        if let Some(placed) = known {
            return placed;
        }
        let stated = used.unwrap_or_else(|| {
            let raw_extent = geometry.and_then(first_pair);
            // The format says degrees; these are none.
            let in_degrees = raw_extent.is_none_or(|[x, y]| x.abs() <= 540.0 && y.abs() <= 540.0);
            if in_degrees { Stated::Format(Crs::WGS84) } else { Stated::Nothing }
        });
        let placed = self.sink.place(stated);
        if let Some(current) = &mut self.current
            && geometry.is_some()
        {
            current.placed = Some(placed);
        }
        placed
    }

    fn values(&mut self, own: &Borrowed<'_>) -> Result<(), Stop> {
        let is_object = own.values.starts_with(b"{");
        let inner = if is_object { own.values } else { b"" };
        if own.id.is_empty() || matches!(own.id, b"null") {
            return self.members(inner);
        }
        // A field of the same name goes before; where it says something else both are kept.
        let same = system::find(inner, "id");
        let name = match same {
            Some(same) if same == own.id => None,
            Some(_) => Some("feature_id"),
            None => Some("id"),
        };
        if own.id_first
            && let Some(name) = name
        {
            self.value(name, own.id)?;
        }
        self.members(inner)?;
        match name {
            Some(name) if !own.id_first => self.value(name, own.id),
            _ => Ok(()),
        }
    }

    fn members(&mut self, object: &[u8]) -> Result<(), Stop> {
        self.next = 0;
        let mut cursor = Cursor::within(object);
        while let Some((key, raw)) = cursor.raw_member() {
            let next = self.sink.own_field(self.next);
            if next.is_some_and(|field| is_key(key, &field.name)) {
                self.next += 1;
                self.field_value(self.next - 1, raw)?;
                continue;
            }
            let key = text(key);
            if !key.is_sound {
                self.bad_text()?;
            }
            self.value(&key.text, raw)?;
        }
        Ok(())
    }

    fn bad_text(&mut self) -> Result<(), Stop> {
        if self.may_be_other {
            return Err(Stop::OtherEncoding);
        }
        self.sink.count(Cause::BadText, 1);
        Ok(())
    }

    fn value(&mut self, name: &str, raw: &[u8]) -> Result<(), Stop> {
        let Some(field) = self.field(name) else {
            self.sink.count(Cause::FieldLeftOut, 1);
            return Ok(());
        };
        self.field_value(field, raw)
    }

    fn field_value(&mut self, field: usize, raw: &[u8]) -> Result<(), Stop> {
        match value::read(raw) {
            Read::Plain(value) => self.sink.value(field, value),
            Read::Text(text) => {
                if !text.is_sound {
                    self.bad_text()?;
                }
                self.sink.value(field, Value::Text(&text.text));
            }
        }
        Ok(())
    }

    /// Features name their fields in the same order, mostly.
    fn field(&mut self, name: &str) -> Option<usize> {
        if self.sink.own_field(self.next).is_some_and(|field| field.name == name) {
            self.next += 1;
            return Some(self.next - 1);
        }
        let known = self.fields.get(name).copied();
        let field = match known {
            Some(field) => field,
            None if self.fields.len() >= MOST_FIELDS => return None,
            None => {
                let field = self.sink.field(name);
                self.fields.insert(name.to_owned(), field);
                field
            }
        };
        self.next = field + 1;
        Some(field)
    }

    /// The objects of a topology, each a layer.
    pub fn topology(
        &mut self,
        topology: &Topology,
        objects: &[u8],
        crs: Option<&Stated>,
    ) -> Result<(), Stop> {
        let mut all = Cursor::within(objects);
        while let Some((name, object)) = all.member() {
            self.enter(Some(&name.text), crs);
            for (own, geometry) in Topology::features(object) {
                let placed = self.placed(None);
                if let Some(current) = &mut self.current {
                    current.placed = Some(placed);
                }
                self.values(&Borrowed {
                    values: system::find(own, "properties").unwrap_or_default(),
                    id: system::find(own, "id").unwrap_or_default(),
                    id_first: true,
                    ..Borrowed::default()
                })?;
                let mut place = |x, y| placed.at(x, y);
                if topology.shape(geometry, &mut place, &mut self.sink.shapes).is_err() {
                    self.sink.broken();
                }
                self.end()?;
            }
        }
        self.confirm(crs.cloned());
        Ok(())
    }
}
