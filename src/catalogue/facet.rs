//! The facets of a project: what it can be narrowed by, value by value. Arguments, chips, panels and
//! counts all come from here.
//!
//! Values are texts: codes, keys and outline ids, as they stand in arguments and saved filters.

use std::collections::BTreeSet;

use super::{Accuracy, Catalogue, Filter, Project, Status};
use crate::language::Bilingual;

/// A property with few values, of which a filter may want some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// GB/T 2260 codes.
    County,
    /// Keys of cooperation regions.
    Region,
    /// Outline ids; a task has what is below it, too.
    Task,
    /// Keys of kinds.
    Kind,
    /// Keys of [`Status`].
    Status,
    /// Keys of [`Accuracy`].
    Accuracy,
}

impl Facet {
    pub const ALL: [Self; 6] =
        [Self::County, Self::Region, Self::Task, Self::Kind, Self::Status, Self::Accuracy];

    /// Every value that there is, in the order of the panels.
    pub fn values(self, catalogue: &Catalogue) -> Vec<String> {
        match self {
            Self::County => catalogue.counties.iter().map(|c| c.code.clone()).collect(),
            Self::Region => catalogue.regions.iter().map(|r| r.key.clone()).collect(),
            Self::Task => catalogue.tasks().into_iter().map(|task| task.id).collect(),
            Self::Kind => catalogue.kinds.iter().map(|kind| kind.key.clone()).collect(),
            Self::Status => Status::ALL.iter().map(|status| status.key().to_owned()).collect(),
            Self::Accuracy => Accuracy::ALL.iter().map(|class| class.key().to_owned()).collect(),
        }
    }

    /// The values that a project has, each once. With `ends_only` a corridor has only the counties that hold
    /// its ends.
    pub fn values_of(self, project: &Project, ends_only: bool) -> Vec<&str> {
        match self {
            Self::County => {
                let shares = project.counties.iter().filter(|share| share.is_end || !ends_only);
                once(shares.map(|share| share.code.as_str()))
            }
            Self::Region => once(project.regions.iter().map(String::as_str)),
            Self::Task => once(project.tasks.iter().flat_map(|id| with_ancestors(id))),
            Self::Kind => vec![project.kind.as_str()],
            Self::Status => vec![project.status.key()],
            Self::Accuracy => vec![project.accuracy.key()],
        }
    }

    /// The values that somebody means who types a code, a key or a name in either language. Several,
    /// where a name stands for several; none, where it names nothing.
    pub fn named(self, catalogue: &Catalogue, text: &str) -> Vec<String> {
        let is = |key: &str, name: &Bilingual| {
            key == text || name.zh == text || name.en.eq_ignore_ascii_case(text)
        };
        match self {
            Self::County => {
                let all = || catalogue.counties.iter();
                let exact: Vec<String> =
                    all().filter(|c| is(&c.code, &c.name)).map(|c| c.code.clone()).collect();
                if !exact.is_empty() || text.chars().count() < 2 {
                    return exact;
                }
                // Without its last character, as people say it.
                let short = |name: &str| name.strip_suffix(['区', '县', '市']) == Some(text);
                all().filter(|c| short(&c.name.zh)).map(|c| c.code.clone()).collect()
            }
            Self::Region => {
                let found = catalogue.regions.iter().find(|r| is(&r.key, &r.name));
                found.map(|region| region.key.clone()).into_iter().collect()
            }
            Self::Kind => {
                let found = catalogue.kinds.iter().find(|k| is(&k.key, &k.name));
                found.map(|kind| kind.key.clone()).into_iter().collect()
            }
            Self::Task => {
                let known = catalogue.plan.outline.get(text).is_some();
                known.then(|| text.to_owned()).into_iter().collect()
            }
            Self::Status | Self::Accuracy => {
                self.values(catalogue).into_iter().filter(|value| value == text).collect()
            }
        }
    }
}

impl Filter {
    /// The values of a facet that it wants; none lets everything pass.
    pub fn wanted(&self, facet: Facet) -> Vec<&str> {
        match facet {
            Facet::County => texts(&self.counties),
            Facet::Region => texts(&self.regions),
            Facet::Task => texts(&self.tasks),
            Facet::Kind => texts(&self.kinds),
            Facet::Status => self.status.iter().map(|status| status.key()).collect(),
            Facet::Accuracy => self.accuracies.iter().map(|class| class.key()).collect(),
        }
    }

    /// Whether it wants a value.
    pub fn wants(&self, facet: Facet, value: &str) -> bool {
        self.wanted(facet).contains(&value)
    }

    /// Wants a value, or no longer. A status or an accuracy that there is not is passed over.
    pub fn toggle(&mut self, facet: Facet, value: &str) {
        match facet {
            Facet::County => toggle(&mut self.counties, value.to_owned()),
            Facet::Region => toggle(&mut self.regions, value.to_owned()),
            Facet::Task => toggle(&mut self.tasks, value.to_owned()),
            Facet::Kind => toggle(&mut self.kinds, value.to_owned()),
            Facet::Status => {
                if let Some(status) = Status::from_key(value) {
                    toggle(&mut self.status, status);
                }
            }
            Facet::Accuracy => {
                if let Some(class) = Accuracy::from_key(value) {
                    toggle(&mut self.accuracies, class);
                }
            }
        }
    }

    /// Wants this value of the facet only; nothing of it, where it was the only one.
    pub fn isolate(&mut self, facet: Facet, value: &str) {
        let was_alone = self.wanted(facet) == [value];
        *self = self.without(facet);
        if !was_alone {
            self.toggle(facet, value);
        }
    }

    /// Wants a value besides those it wants.
    pub fn want(&mut self, facet: Facet, value: &str) {
        if !self.wants(facet, value) {
            self.toggle(facet, value);
        }
    }

    /// The same without any wish for a facet.
    #[must_use]
    pub fn without(&self, facet: Facet) -> Self {
        let mut other = self.clone();
        match facet {
            Facet::County => other.counties.clear(),
            Facet::Region => other.regions.clear(),
            Facet::Task => other.tasks.clear(),
            Facet::Kind => other.kinds.clear(),
            Facet::Status => other.status.clear(),
            Facet::Accuracy => other.accuracies.clear(),
        }
        other
    }

    /// Whether a project has one of the wanted values of each facet.
    pub(super) fn matches_facets(&self, project: &Project) -> bool {
        Facet::ALL.into_iter().all(|facet| {
            let wanted = self.wanted(facet);
            wanted.is_empty() || {
                let own = facet.values_of(project, self.ends_only);
                wanted.iter().any(|value| own.contains(value))
            }
        })
    }
}

/// Few values, each once, in their order.
fn once<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

fn texts(set: &BTreeSet<String>) -> Vec<&str> {
    set.iter().map(String::as_str).collect()
}

/// `3.1.1`, `3.1` and `3`.
fn with_ancestors(id: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(id), |id| id.rsplit_once('.').map(|(parent, _)| parent))
}
