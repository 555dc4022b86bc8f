//! The map sheet: its words, its legend and its map.

use super::{
    legend::basemap_group,
    map_content::{MapContent, MapExtras},
    picture::length_words,
};
use crate::{
    app::credits,
    basemap::BasemapError,
    geo::MercatorExtent,
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
    pub layers: &'a [LayerLook],
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
        let first = self.sheet(self.denominator, &all, None)?;
        let seen = self.basemap_layers(&first);
        self.sheet(Some(first.denominator), &seen, Some(&first.viewport.extent()))
    }

    /// The whole sheet as items.
    ///
    /// # Errors
    /// A damaged basemap.
    pub fn items(&self, sheet: MapSheet, extras: MapExtras<'_>) -> Result<Vec<Item>, BasemapError> {
        let map = self.content.map(sheet.viewport, extras, Vec::new())?;
        Ok(sheet.with_map(vec![map]))
    }

    fn sheet(
        &self,
        denominator: Option<f64>,
        basemap: &[&str],
        within: Option<&MercatorExtent>,
    ) -> Result<MapSheet, SheetError> {
        let MapContent { fonts, mode, .. } = self.content;
        let words = self.words(basemap, within);
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

    fn words(&self, basemap: &[&str], within: Option<&MercatorExtent>) -> SheetContent {
        let MapContent { catalogue, language, .. } = self.content;
        let [lines, points, own] = self.content.legend(self.layers, within);
        SheetContent {
            title: self.title.unwrap_or(catalogue.title(language)).to_owned(),
            subtitle: self.content.subtitle(),
            legend: Legend {
                title: tr!(language, "legend.title"),
                groups: vec![lines, points, own, basemap_group(basemap, language)],
            },
            north: tr!(language, "north"),
            scale: tr!(language, "sheet.scale"),
            lengths: length_words(),
            notes: vec![self.coordinates(), self.content.dates(), self.sources()],
            review: match self.review_number {
                Some(number) => tr!(language, "sheet.review", number = number),
                None => tr!(language, "sheet.no_review"),
            },
        }
    }

    fn coordinates(&self) -> String {
        let language = self.content.language;
        let datum = self.content.datum();
        if datum.is_shifted() {
            let name = tr!(language, format!("datum.{}", datum.key()));
            tr!(language, "sheet.crs_shifted", datum = name)
        } else {
            tr!(language, "sheet.crs")
        }
    }

    fn sources(&self) -> String {
        let MapContent { catalogue, language, basemap, .. } = self.content;
        let (owed, relief) = (basemap.attribution(), basemap.relief().is_some());
        let owners = self.content.outside.map_or_else(
            || credits::embedded_owners(owed, relief, language),
            |outside| credits::of_both(&outside.credit, owed, relief, language),
        );
        let plan = &catalogue.plan.title;
        let mut text = tr!(language, "sheet.sources", plan = plan, owners = owners);
        if !self.layers.is_empty() {
            let names: Vec<&str> = self.layers.iter().map(|layer| layer.name.as_str()).collect();
            text.push_str(&tr!(language, "sheet.layers", names = names.join(" · ")));
        }
        text
    }
}
