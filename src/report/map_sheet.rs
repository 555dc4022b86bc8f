//! The map sheet: its words, its legend and its map.

use super::{
    legend::basemap_group,
    map_content::{MapContent, MapExtras},
    picture::length_words,
};
use crate::{
    app::{credits, text},
    basemap::BasemapError,
    catalogue::{Catalogue, Update},
    geo::Datum,
    paper::{Item, Subject},
    plot::{self, Frame},
    scene::legend::LayerLook,
    sheet::{Legend, MapSheet, Page, SheetContent, SheetError, SheetLook, SheetMap},
    tr,
    units::Extent,
};

/// A sheet that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct SheetRequest<'a> {
    pub content: MapContent<'a>,
    pub page: Page,
    pub extent: Extent,
    /// N of 1:N at the extent's centre; `None` for the largest usual scale that holds the extent.
    pub denominator: Option<f64>,
    /// `None` for the plan's title.
    pub title: Option<&'a str>,
    /// The number under which the map was reviewed (审图号).
    pub review_number: Option<&'a str>,
    /// What the user's layers look like in the legend.
    pub layers: &'a [LayerLook<'a>],
}

impl SheetRequest<'_> {
    /// Arranges the sheet; what the map shows is then chosen for its viewport.
    ///
    /// # Errors
    /// Paper without room, or a scale that shows nothing.
    pub fn arranged(&self) -> Result<MapSheet, SheetError> {
        // Which layers of the basemap are seen depends on the scale, and the room for the map on
        // the legend: first with all, then with those that are seen.
        let all: Vec<&str> =
            crate::basemap::layers::LAYERS.iter().map(|layer| layer.name()).collect();
        let first = self.sheet(self.denominator, &all)?;
        let seen = self.basemap_layers(&first);
        self.sheet(Some(first.denominator), &seen)
    }

    /// The whole sheet as items.
    ///
    /// # Errors
    /// A damaged basemap.
    pub fn items(&self, sheet: MapSheet, extras: MapExtras<'_>) -> Result<Vec<Item>, BasemapError> {
        let map = self.content.map(sheet.viewport, extras, Vec::new())?;
        Ok(sheet.with_map(vec![map]))
    }

    fn sheet(&self, denominator: Option<f64>, basemap: &[&str]) -> Result<MapSheet, SheetError> {
        let MapContent { fonts, mode, .. } = self.content;
        let words = self.words(basemap);
        let look = SheetLook::of(mode);
        let datum = self.content.datum();
        let map = SheetMap { extent: self.extent, denominator, datum };
        MapSheet::new(self.page, map, &words, &look, fonts)
    }

    /// The names of the basemap's layers that the map shows.
    fn basemap_layers(&self, sheet: &MapSheet) -> Vec<&'static str> {
        let Some(frame) = Frame::new(&sheet.viewport, [0.0; 2]) else { return Vec::new() };
        let (items, _) = plot::basemap(&frame, self.content.basemap, self.content.palette());
        let names = items.iter().filter_map(|item| match item.subject {
            Some(Subject::Basemap(name)) => Some(name),
            _ => None,
        });
        names.collect()
    }

    fn words(&self, basemap: &[&str]) -> SheetContent {
        let MapContent { catalogue, language, shown, .. } = self.content;
        let plan = &catalogue.plan.title;
        let [lines, points, own] = self.content.legend(self.layers);
        let totals = catalogue.totals(shown.iter().copied());
        SheetContent {
            title: self.title.unwrap_or(plan).to_owned(),
            subtitle: text::totals(&totals, language),
            legend: Legend {
                title: tr!(language, "legend.title"),
                groups: vec![lines, points, own, basemap_group(basemap, language)],
            },
            north: tr!(language, "north"),
            scale: tr!(language, "sheet.scale"),
            lengths: length_words(),
            notes: vec![self.coordinates(), self.dates(), self.sources()],
            review: match self.review_number {
                Some(number) => tr!(language, "sheet.review", number = number),
                None => tr!(language, "sheet.no_review"),
            },
        }
    }

    fn coordinates(&self) -> String {
        let language = self.content.language;
        match self.content.datum() {
            Datum::Wgs84 | Datum::Cgcs2000 => tr!(language, "sheet.crs"),
            shifted => {
                let name = tr!(language, format!("datum.{}", shifted.key()));
                tr!(language, "sheet.crs_shifted", datum = name)
            }
        }
    }

    /// When the plan was published, and until when public reports were followed.
    fn dates(&self) -> String {
        let MapContent { catalogue, language, shown, .. } = self.content;
        let latest = latest_report(catalogue, shown);
        match (catalogue.made_public.as_deref(), latest) {
            (Some(plan), Some(reports)) => {
                tr!(language, "sheet.dates", plan = plan, reports = reports)
            }
            (Some(plan), None) => tr!(language, "sheet.date_plan", plan = plan),
            (None, Some(reports)) => tr!(language, "sheet.date_reports", reports = reports),
            (None, None) => tr!(language, "sheet.no_date"),
        }
    }

    fn sources(&self) -> String {
        let MapContent { catalogue, language, basemap, .. } = self.content;
        let embedded = credits::embedded_owners(basemap.attribution(), language);
        let owners = self.content.outside.map_or(&embedded, |outside| &outside.credit);
        let plan = &catalogue.plan.title;
        let mut text = tr!(language, "sheet.sources", plan = plan, owners = owners);
        if !self.layers.is_empty() {
            let names: Vec<&str> = self.layers.iter().map(|layer| layer.name).collect();
            text.push_str(&tr!(language, "sheet.layers", names = names.join(" · ")));
        }
        text
    }
}

/// The date of the latest public report that says one, of the projects shown.
fn latest_report<'a>(catalogue: &'a Catalogue, shown: &[usize]) -> Option<&'a str> {
    let projects = shown.iter().filter_map(|&i| catalogue.projects.get(i));
    let dates = projects.flat_map(|project| &project.updates).map(|Update { date, .. }| date);
    dates.map(String::as_str).filter(|date| is_date(date)).max()
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
