//! One filter for the window and the command line.
//!
//! Different kinds of condition combine with AND, several values of one kind with OR. An empty
//! filter lets everything pass.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Accuracy, Catalogue, Outline, Project, Status};
use crate::{
    geo::FeatureId,
    units::{Extent, LonLat},
};

/// Within some distance of a point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Near {
    pub at: LonLat,
    pub km: f64,
}

/// Within some distance of a project's geometry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Along {
    pub project: String,
    pub km: f64,
}

/// What to show.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// GB/T 2260 codes.
    pub counties: BTreeSet<String>,
    /// 仅起讫点: a corridor matches only the counties that hold its ends, not those it passes.
    pub ends_only: bool,
    pub regions: BTreeSet<String>,
    /// Outline ids; a task matches everything below it.
    pub tasks: BTreeSet<String>,
    pub kinds: BTreeSet<String>,
    pub status: BTreeSet<Status>,
    pub min_investment_yi: Option<f64>,
    pub max_investment_yi: Option<f64>,
    pub accuracies: BTreeSet<Accuracy>,
    /// Words, full pinyin or pinyin initials; several words must all match.
    pub text: String,
    pub extent: Option<Extent>,
    /// What was drawn on the map, or read from a file.
    pub polygon: Option<Outline>,
    pub near: Option<Near>,
    pub along: Option<Along>,
    /// Exactly these projects, such as those of a sentence.
    pub ids: BTreeSet<String>,
}

impl Filter {
    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        *self == Self { ends_only: self.ends_only, ..Self::default() }
    }

    /// Whether it wants what lies near something, so that each has its distance.
    pub const fn looks_around(&self) -> bool {
        self.near.is_some() || self.along.is_some()
    }

    /// What it says of features that are no projects: where they lie.
    #[must_use]
    pub fn of_features(&self) -> Self {
        Self {
            counties: self.counties.clone(),
            polygon: self.polygon.clone(),
            extent: self.extent,
            ..Self::default()
        }
    }

    /// Positions in `catalogue.projects` of what passes, in catalogue order.
    pub fn apply(&self, catalogue: &Catalogue) -> Vec<usize> {
        let spatial = self.spatial(catalogue);
        let words: Vec<&str> = self.text.split_whitespace().collect();
        catalogue
            .projects
            .iter()
            .enumerate()
            .filter(|(i, project)| {
                self.matches_facts(project)
                    && spatial.as_ref().is_none_or(|hits| hits.contains(i))
                    && words.iter().all(|word| matches_text(catalogue, *i, project, word))
            })
            .map(|(i, _)| i)
            .collect()
    }

    /// Every condition that needs only the project itself.
    fn matches_facts(&self, project: &Project) -> bool {
        (self.ids.is_empty() || self.ids.contains(&project.id))
            && self.matches_facets(project)
            && self.matches_investment(project)
    }

    fn matches_investment(&self, project: &Project) -> bool {
        let (min, max) = (self.min_investment_yi, self.max_investment_yi);
        if min.is_none() && max.is_none() {
            return true;
        }
        project.investment.is_some_and(|stated| {
            min.is_none_or(|m| stated.yi >= m) && max.is_none_or(|m| stated.yi <= m)
        })
    }

    /// Projects that meet every spatial condition; `None` when there is none.
    fn spatial(&self, catalogue: &Catalogue) -> Option<BTreeSet<usize>> {
        let mut result: Option<BTreeSet<usize>> = None;
        let mut keep = |features: Vec<FeatureId>| {
            let hits = catalogue.projects_of_features(&features);
            result = Some(match result.take() {
                Some(earlier) => earlier.intersection(&hits).copied().collect(),
                None => hits,
            });
        };
        if let Some(extent) = &self.extent {
            keep(catalogue.index.in_extent(extent));
        }
        if let Some(outline) = &self.polygon {
            let parts = outline.polygons();
            keep(parts.flat_map(|part| catalogue.index.in_polygon(&part)).collect());
        }
        if let Some(near) = &self.near {
            keep(catalogue.index.within_m_of_point(near.at, near.km * 1000.0));
        }
        if let Some(along) = &self.along {
            keep(catalogue.within_km_of_project(&along.project, along.km));
        }
        result
    }
}

/// Whether outline id `own` is `task` or lies below it.
pub fn is_within(own: &str, task: &str) -> bool {
    own == task || own.strip_prefix(task).is_some_and(|rest| rest.starts_with('.'))
}

fn matches_text(catalogue: &Catalogue, i: usize, project: &Project, word: &str) -> bool {
    let lower = word.to_lowercase();
    project.id.to_lowercase().contains(&lower)
        || project.name.en.to_lowercase().contains(&lower)
        || catalogue.search_keys.get(i).is_some_and(|key| key.matches(word))
        || project.organisations.iter().any(|name| name.to_lowercase().contains(&lower))
        || project.counties.iter().any(|share| share.name.contains(word))
        || (!lower.is_ascii() && catalogue.plan.text.slice(project.words).contains(word))
}

/// Why a filter that was kept cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// A newer version of the program knows a condition that this one does not: without it more would
    /// pass than was meant.
    #[error("unknown condition {0:?}")]
    Unknown(String),
    #[error("{0}")]
    Broken(String),
}

impl Filter {
    /// As settings and workbooks keep it: an object of the conditions that say anything, `null` where
    /// everything passes.
    pub fn to_json(&self) -> Value {
        // A filter is plain data: it has nothing that JSON has not.
        let (Ok(Value::Object(own)), Ok(Value::Object(none))) =
            (serde_json::to_value(self), serde_json::to_value(Self::default()))
        else {
            return Value::Null;
        };
        let said: Map<String, Value> =
            own.into_iter().filter(|(name, value)| none.get(name) != Some(value)).collect();
        if said.is_empty() { Value::Null } else { Value::Object(said) }
    }

    /// The filter that was kept.
    ///
    /// # Errors
    /// It is none, or has a condition that this version does not know.
    pub fn of_json(kept: &Value) -> Result<Self, FilterFault> {
        let Value::Object(conditions) = kept else {
            let is_none = kept.is_null();
            let none = || FilterFault::Broken("no object".to_owned());
            return if is_none { Ok(Self::default()) } else { Err(none()) };
        };
        let broken = |reason: serde_json::Error| FilterFault::Broken(reason.to_string());
        let known = serde_json::to_value(Self::default()).map_err(broken)?;
        if let Some(name) = conditions.keys().find(|name| known.get(name.as_str()).is_none()) {
            return Err(FilterFault::Unknown(name.clone()));
        }
        serde_json::from_value(kept.clone()).map_err(broken)
    }
}
