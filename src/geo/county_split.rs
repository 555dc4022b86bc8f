//! Which county a position is in, and which counties a line passes, in order and with lengths.

use std::collections::BTreeSet;

use ::geo::MultiPolygon;

use super::{alignment::Alignment, borders::Borders, geodesic, polygon};
use crate::units::{Extent, LonLat};

/// Pieces shorter than this are given to the longer neighbour. County borders are generalised by
/// 80 m (median), so that a shorter stretch says nothing.
pub const SLIVER_M: f64 = 50.0;

/// So near a border a position may belong to either side; the side the line is on already is kept.
/// Lines drawn along a border share its vertices but for rounding to 1e-5 degrees (1 m).
const BESIDE_M: f64 = 3.0;

/// A county with its GB/T 2260 code, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct CountyArea {
    pub code: String,
    pub name: String,
    pub polygon: MultiPolygon<f64>,
}

/// A stretch of a line in one county, or in none of those known.
#[derive(Debug, Clone, PartialEq)]
pub struct CountyPiece {
    pub code: Option<String>,
    pub from_m: f64,
    pub to_m: f64,
}

/// A stretch of a river: in one county, on the border of several, or in none of those known.
#[derive(Debug, Clone, PartialEq)]
pub struct BankPiece {
    /// In the order of the counties given.
    pub codes: Vec<String>,
    pub from_m: f64,
    pub to_m: f64,
}

impl CountyPiece {
    pub fn length_m(&self) -> f64 {
        self.to_m - self.from_m
    }
}

/// Counties ready to be asked.
#[derive(Debug)]
pub struct CountyIndex {
    counties: Vec<CountyArea>,
    extents: Vec<Option<Extent>>,
    borders: Borders,
}

impl CountyIndex {
    pub fn new(counties: Vec<CountyArea>) -> Self {
        let extents = counties
            .iter()
            .map(|county| {
                let corners = polygon::rings(&county.polygon).flat_map(|ring| ring.0.iter());
                Extent::around(
                    corners.map(|c| LonLat::from(*c)).filter(|p| geodesic::is_on_earth(*p)),
                )
            })
            .collect();
        let borders = Borders::new(counties.iter().map(|county| &county.polygon));
        Self { counties, extents, borders }
    }

    /// The counties, in the order given.
    pub fn counties(&self) -> &[CountyArea] {
        &self.counties
    }

    /// The code of the county of a position. Where borders coincide, each position on them belongs to
    /// exactly one county.
    pub fn county_at(&self, p: LonLat) -> Option<&str> {
        let owner = self.owners(p).next();
        owner.and_then(|i| self.counties.get(i)).map(|county| county.code.as_str())
    }

    /// The counties along a line, in order. The pieces cover it from 0 to its length without a gap;
    /// neighbours differ; none is shorter than [`SLIVER_M`] unless the whole line is.
    ///
    /// Where the line runs along a border, within 3 m, it stays in the county it was in, and enters
    /// the one it will stay in longest.
    ///
    /// ```
    /// use jintu::geo::{Alignment, CountyArea, CountyIndex};
    ///
    /// let county = |code: &str, name: &str, west: f64| CountyArea {
    ///     code: code.to_owned(),
    ///     name: name.to_owned(),
    ///     polygon: geo::Rect::new((west, 37.0), (west + 1.0, 38.0)).to_polygon().into(),
    /// };
    /// let counties = CountyIndex::new(vec![
    ///     county("140121", "清徐县", 112.0),
    ///     county("140105", "小店区", 113.0),
    /// ]);
    /// let line = Alignment::new(&geo::LineString::from(vec![(112.5, 37.5), (114.5, 37.5)]));
    /// let pieces = counties.split(&line);
    /// let codes: Vec<Option<&str>> = pieces.iter().map(|piece| piece.code.as_deref()).collect();
    /// assert_eq!(codes, [Some("140121"), Some("140105"), None]);
    /// let sum_m: f64 = pieces.iter().map(|piece| piece.length_m()).sum();
    /// assert!((sum_m - line.length_m()).abs() < 1e-6, "no metre is lost");
    /// ```
    pub fn split(&self, line: &Alignment) -> Vec<CountyPiece> {
        let mut pieces = assign(&self.stretches(line));
        merge_slivers(&mut pieces);
        pieces
            .into_iter()
            .map(|(owner, from_m, to_m)| CountyPiece {
                code: owner.and_then(|i| self.counties.get(i)).map(|county| county.code.clone()),
                from_m,
                to_m,
            })
            .collect()
    }

