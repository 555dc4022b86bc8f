//! Sums over projects, each work counted once.

use std::collections::BTreeSet;

use super::{Catalogue, Project};

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
    /// Drawn length of the lines, in km.
    pub length_km: f64,
    /// Entries with no place on the map.
    pub unlocated: usize,
}

impl Catalogue {
    /// Totals over positions in `self.projects`.
    pub fn totals(&self, positions: impl IntoIterator<Item = usize>) -> Totals {
        let mut totals = Totals::default();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut seen_features: BTreeSet<usize> = BTreeSet::new();
        let entries: Vec<&Project> =
            positions.into_iter().filter_map(|i| self.projects.get(i)).collect();
        // A work is named once with its figures and again without: the figures win.
        let with_figures = entries.iter().filter(|p| p.investment.is_some());
        let without = entries.iter().filter(|p| p.investment.is_none());
        for project in with_figures.chain(without) {
            totals.entries += 1;
            totals.unlocated += usize::from(!project.is_located());
            if !seen.contains(project.id.as_str()) {
                totals.works += 1;
                match project.investment {
                    Some(stated) => {
                        totals.investment_yi += stated.yi;
                        totals.approx |= stated.approx;
                    }
                    None => totals.without_investment += 1,
                }
                seen.extend(project.same_as.iter().map(String::as_str));
            }
            seen.insert(&project.id);
            for &feature in &project.features {
                if seen_features.insert(feature) {
                    totals.length_km += self.counted_length_km(feature);
                }
            }
        }
        totals
    }
}
