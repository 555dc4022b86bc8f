//! Where on a project's lines a position is nearest: its stake, its county, and how far off it is.

use super::{Catalogue, County, Feature, Project, Role};
use crate::{geo::Located, units::LonLat};

/// The place on a line that is nearest to a position.
#[derive(Debug, Clone, Copy)]
pub struct OnLine<'a> {
    /// The line among several of its project.
    pub feature: &'a Feature,
    /// Chainage from the start of that line, the place itself, and the distance to it in metres.
    pub located: Located,
    /// Where the line is there; `None` beyond the shipped counties.
    pub county: Option<&'a County>,
}

impl Catalogue {
    /// The place on the lines of a project nearest to a position; `None` where it has no line. Lines
    /// of names of their own are read also where they are there already.
    pub fn on_line(&self, project: &Project, p: LonLat) -> Option<OnLine<'_>> {
        let (i, feature, located) = project
            .features
            .iter()
            .filter_map(|&i| {
                let feature = self.features.get(i)?;
                let is_read = feature.role == Role::Main || feature.map_name.is_some();
                let alignment = self.alignments.get(i)?.as_ref().filter(|_| is_read)?;
                Some((i, feature, alignment.locate(p)))
            })
            .min_by(|a, b| a.2.offset_m.total_cmp(&b.2.offset_m))?;
        let pieces = self.county_pieces.get(i).into_iter().flatten();
        let county = pieces
            .filter(|piece| (piece.from_m..=piece.to_m).contains(&located.chainage_m))
            .find_map(|piece| self.county(piece.code.as_deref()?));
        Some(OnLine { feature, located, county })
    }
}
