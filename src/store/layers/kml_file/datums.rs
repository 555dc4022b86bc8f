//! What coordinates of a file refer to that says it for each placemark, as 奥维's files do.

use crate::{
    geo::{Crs, Datum},
    layer::{Basis, Cause, Finding, Reference},
    store::layers::{Placed, Sink, Stated},
};

/// The systems of a file.
#[derive(Debug)]
pub struct Datums {
    /// What is meant where nothing is said.
    plain: Crs,
    /// That of the layer: the first one's.
    layer: Option<Crs>,
}

impl Datums {
    pub const fn new(plain: Crs) -> Self {
        Self { plain, layer: None }
    }

    /// Whether the next feature would be in WGS-84 though nobody says so.
    pub fn is_taken_for_wgs84(&self, sink: &Sink<'_>) -> bool {
        self.plain == Crs::WGS84 && sink.options.crs.is_none()
    }

    /// How the next feature's coordinates are read; `said` is what it or what it lies in says.
    pub fn of(&mut self, said: Option<&str>, sink: &mut Sink<'_>) -> Placed {
        let said = said.map(str::trim).filter(|said| !said.is_empty());
        let known = said.map(|said| (said, Datum::from_key(said)));
        let (stated, crs) = match known {
            Some((_, Some(datum))) => (Stated::Crs(Crs::Degrees(datum)), Crs::Degrees(datum)),
            Some((name, None)) => (Stated::Unknown(name.to_owned()), Crs::WGS84),
            None => (Stated::Format(self.plain), self.plain),
        };
        if self.layer.is_none() || sink.options.crs.is_some() {
            let placed = sink.place(stated);
            self.layer = Some(placed.0.crs);
            return placed;
        }
        let basis = match stated {
            Stated::Crs(_) => Basis::Stated,
            Stated::Format(_) => Basis::Format,
            Stated::Unknown(name) => {
                sink.find(Finding { cause: Cause::UnknownDatum, count: 0, detail: name });
                Basis::Assumed
            }
            Stated::Nothing => Basis::Assumed,
        };
        if self.layer != Some(crs) {
            let name = match crs {
                Crs::Degrees(datum) => datum.key(),
                _ => "",
            };
            sink.count_of(Cause::OwnDatum, name, 1);
        }
        Placed(Reference { crs, basis, swapped: sink.options.swapped })
    }
}
