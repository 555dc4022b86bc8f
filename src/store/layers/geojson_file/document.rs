//! A document of JSON, walked key by key for the features that are in it.

use super::{
    super::Stated,
    feature::Told,
    parts::Parts,
    scan::text,
    stop::Stop,
    stream::{Found, Stream},
    system, topology,
};

pub struct Walk<'a, 'b, 'c> {
    pub stream: Stream<'a>,
    pub told: Told<'b, 'c>,
    /// Bytes of the file.
    pub whole: u64,
}

/// The longest feature, and the longest part of a document that must be seen at once.
const LONGEST: usize = 256 << 20;
/// Documents lie no deeper in others than this.
const DEEPEST: u8 = 12;

/// What has been seen of an object.
#[derive(Default)]
struct Own {
    kind: String,
    parts: Parts,
    crs: Option<Stated>,
    arcs: Vec<u8>,
    transform: Vec<u8>,
    objects: Vec<u8>,
    features: bool,
    /// Keys of a style: version, sources, layers.
    style: [bool; 3],
    tile_json: bool,
}

impl Walk<'_, '_, '_> {
    /// Reads the documents one after another.
    pub fn all(&mut self) -> Result<(), Stop> {
        let mut documents = 0;
        while let Some(first) = self.stream.peek()? {
            match first {
                b'{' => self.object(None, 0)?,
                b'[' => self.array(None, 0)?,
                // A bracket too many.
                b']' | b'}' => self.stream.pass(),
                _ => {
                    // Nothing that JSON begins with.
                    if documents == 0 {
                        return Err(Stop::Cut);
                    }
                    self.skip()?;
                    self.told.broken_row();
                }
            }
            documents += 1;
        }
        if documents == 0 { Err(Stop::Cut) } else { Ok(()) }
    }

    fn skip(&mut self) -> Result<(), Stop> {
        match self.stream.value(0)? {
            Found::Cut => Err(Stop::Cut),
            Found::Whole(_) | Found::TooLong => Ok(()),
        }
    }

    /// The next value as bytes; nothing for one that is too long.
    fn take(&mut self, most: usize) -> Result<Vec<u8>, Stop> {
        match self.stream.value(most)? {
            Found::Whole(at) => Ok(self.stream.bytes(at).to_vec()),
            Found::TooLong => {
                self.told.broken_row();
                Ok(Vec::new())
            }
            Found::Cut => Err(Stop::Cut),
        }
    }

    fn array(&mut self, key: Option<&str>, depth: u8) -> Result<(), Stop> {
        self.stream.pass();
        loop {
            match self.stream.peek()? {
                None => return Err(Stop::Cut),
                Some(b']') => {
                    self.stream.pass();
                    return Ok(());
                }
                Some(b'}') => return Ok(()),
                Some(b'{') if depth < DEEPEST => self.object(key, depth + 1)?,
                Some(b'[') if depth < DEEPEST => self.array(key, depth + 1)?,
                Some(_) => self.skip()?,
            }
        }
    }

    fn object(&mut self, key: Option<&str>, depth: u8) -> Result<(), Stop> {
        self.stream.pass();
        let mut own = Own::default();
        loop {
            match self.stream.peek()? {
                None => return Err(Stop::Cut),
                Some(b'}') => {
                    self.stream.pass();
                    break;
                }
                Some(b']') => break,
                Some(b'"') => {}
                Some(_) => {
                    self.skip()?;
                    continue;
                }
            }
            let name = self.take(64 << 10)?;
            let name = text(&name).text;
            let Some(next) = self.stream.peek()? else { return Err(Stop::Cut) };
            self.member(&name, next, (key, depth), &mut own)?;
        }
        self.close(own, key)
    }

    fn member(
        &mut self,
        name: &str,
        next: u8,
        (key, depth): (Option<&str>, u8),
        own: &mut Own,
    ) -> Result<(), Stop> {
        let is_bracket = matches!(next, b'{' | b'[');
        match name {
            "features" if next == b'[' => {
                own.features = true;
                self.told.enter(key, own.crs.as_ref());
                self.features()?;
            }
            "type" if next == b'"' => own.kind = text(&self.take(1 << 10)?).text.into_owned(),
            "crs" => own.crs = system::of_crs(&self.take(1 << 20)?),
            "spatialReference" => own.crs = system::of_spatial_reference(&self.take(1 << 20)?),
            "geometry" => own.parts.geometry = Some(self.take(LONGEST)?),
            "properties" => own.parts.set_values(self.take(LONGEST)?),
            "attributes" => {
                own.parts.is_esri = true;
                own.parts.set_values(self.take(LONGEST)?);
            }
            "id" if !is_bracket => own.parts.set_id(self.take(1 << 20)?),
            "coordinates" if next == b'[' => own.parts.coordinates = self.take(LONGEST)?,
            "geometries" if next == b'[' => own.parts.geometries = self.take(LONGEST)?,
            "arcs" if next == b'[' => own.arcs = self.take(LONGEST)?,
            "transform" if next == b'{' => own.transform = self.take(1 << 10)?,
            "objects" if next == b'{' => own.objects = self.take(LONGEST)?,
            _ => {
                match name {
                    "version" => own.style[0] = true,
                    "sources" if is_bracket => own.style[1] = true,
                    "layers" if is_bracket => own.style[2] = true,
                    "tilejson" => own.tile_json = true,
                    _ => {}
                }
                match next {
                    b'{' if depth < DEEPEST => self.object(Some(name), depth + 1)?,
                    b'[' if depth < DEEPEST => self.array(Some(name), depth + 1)?,
                    b'}' | b']' => {}
                    _ => self.skip()?,
                }
            }
        }
        Ok(())
    }

    fn close(&mut self, mut own: Own, key: Option<&str>) -> Result<(), Stop> {
        if own.style == [true; 3] {
            self.told.what = Some("maplibre_style");
        } else if own.tile_json {
            self.told.what = Some("tilejson");
        }
        if own.kind == "Topology" {
            let topology = topology::Topology::new(&own.arcs, &own.transform);
            return self.told.topology(&topology, &own.objects, own.crs.as_ref());
        }
        if own.features {
            self.told.confirm(own.crs);
            return Ok(());
        }
        let is_bare = !own.parts.coordinates.is_empty() || !own.parts.geometries.is_empty();
        if is_bare && own.parts.geometry.is_none() {
            own.parts.make_geometry(&own.kind);
        }
        let is_feature = own.kind == "Feature" || own.parts.is_esri || is_bare;
        if is_feature {
            self.told.enter(key, own.crs.as_ref());
            self.told.feature(&own.parts)?;
            self.share();
            return Ok(());
        }
        // Under the names of a feature's parts lies something else.
        let inner = [own.parts.geometry.take().unwrap_or_default(), own.parts.take_values()];
        for inner in inner.into_iter().chain([own.objects, own.arcs]) {
            if matches!(inner.first(), Some(b'{' | b'[')) {
                self.nested(&inner)?;
            }
        }
        Ok(())
    }

    /// Walks a document that has been taken whole.
    fn nested(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        // One level only: what it holds is shorter by its own brackets.
        let has_features = bytes.windows(8).any(|own| own == b"\"Feature");
        if !has_features {
            return Ok(());
        }
        let mut cursor = super::scan::Cursor::within(bytes);
        self.told.enter(None, None);
        if bytes.first() == Some(&b'{') {
            while let Some((name, value)) = cursor.member() {
                if name.text == "features" {
                    let mut all = super::scan::Cursor::within(value);
                    while let Some(one) = all.value() {
                        self.told.element(one)?;
                    }
                }
            }
        } else {
            while let Some(one) = cursor.value() {
                self.told.element(one)?;
            }
        }
        Ok(())
    }

    fn features(&mut self) -> Result<(), Stop> {
        self.stream.pass();
        loop {
            match self.stream.peek()? {
                None => return Err(Stop::Cut),
                Some(b']') => {
                    self.stream.pass();
                    return Ok(());
                }
                Some(b'}') => return Ok(()),
                Some(b'{') => match self.stream.value(LONGEST)? {
                    Found::Whole(at) => self.told.element(self.stream.bytes(at))?,
                    Found::TooLong => self.told.broken_row(),
                    Found::Cut => return Err(Stop::Cut),
                },
                Some(_) => {
                    self.skip()?;
                    self.told.broken_row();
                }
            }
            self.share();
        }
    }

    fn share(&mut self) {
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        self.told.sink.set_share((self.stream.read as f64 / self.whole as f64 * 0.95) as f32);
    }
}
