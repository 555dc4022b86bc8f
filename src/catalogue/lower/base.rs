//! What is the same for every plan: kinds, counties, places of the gazetteer, sources.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    beyond::Country,
    country::{self, Surroundings, Unit},
    features, links, or_report, report,
    sources::SourceLines,
};
use crate::{
    areas::{Area, Level},
    catalogue::{
        CooperationRegion, County, Kind,
        seed::{SeedFiles, read_json},
        seed_later::SourceSeed,
    },
    diagnostics::Diagnostic,
    document::project_table::{Meaning, TableFile},
    gazetteer::Gazetteer,
    geo::{CountyArea, CountyIndex},
    language::Bilingual,
    plan,
};

/// Read once, used for every plan and every workbook.
#[derive(Debug)]
pub struct Base {
    pub(super) kinds: Vec<Kind>,
    pub(super) counties: Vec<County>,
    pub(super) regions: Vec<CooperationRegion>,
    pub(super) gazetteer: Arc<Gazetteer>,
    pub(super) sources: SourceLines,
    /// The lines of the sources that places of the gazetteer name.
    pub(super) place_sources: Arc<BTreeMap<String, Bilingual>>,
    pub(super) county_index: CountyIndex,
    /// Whose plan it is, where that is another city than the seeds'.
    pub(super) unit: Option<Unit>,
    /// Counties of the whole country.
    pub(super) country: Arc<Country>,
    /// When the seeds' own plan was made public.
    pub(super) made_public: Option<String>,
    /// The title of the seeds' own plan in both languages.
    pub(super) title: Bilingual,
}

impl Base {
    /// Reads it from the seeds. What is wrong with them is reported.
    pub fn new(seeds: &SeedFiles<'_>, out: &mut Vec<Diagnostic>) -> Self {
        let kinds = links::kinds(seeds.kinds, out);
        let (mut counties, errors) = features::counties("counties.geojson", seeds.counties);
        report(errors, out);
        let regions = links::regions(seeds.regions, out);
        counties.extend(regions.elsewhere);
        let gazetteer = links::gazetteer(seeds.gazetteer, &counties, out);
        let sources: Vec<SourceSeed> = or_report(read_json("sources.json", seeds.sources), out);
        let county_index = county_index(&counties);
        let sources = SourceLines::new(&sources);
        Self {
            place_sources: Arc::new(place_sources(&gazetteer, &sources)),
            kinds,
            counties,
            regions: regions.cooperation,
            gazetteer: Arc::new(gazetteer),
            sources,
            county_index,
            unit: None,
            country: Arc::new(Country::new(seeds.country)),
            made_public: regions.made_public,
            title: regions.title,
        }
    }

    /// The same with the counties and places of the city that a plan's title names, where that is
    /// another than the seeds'.
    pub(super) fn for_plan(
        self,
        plan_bytes: &[u8],
        seeds: &SeedFiles<'_>,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        if plan_bytes == seeds.plan {
            return self;
        }
        let title = plan::parse(plan_bytes).plan.title;
        match country::of(&title, seeds.country, out) {
            Some(other) => self.standing_on(other),
            None => self,
        }
    }

    /// The same with the counties and places around the unit with that code, chosen by hand; as it is
    /// where the code is the seeds' own city or nothing's.
    #[must_use]
    pub fn for_city(self, code: &str, seeds: &SeedFiles<'_>, out: &mut Vec<Diagnostic>) -> Self {
        match country::of_code(code, seeds.country, out) {
            Some(other) => self.standing_on(other),
            None => self,
        }
    }

    /// The code of the unit that a plan's title names; `None` where it does not tell, or tells the
    /// seeds' own city.
    pub fn city_of_plan(plan_bytes: &[u8], seeds: &SeedFiles<'_>) -> Option<String> {
        if plan_bytes == seeds.plan {
            return None;
        }
        country::code_of(&plan::parse(plan_bytes).plan.title, seeds.country)
    }

    /// Whether a GB/T 2260 code is that of a county, a prefecture or a province.
    ///
    /// # Errors
    /// It is none: some that are written nearly so, the nearest first.
    pub fn check_city(code: &str, seeds: &SeedFiles<'_>) -> Result<(), Vec<Area>> {
        country::check_code(code, seeds.country)
    }

    /// The code of the unit that a table of projects is of: by its title or the name of its file, else
    /// the prefecture that most rows name. `None` where they do not tell, or tell the seeds' own city.
    pub fn city_of_table(file: &TableFile, seeds: &SeedFiles<'_>) -> Option<String> {
        let title = file.table.title().unwrap_or_default();
        let places = file
            .table
            .projects()
            .filter_map(|(_, row)| row.cell(Meaning::County).or_else(|| row.cell(Meaning::Place)));
        let words: Vec<&str> = places.map(|cell| cell.words.as_str()).take(300).collect();
        country::code_of_words(&[title, &file.name], &words, seeds.country)
    }

    fn standing_on(self, other: Surroundings) -> Self {
        let gazetteer = Gazetteer::new(other.places, other.county_names);
        Self {
            county_index: county_index(&other.counties),
            place_sources: Arc::new(place_sources(&gazetteer, &self.sources)),
            gazetteer: Arc::new(gazetteer),
            counties: other.counties,
            unit: Some(other.unit),
            ..self
        }
    }

    /// The code of the county whose plan it is; `None` where it is that of a city or a province.
    pub(super) fn own_county(&self) -> Option<&str> {
        let unit = self.unit.as_ref().filter(|unit| unit.level == Level::County)?;
        Some(&unit.code)
    }

    /// The kinds of projects there are.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The counties there are.
    pub fn counties(&self) -> &[County] {
        &self.counties
    }

    /// The cooperation regions there are.
    pub fn regions(&self) -> &[CooperationRegion] {
        &self.regions
    }
}

fn place_sources(gazetteer: &Gazetteer, sources: &SourceLines) -> BTreeMap<String, Bilingual> {
    let line = |id: &str| Some((id.to_owned(), sources.get(id)?.clone()));
    gazetteer.places().iter().filter_map(|place| line(&place.source)).collect()
}

pub(super) fn county_index(counties: &[County]) -> CountyIndex {
    let areas = counties.iter().map(|county| CountyArea {
        code: county.code.clone(),
        name: county.name.zh.clone(),
        polygon: county.polygon.clone(),
    });
    CountyIndex::new(areas.collect())
}
