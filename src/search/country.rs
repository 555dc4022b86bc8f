//! The whole country: units and towns that lie beyond what a plan stands on, found by their names.

use std::{cmp::Reverse, sync::Arc};

use super::{
    Hit,
    names::{Name, Worth},
};
use crate::{
    areas::{Area, Areas, AreasError, Level, Town, short_name},
    catalogue::Catalogue,
    geo::geodesic,
    language::Bilingual,
    units::{Extent, LonLat},
};

/// Units and towns, their names prepared once.
#[derive(Debug)]
pub struct Country {
    areas: Areas,
    /// By code, with a position inside.
    units: Vec<(String, Name, LonLat)>,
    towns: Vec<Name>,
}

/// Somewhere in the country.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    pub name: Bilingual,
    /// What it is, as in the keys of locale files: `province`, `prefecture`, `county`, `town` …
    pub kind: &'static str,
    /// The units above it, from the province down.
    pub within: String,
    /// The GB/T 2260 code of a unit; of a town that of its county.
    pub code: String,
    /// Of a town.
    pub at: Option<LonLat>,
    pub error_m: f64,
    /// Of a unit.
    pub extent: Option<Extent>,
}

enum Meant<'a> {
    Unit(&'a Area),
    Town(&'a Town),
}

impl Country {
    /// Of the packed file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(packed: &[u8]) -> Result<Self, AreasError> {
        let areas = Areas::read(packed)?;
        let unit = |area: &Area| {
            let (full, short) = (area.name.zh.as_str(), short_name(&area.name.zh));
            let extent = || areas.extent(&area.code).map(middle);
            let at = area.label_at.or(area.seat).or_else(extent)?;
            Some((area.code.clone(), Name::of([full, short], &area.name.en), at))
        };
        let units = areas.all().filter_map(unit).collect();
        let town = |town: &Town| {
            let short = town.name.strip_suffix(['镇', '乡']).unwrap_or(&town.name);
            let aliases = town.aliases.iter().map(String::as_str);
            Name::of([town.name.as_str(), short].into_iter().chain(aliases), "")
        };
        let towns = areas.towns().iter().map(town).collect();
        Ok(Self { areas, units, towns })
    }

    /// What answers to the text and is not known to the catalogue: the best first, then the larger,
    /// then what lies nearer to the plan's city. At most `most` are told, and how many there are.
    pub(super) fn find(
        &self,
        catalogue: &Catalogue,
        text: &str,
        near: LonLat,
        most: usize,
    ) -> (Vec<(Worth, Hit)>, usize) {
        let mut found: Vec<(Worth, u8, f64, Meant<'_>)> = Vec::new();
        for (code, name, at) in &self.units {
            let Some(worth) = name.worth(text).filter(|worth| *worth > Worth::Initials) else {
                continue;
            };
            let known = catalogue.county(code).is_some();
            if let Some(area) = self.areas.area(code).filter(|_| !known) {
                let off_m = geodesic::distance_m(*at, near);
                found.push((worth, area.level as u8, off_m, Meant::Unit(area)));
            }
        }
        for (town, name) in self.areas.towns().iter().zip(&self.towns) {
            let Some(worth) = name.worth(text).filter(|worth| *worth > Worth::Initials) else {
                continue;
            };
            let is_same = |place: &crate::gazetteer::Place| {
                place.name == town.name && place.county_code.as_ref() == Some(&town.county_code)
            };
            if !catalogue.gazetteer.places().iter().any(is_same) {
                let off_m = geodesic::distance_m(town.lon_lat, near);
                found.push((worth, u8::MAX, off_m, Meant::Town(town)));
            }
        }
        found.sort_by(|a, b| {
            (Reverse(a.0), a.1).cmp(&(Reverse(b.0), b.1)).then(a.2.total_cmp(&b.2))
        });
        let count = found.len();
        let told = found.into_iter().take(most);
        let hits = told.map(|(worth, _, _, meant)| {
            let own = match meant {
                Meant::Unit(area) => self.of_unit(area),
                Meant::Town(town) => self.of_town(town),
            };
            (worth, Hit::Elsewhere(Arc::new(own)))
        });
        (hits.collect(), count)
    }

    fn of_unit(&self, area: &Area) -> Elsewhere {
        let kind = match area.level {
            Level::Province => "province",
            Level::Prefecture => "prefecture",
            Level::County => "county",
        };
        let above = area.parent.as_deref().map(|code| self.line(code)).unwrap_or_default();
        Elsewhere {
            name: area.name.clone(),
            kind,
            within: above,
            code: area.code.clone(),
            at: None,
            error_m: 0.0,
            extent: self.areas.extent(&area.code),
        }
    }

    fn of_town(&self, town: &Town) -> Elsewhere {
        Elsewhere {
            name: Bilingual::new(town.name.as_str(), ""),
            kind: town.kind.key(),
            within: self.line(&town.county_code),
            code: town.county_code.clone(),
            at: Some(town.lon_lat),
            error_m: Town::ERROR_M,
            extent: None,
        }
    }

    fn line(&self, code: &str) -> String {
        self.areas.line_of(code).iter().map(|area| area.name.zh.as_str()).collect()
    }
}

fn middle(extent: Extent) -> LonLat {
    LonLat::new(
        f64::midpoint(extent.west_deg, extent.east_deg),
        f64::midpoint(extent.south_deg, extent.north_deg),
    )
}
