//! The valid model: projects, regions, counties, tasks and how they are linked.
//!
//! [`lower::lower`] makes it from the plan and the seeds, and is the only place that validates.
//! It knows nothing of files, windows or time.

pub mod accuracy;
mod apart;
mod candidates;
pub mod edit;
mod facet;
mod facet_totals;
pub mod feature;
pub mod filter;
pub mod lower;
mod on_line;
mod outline;
pub mod project;
mod reach;
pub mod region;
pub mod revise;
pub mod seed;
mod seed_english;
mod seed_later;
mod seed_texts;
pub mod tasks;
pub mod totals;
pub mod tour;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use accuracy::{Accuracy, Status};
pub use candidates::PlaceCandidate;
pub use facet::Facet;
pub use facet_totals::{FacetTotals, FacetValue};
pub use feature::{ControlPoint, Feature, LineClass, Role, Shape};
pub use filter::{Along, Filter, FilterFault, Near};
pub use on_line::OnLine;
pub use outline::{Outline, OutlineRing};
pub use project::{
    Change, CountyShare, Fact, Investment, Project, ProjectOrigin, SetValue, Unlocated, Update,
    id_order,
};
pub use region::{CooperationRegion, County, Kind, PartnerCity, Target};
pub use tasks::Task;
pub use totals::{CountyMoney, Totals};
pub use tour::{Slide, SlideFigure, SlideSeen, SlideView};

use crate::{
    gazetteer::{Gazetteer, SearchKey},
    geo::{Alignment, CountyPiece, FeatureId, FeatureIndex},
    language::{Bilingual, Language},
    plan::Plan,
    units::Extent,
};

/// Everything known about one plan.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub plan: Arc<Plan>,
    /// The date on which the plan was made public, where it is known.
    pub made_public: Option<String>,
    /// The plan's title, where it is translated.
    pub title: Option<Bilingual>,
    /// Sorted by [`id_order`]. What an edit does not change is shared with the catalogue before it.
    pub projects: Vec<Arc<Project>>,
    pub features: Vec<Feature>,
    /// The city's own first, then by code.
    pub counties: Arc<[County]>,
    pub regions: Vec<CooperationRegion>,
    pub kinds: Vec<Kind>,
    pub targets: Vec<Target>,
    pub slides: Vec<Slide>,
    pub gazetteer: Arc<Gazetteer>,
    /// Where the positions of its places come from, by the ids that they name.
    pub(crate) place_sources: Arc<BTreeMap<String, Bilingual>>,
    /// One per project, in the same order.
    pub search_keys: Vec<Arc<SearchKey>>,
    /// One per feature; `None` where it is no line.
    pub alignments: Vec<Option<Alignment>>,
    /// One per feature: the counties along it, in order. Empty where it is no line.
    pub county_pieces: Vec<Vec<CountyPiece>>,
    /// Over `features` that stand for a project.
    pub index: FeatureIndex,
    pub(crate) task_titles: BTreeMap<String, Bilingual>,
    pub(crate) by_id: Arc<BTreeMap<String, usize>>,
    pub(crate) projects_by_feature: Vec<Vec<usize>>,
}

impl Catalogue {
    /// The plan's title, in English where it is translated.
    pub fn title(&self, language: Language) -> &str {
        match (&self.title, language) {
            (Some(title), Language::English) => title.get(language),
            // A workbook without a plan.
            (Some(title), Language::Chinese) if self.plan.title.is_empty() => &title.zh,
            _ => &self.plan.title,
        }
    }

    /// The project with that id.
    pub fn project(&self, id: &str) -> Option<&Project> {
        self.by_id.get(id).and_then(|&i| self.projects.get(i)).map(Arc::as_ref)
    }

    /// The project at a position of `projects`.
    pub fn project_at(&self, position: usize) -> Option<&Project> {
        self.projects.get(position).map(Arc::as_ref)
    }

    /// All projects, in their order.
    pub fn each_project(&self) -> impl ExactSizeIterator<Item = &Project> {
        self.projects.iter().map(Arc::as_ref)
    }

    /// Its position in `projects`.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The county with that code.
    pub fn county(&self, code: &str) -> Option<&County> {
        self.counties.iter().find(|county| county.code == code)
    }

    /// The kind with that key.
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// The cooperation region with that key.
    pub fn region(&self, key: &str) -> Option<&CooperationRegion> {
        self.regions.iter().find(|region| region.key == key)
    }

