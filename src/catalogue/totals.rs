//! Sums over projects, each work counted once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Catalogue, Project};

/// What of a project's money and length counts for a county that it runs through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountyMoney {
    /// All of it, in each of its counties.
    #[default]
    Whole,
    /// The share of its drawn length that lies inside.
    ByLength,
}

/// What a set of projects adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// Entries of the list.
    pub entries: usize,
    /// Works: entries that name the same work count once.
    pub works: usize,
    /// Sum of stated investment, in 亿元.
    pub investment_yi: f64,
    /// Some of the sum is stated with 约.
    pub approx: bool,
    /// Works for which the plan states no investment.
    pub without_investment: usize,
    /// Works in several counties whose investment no length divides: it is in no county's sum.
    pub undivided: usize,
    /// Drawn length of the lines, in km.
    pub length_km: f64,
    /// Entries with no place on the map.
    pub unlocated: usize,
}

impl Catalogue {
    /// Totals over positions in `self.projects`.
    pub fn totals(&self, positions: impl IntoIterator<Item = usize>) -> Totals {
        let length_km = |_: &Project, new: &[usize]| {
            new.iter().map(|&feature| self.counted_length_km(feature)).sum()
        };
        self.sum(positions, |_| Some(1.0), length_km)
    }

    /// The same for a county: of the money and the length only the share inside it. A project whose
    /// lines are partly outside every county known keeps that part, so that the counties' shares sum
    /// to no more than the whole.
    pub fn totals_inside(
        &self,
        positions: impl IntoIterator<Item = usize>,
        county: &str,
    ) -> Totals {
        self.sum(
            positions,
            |project| share_inside(project, county),
            |project, new| if new.is_empty() { 0.0 } else { length_inside_km(project, county) },
        )
    }

    /// `share` says how much of a project's investment counts; `None` where nothing divides it.
    /// `length_km` is told which of the project's features were not counted before.
    fn sum(
        &self,
        positions: impl IntoIterator<Item = usize>,
        share: impl Fn(&Project) -> Option<f64>,
        length_km: impl Fn(&Project, &[usize]) -> f64,
    ) -> Totals {
        let mut totals = Totals::default();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut seen_features: BTreeSet<usize> = BTreeSet::new();
        let entries: Vec<&Project> =
            positions.into_iter().filter_map(|i| self.project_at(i)).collect();
        // A work is named once with its figures and again without: the figures win.
        let with_figures = entries.iter().filter(|p| p.investment.is_some());
        let without = entries.iter().filter(|p| p.investment.is_none());
        for project in with_figures.chain(without) {
            totals.entries += 1;
            totals.unlocated += usize::from(!project.is_located());
            if !seen.contains(project.id.as_str()) {
                totals.works += 1;
                match (project.investment, share(project)) {
                    (Some(stated), Some(share)) => {
                        totals.investment_yi += stated.yi * share;
                        totals.approx |= stated.approx;
                    }
                    (Some(_), None) => totals.undivided += 1,
                    (None, _) => totals.without_investment += 1,
                }
                seen.extend(project.same_as.iter().map(String::as_str));
            }
            seen.insert(&project.id);
            // Lines that entries have in common count once.
            let features = project.features.iter().copied();
            let new: Vec<usize> = features.filter(|i| seen_features.insert(*i)).collect();
            totals.length_km += length_km(project, &new);
        }
        totals
    }
}

/// Drawn length of a project's lines in a county; half of a river that is its border.
fn length_inside_km(project: &Project, county: &str) -> f64 {
    let own = project.counties.iter().find(|share| share.code == county);
    own.and_then(|share| share.length_km).unwrap_or(0.0)
}

/// The part of a project that lies in a county: by its length, or all of what lies in one county
/// only; `None` where neither tells.
fn share_inside(project: &Project, county: &str) -> Option<f64> {
    let own = project.counties.iter().find(|share| share.code == county)?;
    match (own.length_km, project.length_km) {
        (Some(inside), Some(whole)) if whole > 0.0 => Some((inside / whole).min(1.0)),
        _ if project.counties.len() == 1 => Some(1.0),
        _ => None,
    }
}
