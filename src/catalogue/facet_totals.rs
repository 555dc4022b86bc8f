//! What each value of a facet would leave.

use std::collections::{BTreeMap, HashMap};

use super::{Catalogue, CountyMoney, Facet, Filter, Totals};

/// A value of a facet, and what there is of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetValue {
    pub value: String,
    /// Projects of the whole catalogue that have it.
    pub held_by: usize,
    /// What the filter would let pass if this were the only value of the facet that it wants.
    pub left: Totals,
}

/// All values of all facets, in the order of the panels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FacetTotals(BTreeMap<Facet, Vec<FacetValue>>);

impl FacetTotals {
    /// Counts them. Of a county the money and the length are those of whole projects, or the share
    /// inside it.
    pub fn of(catalogue: &Catalogue, filter: &Filter, money: CountyMoney) -> Self {
        let count = |facet: Facet| {
            let all = 0..catalogue.projects.len();
            let passing = filter.without(facet).apply(catalogue);
            let is_all = passing.len() == all.len();
            let left = by_value(catalogue, facet, filter.ends_only, passing);
            // Without another condition everything passes.
            let counted = (!is_all).then(|| by_value(catalogue, facet, filter.ends_only, all));
            let held = counted.as_ref().unwrap_or(&left);
            let values = facet.values(catalogue).into_iter().map(|value| {
                let own = left.get(value.as_str()).into_iter().flatten().copied();
                FacetValue {
                    held_by: held.get(value.as_str()).map_or(0, Vec::len),
                    left: match (facet, money) {
                        (Facet::County, CountyMoney::ByLength) => {
                            catalogue.totals_inside(own, &value)
                        }
                        _ => catalogue.totals(own),
                    },
                    value,
                }
            });
            (facet, values.collect())
        };
        Self(Facet::ALL.into_iter().map(count).collect())
    }

    /// The values of a facet.
    pub fn values(&self, facet: Facet) -> &[FacetValue] {
        self.0.get(&facet).map_or(&[], Vec::as_slice)
    }
}

fn by_value(
    catalogue: &Catalogue,
    facet: Facet,
    ends_only: bool,
    positions: impl IntoIterator<Item = usize>,
) -> HashMap<&str, Vec<usize>> {
    let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
    for i in positions {
        for value in catalogue.projects.get(i).iter().flat_map(|p| facet.values_of(p, ends_only)) {
            found.entry(value).or_default().push(i);
        }
    }
    found
}