    /// The counties along a river, in order: both banks where the line runs along a border, within
    /// 3 m. Covers the line as [`Self::split`] does.
    ///
    /// ```
    /// use jintu::geo::{Alignment, CountyArea, CountyIndex};
    ///
    /// let county = |code: &str, west: f64| CountyArea {
    ///     code: code.to_owned(),
    ///     name: String::new(),
    ///     polygon: geo::Rect::new((west, 37.0), (west + 1.0, 38.0)).to_polygon().into(),
    /// };
    /// let counties = CountyIndex::new(vec![county("140110", 112.0), county("140105", 113.0)]);
    /// let river = geo::LineString::from(vec![(113.0, 37.9), (113.0, 37.5), (112.5, 37.2)]);
    /// let pieces = counties.split_banks(&Alignment::new(&river));
    /// let codes: Vec<&[String]> = pieces.iter().map(|piece| piece.codes.as_slice()).collect();
    /// assert_eq!(codes, [&["140110", "140105"][..], &["140110"][..]]);
    /// ```
    pub fn split_banks(&self, line: &Alignment) -> Vec<BankPiece> {
        let mut from_m = 0.0;
        let mut pieces: Vec<(BTreeSet<Option<usize>>, f64, f64)> = Vec::new();
        for stretch in self.stretches(line) {
            match pieces.last_mut() {
                Some(last) if last.0 == stretch.owners => last.2 = stretch.to_m,
                _ => pieces.push((stretch.owners, from_m, stretch.to_m)),
            }
            from_m = stretch.to_m;
        }
        merge_slivers(&mut pieces);
        let code = |i: usize| self.counties.get(i).map(|county| county.code.clone());
        pieces
            .into_iter()
            .map(|(owners, from_m, to_m)| BankPiece {
                codes: owners.into_iter().flatten().filter_map(code).collect(),
                from_m,
                to_m,
            })
            .collect()
    }

    /// From cut to cut, with the counties that each may be in.
    fn stretches(&self, line: &Alignment) -> Vec<Stretch> {
        let cuts = self.cuts(line);
        cuts.windows(2)
            .filter_map(|w| if let [from_m, to_m] = w { Some((*from_m, *to_m)) } else { None })
            .map(|(from_m, to_m)| Stretch {
                to_m,
                owners: self.possible_owners(line.point_at(f64::midpoint(from_m, to_m))),
            })
            .collect()
    }

    /// Chainages at which the county may change, from 0 to the line's length: crossings, and every
    /// vertex where a border is near enough to run along.
    fn cuts(&self, line: &Alignment) -> Vec<f64> {
        let mut cuts = vec![0.0, line.length_m()];
        for (i, chainages_m) in line.chainages_m().windows(2).enumerate() {
            if let Some((a, b)) = line.segment(i)
                && self.borders.may_be_near(a, b, BESIDE_M)
            {
                cuts.extend_from_slice(chainages_m);
                let shares = self.borders.crossings(a, b);
                cuts.extend(shares.into_iter().map(|t| line.chainage_on(i, t)));
            }
        }
        cuts.sort_by(f64::total_cmp);
        // Cuts closer than a micrometre are the same crossing computed from two counties.
        cuts.dedup_by(|later, earlier| *later - *earlier < 1e-6);
        if cuts.len() > 1
            && let Some(last) = cuts.last_mut()
        {
            *last = line.length_m();
        }
        cuts
    }

