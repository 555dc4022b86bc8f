//! Everything of a plan that can be found, and what answers to a text, best first.

use std::sync::Arc;

use super::{
    country::{Country, Elsewhere},
    names::{Name, Worth},
    position::{Position, positions},
    stake::{StakeText, stake},
    words,
};
use crate::{
    catalogue::{Catalogue, Project, Role},
    units::{LonLat, TextRange},
};

/// What answers of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HitGroup {
    Position,
    Stake,
    Project,
    County,
    Place,
    /// Units and towns beyond what the plan stands on.
    Elsewhere,
    Sentence,
}

impl HitGroup {
    pub const ALL: [Self; 7] = [
        Self::Position,
        Self::Stake,
        Self::Project,
        Self::County,
        Self::Place,
        Self::Elsewhere,
        Self::Sentence,
    ];

    /// Stable: in JSON and in the keys of locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Stake => "stake",
            Self::Project => "project",
            Self::County => "county",
            Self::Place => "place",
            Self::Elsewhere => "elsewhere",
            Self::Sentence => "sentence",
        }
    }
}

/// Something found.
#[derive(Debug, Clone, PartialEq)]
pub enum Hit {
    Position(Position),
    /// A stake of a line of a project, by position of both.
    Stake {
        project: usize,
        feature: usize,
        chainage_m: f64,
        /// `None` where the line ends before.
        at: Option<LonLat>,
        /// Its whole length.
        length_m: f64,
    },
    /// By position.
    Project(usize),
    /// GB/T 2260 code.
    County(String),
    /// Position in the gazetteer.
    Place(usize),
    /// Somewhere else in the country.
    Elsewhere(Arc<Elsewhere>),
    /// Position in the plan's sentences, and the words found in it.
    Sentence(usize, TextRange),
}

/// The hits of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    pub group: HitGroup,
    /// How many there are, of which the best are in `hits`.
    pub count: usize,
    pub hits: Vec<Hit>,
}

/// What was found, the group with the best hit first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    pub groups: Vec<Hits>,
}

impl Found {
    /// All hits in the order of the list.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.groups.iter().flat_map(|group| &group.hits)
    }
}

/// Names prepared once.
#[derive(Debug)]
pub struct Finder {
    projects: Vec<Name>,
    counties: Vec<Name>,
    places: Vec<Name>,
    center: LonLat,
}

impl Finder {
    pub fn new(catalogue: &Catalogue) -> Self {
        let extent = catalogue.city_extent();
        Self {
            projects: catalogue.each_project().map(name_of).collect(),
            counties: catalogue
                .counties
                .iter()
                .map(|c| Name::of([c.name.zh.as_str()], &c.name.en))
                .collect(),
            places: catalogue
                .gazetteer
                .places()
                .iter()
                .map(|place| {
                    let aliases = place.aliases.iter().map(String::as_str);
                    Name::of(std::iter::once(place.name.as_str()).chain(aliases), "")
                })
                .collect(),
            center: extent.map_or(LonLat::new(0.0, 0.0), |e| {
                let middle = |a: f64, b: f64| f64::midpoint(a, b);
                LonLat::new(middle(e.west_deg, e.east_deg), middle(e.south_deg, e.north_deg))
            }),
        }
    }

    /// What answers to the text, at most `most` of each group. Lines of the selected projects come
    /// first where a stake is given without a line. What lies elsewhere in the country comes after the
    /// plan's own, and is not found while the country has not been read.
    pub fn find(
        &self,
        catalogue: &Catalogue,
        country: Option<&Country>,
        text: &str,
        selected: &[String],
        most: usize,
    ) -> Found {
        let text = text.trim();
        if text.is_empty() {
            return Found::default();
        }
        let mut ranked: Vec<(HitGroup, Vec<(Worth, Hit)>)> = Vec::new();
        let given = positions(text, self.center).into_iter();
        ranked.push((
            HitGroup::Position,
            given.map(|position| (Worth::Exact, Hit::Position(position))).collect(),
        ));
        if let Some(asked) = stake(text) {
            ranked.push((HitGroup::Stake, self.stakes(catalogue, &asked, selected)));
        }
        ranked.push((HitGroup::Project, self.found_projects(catalogue, text)));
        ranked.push((
            HitGroup::County,
            by_name(&self.counties, text, |i| {
                catalogue.counties.get(i).map(|county| Hit::County(county.code.clone()))
            }),
        ));
        let place = |i| Some(Hit::Place(i));
        let mut places = by_name(&self.places, text, place);
        if let Some(short) = without_class(text).filter(|_| places.is_empty()) {
            // 晋祠镇 where only 晋祠 is known: near it, not it.
            let near = by_name(&self.places, short, place).into_iter();
            places = near.map(|(worth, hit)| (worth.min(Worth::Shortened), hit)).collect();
        }
        ranked.push((HitGroup::Place, places));
        let elsewhere = country.map(|own| own.find(catalogue, text, self.center, most));
        let (elsewhere, far) = elsewhere.unwrap_or_default();
        ranked.push((HitGroup::Elsewhere, elsewhere));
        ranked.push((HitGroup::Sentence, sentences(catalogue, text)));
        ranked.retain(|(_, hits)| !hits.is_empty());
        // Stable: equals stay in the order of the groups.
        ranked.sort_by_key(|(group, hits)| {
            let best = hits.first().map(|(worth, _)| *worth);
            // The plan's own come first wherever a name of theirs answers.
            let is_far = *group == HitGroup::Elsewhere;
            std::cmp::Reverse(if is_far { best.min(Some(Worth::Within)) } else { best })
        });
        let groups = ranked.into_iter().map(|(group, hits)| Hits {
            group,
            count: if group == HitGroup::Elsewhere { far } else { hits.len() },
            hits: hits.into_iter().map(|(_, hit)| hit).take(most).collect(),
        });
        Found { groups: groups.collect() }
    }

