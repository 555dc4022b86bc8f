//! Which reference system numbers are in that do not say.
//!
//! Every system that Chinese data comes in is tried on the numbers; what lands nowhere is dropped,
//! the rest is ranked by how near it lands to where the user's plan lies. Numbers alone never tell
//! the datum of a plane: CGCS2000 is taken, which since 2018 is the only one to be used.

use super::{
    Crs, Datum, ZoneWidth,
    crs_evidence::{self, CHINA, Evidence},
    transverse_mercator::{FALSE_EASTING_M, PREFIX_M, TransverseMercator},
};
use crate::units::Extent;

/// A system that the numbers may be in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    pub crs: Crs,
    /// Whether the first number of a pair is the latitude or the northing, as Chinese surveys write.
    pub swapped_axes: bool,
    /// Where the data would lie, WGS-84.
    pub lands: Extent,
    /// How well it fits, from 0 to 1: only to be compared with that of others for the same numbers.
    pub plausibility: f64,
    pub reason: Reason,
}

impl Candidate {
    /// More places than these nobody compares.
    pub const MOST_TOLD: usize = 4;
}

/// What speaks for a candidate; the figures are what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Numbers as small as degrees, the longitude first.
    Degrees,
    /// The same, and the data may come from a Chinese web map.
    WebMapDegrees,
    /// Eight digits before the point, the first two of which are the number of a zone.
    ZonePrefix { width: ZoneWidth, zone: u8 },
    /// Metres without a zone; this one brings them nearest to the plan, or `beside` it.
    ZoneNearPlan { width: ZoneWidth, zone: u8, beside: bool },
    /// Metres as web maps have them.
    WebMercator,
    /// Metres of UTM; Chinese data is seldom in it.
    Utm { zone: u8 },
}

/// All systems that the numbers may be in, the most plausible first; empty where they fit none.
/// `extents` are boxes as the file has them, `[min_x, min_y, max_x, max_y]`, `points` some of its
/// positions: with them a stray one, such as 0, 0, misleads nobody.
///
/// ```
/// use jintu::{geo::{Crs, crs_guess}, units::Extent};
///
/// let taiyuan = Extent { west_deg: 111.5, south_deg: 37.4, east_deg: 113.2, north_deg: 38.5 };
/// let found = crs_guess::candidates(&[[38_371_000.0, 4_190_000.0, 38_373_000.0, 4_196_000.0]], &[], taiyuan);
/// assert_eq!(found[0].crs, Crs::from_epsg(4526).unwrap());
/// assert!(crs_guess::certain(&found).is_some(), "the digits 38 say it");
/// // Without them it may be another zone.
/// let found = crs_guess::candidates(&[[371_000.0, 4_190_000.0, 373_000.0, 4_196_000.0]], &[], taiyuan);
/// assert_eq!(found[0].crs, Crs::from_key("gk3:38").unwrap());
/// assert!(crs_guess::certain(&found).is_none());
/// ```
pub fn candidates(extents: &[[f64; 4]], points: &[[f64; 2]], plan: Extent) -> Vec<Candidate> {
    let evidence = Evidence::new(extents, points, plan);
    let mut found = Vec::new();
    for swapped in [false, true] {
        degrees(&evidence, swapped, &mut found);
        zones(&evidence, swapped, &mut found);
        utm(&evidence, swapped, &mut found);
    }
    if let Some([x, y]) = evidence.middle(false)
        && x.abs() <= WEB_MERCATOR_M
        && y.abs() <= WEB_MERCATOR_M
        && x.abs().max(y.abs()) > 1000.0
    {
        found.extend(candidate(&evidence, Crs::WebMercator, false, Reason::WebMercator, 0.8));
    }
    found.sort_by(|a, b| b.plausibility.total_cmp(&a.plausibility));
    let best = found.first().map_or(0.0, |first| first.plausibility);
    found.retain(|candidate| candidate.plausibility >= best * FAINTEST);
    found.truncate(MOST);
    found
}

/// The first of the candidates where it is beyond doubt, so that a program may go on and tell: the
/// number of a zone stands before the eastings, or the numbers are degrees in China, the longitude
/// first; and no other candidate comes near.
pub fn certain(candidates: &[Candidate]) -> Option<&Candidate> {
    let (first, rest) = candidates.split_first()?;
    let is_told = matches!(first.reason, Reason::Degrees | Reason::ZonePrefix { .. });
    // That degrees may be those of a web map is always possible and never more than half a kilometre.
    let is_rival = |other: &Candidate| {
        other.reason != Reason::WebMapDegrees && other.plausibility > first.plausibility / 2.0
    };
    let is_sound = first.plausibility >= SOUND && !first.swapped_axes;
    (is_told && is_sound && !rest.iter().any(is_rival)).then_some(first)
}

/// Where the data would lie in a system that was typed by hand, WGS-84; `None` where most of it makes
/// no sense there. The same `extents` and `points` as for [`candidates`].
///
/// ```
/// use jintu::geo::{Crs, crs_guess};
///
/// let typed = Crs::from_key("tmerc:112.5,60000,-3800000").unwrap();
/// let lands = crs_guess::lands(typed, false, &[[64_000.0, 391_000.0, 65_000.0, 392_000.0]], &[]);
/// assert!((lands.unwrap().west_deg - 112.545).abs() < 0.01);
/// ```
pub fn lands(
    crs: Crs,
    swapped_axes: bool,
    extents: &[[f64; 4]],
    points: &[[f64; 2]],
) -> Option<Extent> {
    Evidence::new(extents, points, CHINA).lands(crs, swapped_axes)
}