    /// The features of a project that have the role.
    pub fn features_of<'a>(
        &'a self,
        project: &'a Project,
        role: Role,
    ) -> impl Iterator<Item = (usize, &'a Feature)> + 'a {
        project
            .features
            .iter()
            .filter_map(|&i| self.features.get(i).map(|feature| (i, feature)))
            .filter(move |(_, feature)| feature.role == role)
    }

    /// Positions in `projects` of those that own one of the features in their main role.
    pub fn projects_of_features(&self, features: &[FeatureId]) -> BTreeSet<usize> {
        features
            .iter()
            .filter_map(|id| self.projects_by_feature.get(id.0 as usize))
            .flatten()
            .copied()
            .collect()
    }

    /// Features within some kilometres of any geometry of the project, its own included.
    pub fn within_km_of_project(&self, id: &str, km: f64) -> Vec<FeatureId> {
        let Some(project) = self.project(id) else {
            return Vec::new();
        };
        let mut hits = BTreeSet::new();
        for (_, feature) in self.features_of(project, Role::Main) {
            match &feature.shape {
                Shape::Point(at) => hits.extend(self.index.within_m_of_point(*at, km * 1000.0)),
                Shape::Line(line) => hits.extend(self.index.within_m_of_line(line, km * 1000.0)),
                Shape::Area(area) => {
                    hits.extend(self.index.within_m_of_line(area.exterior(), km * 1000.0));
                    hits.extend(self.index.in_polygon(area));
                }
            }
        }
        hits.into_iter().collect()
    }

    /// Length of a feature if it is a line that counts for its project, else 0.
    pub fn counted_length_km(&self, feature: usize) -> f64 {
        let counts = self.features.get(feature).is_some_and(|f| f.counts_length);
        match self.alignments.get(feature) {
            Some(Some(alignment)) if counts => alignment.length_m() / 1000.0,
            _ => 0.0,
        }
    }

    /// The extent of the projects' main geometry; `None` when none of them has any.
    pub fn extent_of<'a>(&self, projects: impl IntoIterator<Item = &'a Project>) -> Option<Extent> {
        projects
            .into_iter()
            .flat_map(|project| project.features.iter())
            .filter_map(|&i| self.features.get(i))
            .filter(|feature| feature.role == Role::Main)
            .filter_map(|feature| feature.shape.extent())
            .reduce(Extent::union)
    }

    /// The date of the latest public report that says at least its month, of some projects by position.
    pub fn latest_report(&self, of: &[usize]) -> Option<&str> {
        let projects = of.iter().filter_map(|&i| self.projects.get(i));
        let dates = projects.flat_map(|project| &project.updates).map(|own| own.date.as_str());
        dates.filter(|date| is_date(date)).max()
    }

    /// The extent of projects with what is there already and helps to read them, such as the
    /// stretch of another road that closes a ring.
    pub fn whole_extent_of<'a>(
        &self,
        projects: impl IntoIterator<Item = &'a Project>,
    ) -> Option<Extent> {
        projects
            .into_iter()
            .flat_map(|project| project.features.iter())
            .filter_map(|&i| self.features.get(i))
            .filter(|feature| feature.role != Role::Update)
            .filter_map(|feature| feature.shape.extent())
            .reduce(Extent::union)
    }

    /// The stretches of a project's lines within a county, in degrees.
    pub fn stretches(&self, project: &Project, county: &str) -> Vec<geo::LineString<f64>> {
        let mut found = Vec::new();
        for (i, _) in self.features_of(project, Role::Main) {
            let Some(line) = self.alignments.get(i).and_then(Option::as_ref) else { continue };
            let pieces = self.county_pieces.get(i).into_iter().flatten();
            let own = pieces.filter(|piece| piece.code.as_deref() == Some(county));
            found.extend(own.map(|piece| line.slice(piece.from_m, piece.to_m)));
        }
        found
    }

    /// The extent of a county.
    pub fn county_extent(&self, code: &str) -> Option<Extent> {
        let county = self.county(code)?;
        Extent::around(
            county.polygon.iter().flat_map(|area| area.exterior().coords()).map(|c| (*c).into()),
        )
    }

    /// The extent of the plan's own counties.
    pub fn city_extent(&self) -> Option<Extent> {
        self.counties
            .iter()
            .filter(|county| county.in_city)
            .filter_map(|county| self.county_extent(&county.code))
            .reduce(Extent::union)
    }

    /// Projects whose words lie in or touch the sentence at this position.
    pub fn projects_in_sentence(&self, sentence: usize) -> Vec<usize> {
        let Some(sentence) = self.plan.sentences.get(sentence) else {
            return Vec::new();
        };
        self.projects
            .iter()
            .enumerate()
            .filter(|(_, project)| project.mentions().any(|range| range.overlaps(sentence.range)))
            .map(|(i, _)| i)
            .collect()
    }
}

/// Whether a text is a year and a month, with a day or without: these sort by time.
fn is_date(text: &str) -> bool {
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = text.split('-');
    parts.next().is_some_and(|year| digits(year, 4))
        && parts.next().is_some_and(|month| digits(month, 2))
        && parts.next().is_none_or(|day| digits(day, 2))
        && parts.next().is_none()
}