    fn found_projects(&self, catalogue: &Catalogue, text: &str) -> Vec<(Worth, Hit)> {
        let lower = text.to_lowercase();
        let beside = |project: &Project| {
            project.organisations.iter().any(|name| name.to_lowercase().contains(&lower))
        };
        let worth = |i: usize, project: &Project| {
            if project.id.eq_ignore_ascii_case(text) {
                return Some(Worth::Exact);
            }
            let by_name = self.projects.get(i).and_then(|name| name.worth(text));
            by_name.or_else(|| beside(project).then_some(Worth::Beside))
        };
        let all = catalogue.projects.iter().enumerate();
        let found = all.filter_map(|(i, project)| Some((worth(i, project)?, Hit::Project(i))));
        best_first(found.collect())
    }

    /// The stake on every line that the text names, on all where it names none.
    fn stakes(
        &self,
        catalogue: &Catalogue,
        asked: &StakeText,
        selected: &[String],
    ) -> Vec<(Worth, Hit)> {
        let mut found: Vec<(bool, Worth, Hit)> = Vec::new();
        for (i, project) in catalogue.projects.iter().enumerate() {
            let is_selected = selected.contains(&project.id);
            let is_meant = asked.line.is_empty() || project.id.eq_ignore_ascii_case(&asked.line);
            let worth = if is_meant {
                Some(Worth::Exact)
            } else {
                self.projects.get(i).and_then(|name| name.worth(&asked.line))
            };
            let Some(worth) = worth else { continue };
            for (feature, own) in catalogue.features_of(project, Role::Main) {
                let Some(Some(line)) = catalogue.alignments.get(feature) else { continue };
                if !own.counts_length || asked.chainage.m < 0.0 {
                    continue;
                }
                let length_m = line.length_m();
                let is_on = asked.chainage.m <= length_m;
                // A line that ends before is only an answer where it was named.
                if !is_on && asked.line.is_empty() {
                    continue;
                }
                let at = is_on.then(|| line.point_at(asked.chainage.m));
                let hit =
                    Hit::Stake { project: i, feature, chainage_m: asked.chainage.m, at, length_m };
                found.push((is_selected, worth, hit));
            }
        }
        found.sort_by_key(|(is_selected, worth, _)| std::cmp::Reverse((*is_selected, *worth)));
        found.into_iter().map(|(_, worth, hit)| (worth, hit)).collect()
    }
}

fn name_of(project: &Project) -> Name {
    Name::of([project.name.zh.as_str(), project.short_name.zh.as_str()], &project.name.en)
}

/// A name without the class of its place.
fn without_class(text: &str) -> Option<&str> {
    const CLASSES: [&str; 9] = ["街道", "镇", "乡", "村", "区", "县", "市", "站", "景区"];
    let short = CLASSES.iter().find_map(|class| text.strip_suffix(class))?;
    (short.chars().count() >= 2).then_some(short)
}

fn by_name(names: &[Name], text: &str, hit: impl Fn(usize) -> Option<Hit>) -> Vec<(Worth, Hit)> {
    let found = names.iter().enumerate();
    best_first(found.filter_map(|(i, name)| Some((name.worth(text)?, hit(i)?))).collect())
}

/// The best first; equals as they stood.
fn best_first(mut found: Vec<(Worth, Hit)>) -> Vec<(Worth, Hit)> {
    found.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    found
}

/// Sentences that hold the words: worth less than a name, in the order of the plan.
fn sentences(catalogue: &Catalogue, text: &str) -> Vec<(Worth, Hit)> {
    /// One character or one letter stands everywhere.
    const LEAST: usize = 2;
    if text.chars().count() < LEAST {
        return Vec::new();
    }
    let found = words::sentences(&catalogue.plan, text).into_iter();
    found.map(|(i, place)| (Worth::Shortened, Hit::Sentence(i, place))).collect()
}