/// Half of Web Mercator's world, rounded up.
const WEB_MERCATOR_M: f64 = 20_040_000.0;
/// What is so much less plausible than the best is not worth a question.
const FAINTEST: f64 = 0.02;
const MOST: usize = 8;
/// What lands in China, however far from the plan, reaches this.
const SOUND: f64 = 0.01;

/// The candidate with its place; `None` where the numbers make no sense in the system.
fn candidate(
    evidence: &Evidence,
    crs: Crs,
    swapped_axes: bool,
    reason: Reason,
    weight: f64,
) -> Option<Candidate> {
    let lands = evidence.lands(crs, swapped_axes)?;
    let plausibility = weight * evidence.nearness(lands);
    Some(Candidate { crs, swapped_axes, lands, plausibility, reason })
}

fn degrees(evidence: &Evidence, swapped: bool, found: &mut Vec<Candidate>) {
    let Some([lon, lat]) = evidence.middle(swapped) else { return };
    if lon.abs() > 180.0 || lat.abs() > 90.0 {
        return;
    }
    let weight = if swapped { 0.8 } else { 1.0 };
    found.extend(candidate(evidence, Crs::WGS84, swapped, Reason::Degrees, weight));
    for (crs, share) in [(Crs::GCJ02, 0.4), (Crs::BD09, 0.15)] {
        let candidate = candidate(evidence, crs, swapped, Reason::WebMapDegrees, weight * share);
        found.extend(candidate.filter(|c| crs_evidence::is_in_china(c.lands)));
    }
}

/// Eastings and northings of Gauss–Krüger.
fn zones(evidence: &Evidence, swapped: bool, found: &mut Vec<Candidate>) {
    let Some([easting_m, northing_m]) = evidence.middle(swapped) else { return };
    if !is_northing(northing_m) {
        return;
    }
    let order = if swapped { 0.9 } else { 1.0 };
    let prefix = (easting_m / PREFIX_M).floor();
    let width = [ZoneWidth::Three, ZoneWidth::Six]
        .into_iter()
        .find(|w| (f64::from(w.first())..=f64::from(w.last())).contains(&prefix));
    if let Some(width) = width {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "13 to 45")]
        let zone = prefix as u8;
        if is_easting(easting_m - prefix * PREFIX_M)
            && let Some(plane) = TransverseMercator::zone(Datum::Cgcs2000, width, zone, true)
        {
            let reason = Reason::ZonePrefix { width, zone };
            let crs = Crs::TransverseMercator(plane);
            // Nothing but a zone makes such numbers, wherever they land.
            found.extend(candidate(evidence, crs, swapped, reason, order));
        }
        return;
    }
    if !is_easting(easting_m) {
        return;
    }
    for width in [ZoneWidth::Three, ZoneWidth::Six] {
        for zone in width.first()..=width.last() {
            let Some(plane) = TransverseMercator::zone(Datum::Cgcs2000, width, zone, false) else {
                continue;
            };
            let Some(off_deg) = evidence.off_meridian_deg(plane, swapped) else { continue };
            // Of two zones with one meridian the data lies in only one: it is not named twice.
            let weight = match width {
                ZoneWidth::Three if off_deg <= 1.8 => 0.9,
                ZoneWidth::Three => continue,
                ZoneWidth::Six if off_deg <= 1.8 && zone_of_three(plane).is_some() => continue,
                ZoneWidth::Six if off_deg <= 3.3 => 0.7,
                ZoneWidth::Six => 0.3,
            };
            let reason = Reason::ZoneNearPlan { width, zone, beside: false };
            let crs = Crs::TransverseMercator(plane);
            let candidate = candidate(evidence, crs, swapped, reason, weight * order);
            found.extend(candidate.map(|c| {
                let beside = !evidence.is_at_plan(c.lands);
                Candidate { reason: Reason::ZoneNearPlan { width, zone, beside }, ..c }
            }));
        }
    }
}

/// The 3° zone with the same meridian.
fn zone_of_three(plane: TransverseMercator) -> Option<u8> {
    ZoneWidth::Three.zone_of_meridian(plane.parameters().central_meridian_deg)
}

/// The zones of China, 43 to 53.
fn utm(evidence: &Evidence, swapped: bool, found: &mut Vec<Candidate>) {
    let Some([easting_m, northing_m]) = evidence.middle(swapped) else { return };
    if !is_easting(easting_m) || !is_northing(northing_m) {
        return;
    }
    for zone in 43..=53 {
        let Some(plane) = TransverseMercator::utm(zone, false) else { continue };
        let order = if swapped { 0.3 } else { 1.0 };
        let within = evidence.off_meridian_deg(plane, swapped).is_some_and(|deg| deg <= 3.3);
        if within {
            let crs = Crs::TransverseMercator(plane);
            found.extend(candidate(evidence, crs, swapped, Reason::Utm { zone }, 0.3 * order));
        }
    }
}

/// China reaches from 3° to 54° N.
fn is_northing(m: f64) -> bool {
    (300_000.0..6_200_000.0).contains(&m)
}

/// Six degrees to either side of a meridian, where a degree is longest, and no more.
fn is_easting(m: f64) -> bool {
    (m - FALSE_EASTING_M).abs() <= 400_000.0
}