    /// Numbers of the counties that own a position; more than one only where they overlap.
    fn owners(&self, p: LonLat) -> impl Iterator<Item = usize> + '_ {
        self.counties
            .iter()
            .zip(&self.extents)
            .enumerate()
            .filter(move |(_, (county, extent))| {
                extent.is_some_and(|e| e.contains(p)) && polygon::owns(&county.polygon, p.into())
            })
            .map(|(i, _)| i)
    }

    /// The owners and those whose border is near enough; `None` stands for no county.
    fn possible_owners(&self, p: LonLat) -> BTreeSet<Option<usize>> {
        let owners: BTreeSet<Option<usize>> =
            self.owners(p).chain(self.borders.areas_beside(p, BESIDE_M)).map(Some).collect();
        if owners.is_empty() { BTreeSet::from([None]) } else { owners }
    }
}

/// [`CountyIndex::split`] for counties that are asked once.
pub fn split(line: &Alignment, counties: &[CountyArea]) -> Vec<CountyPiece> {
    CountyIndex::new(counties.to_vec()).split(line)
}

/// Metres in each county over any number of lines, in the order in which they are first met.
///
/// ```
/// use jintu::geo::{CountyPiece, totals};
///
/// let piece = |code: &str, from_m, to_m| CountyPiece { code: Some(code.to_owned()), from_m, to_m };
/// let there_and_back =
///     [piece("140121", 0.0, 700.0), piece("140105", 700.0, 900.0), piece("140121", 900.0, 1000.0)];
/// let of = |code: &str, m| (Some(code.to_owned()), m);
/// assert_eq!(totals(&there_and_back), [of("140121", 800.0), of("140105", 200.0)]);
/// ```
pub fn totals<'a>(pieces: impl IntoIterator<Item = &'a CountyPiece>) -> Vec<(Option<String>, f64)> {
    let mut totals: Vec<(Option<String>, f64)> = Vec::new();
    for piece in pieces {
        match totals.iter_mut().find(|(code, _)| *code == piece.code) {
            Some((_, sum_m)) => *sum_m += piece.length_m(),
            None => totals.push((piece.code.clone(), piece.length_m())),
        }
    }
    totals
}

/// From the end of the one before to `to_m`, with the counties it may be in.
struct Stretch {
    to_m: f64,
    owners: BTreeSet<Option<usize>>,
}

type Piece = (Option<usize>, f64, f64);

/// Chooses one owner per stretch with as few changes as possible: stay while it can be stayed, then
/// take the owner that lasts longest.
fn assign(stretches: &[Stretch]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = stretches;
    let mut from_m = 0.0;
    while let Some(first) = rest.first() {
        let lasting = |owner: &Option<usize>| {
            rest.iter().take_while(|stretch| stretch.owners.contains(owner)).count()
        };
        // `max_by_key` keeps the last of equals; in reverse that is the smallest number.
        let Some(owner) = first.owners.iter().rev().copied().max_by_key(lasting) else {
            break;
        };
        let (taken, left) = rest.split_at(lasting(&owner).max(1));
        let to_m = taken.last().map_or(from_m, |stretch| stretch.to_m);
        pieces.push((owner, from_m, to_m));
        from_m = to_m;
        rest = left;
    }
    pieces
}

/// Gives the shortest piece to its longer neighbour until none is a sliver.
fn merge_slivers<Owner: PartialEq>(pieces: &mut Vec<(Owner, f64, f64)>) {
    let length = |piece: &(Owner, f64, f64)| piece.2 - piece.1;
    while pieces.len() > 1 {
        let shortest = (0..pieces.len()).min_by(|a, b| {
            let of = |i: &usize| pieces.get(*i).map_or(f64::INFINITY, length);
            of(a).total_cmp(&of(b))
        });
        let Some(i) = shortest.filter(|i| pieces.get(*i).is_some_and(|p| length(p) < SLIVER_M))
        else {
            break;
        };
        let (_, from_m, to_m) = pieces.remove(i);
        let before = i.checked_sub(1).and_then(|b| pieces.get(b)).map(length);
        let after = pieces.get(i).map(length);
        if before >= after {
            if let Some(piece) = i.checked_sub(1).and_then(|b| pieces.get_mut(b)) {
                piece.2 = to_m;
            }
        } else if let Some(piece) = pieces.get_mut(i) {
            piece.1 = from_m;
        }
        pieces.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.2 = later.2;
            }
            same
        });
    }
}
