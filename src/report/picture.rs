//! The map as a picture, with title, legend, scale and credits over it.

use super::map_content::{MapContent, MapExtras};
use crate::{
    app::{credits, export::MapPart},
    basemap::BasemapError,
    geo::Datum,
    paper::Item,
    plot::FeatureLayer,
    scene::{self, Padding, Viewport},
    sheet::{
        Legend, LegendGroup, Overlay, OverlayContent, over_picture,
        scale::{LengthWords, viewport_of_scale},
    },
    tr,
};

/// A picture that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PictureRequest<'a> {
    pub content: MapContent<'a>,
    pub size_pt: [f32; 2],
    pub part: MapPart,
    /// N of 1:N at the centre, where a point is 1/96 inch; `None` fits the part.
    pub denominator: Option<f64>,
    /// `None` for the plan's title.
    pub title: Option<&'a str>,
}

impl PictureRequest<'_> {
    /// The part of the world that the picture shows.
    pub fn viewport(&self) -> Viewport {
        let [width_pt, height_pt] = self.size_pt;
        let fitted = match self.part {
            MapPart::Extent(extent) => scene::fit(extent, self.size_pt, Padding::even(36.0)),
            MapPart::Viewport(seen) => {
                let ratio = f64::from((width_pt / seen.width_pt).min(height_pt / seen.height_pt));
                let zoom = seen.zoom + ratio.max(f64::MIN_POSITIVE).log2();
                Viewport { zoom, width_pt, height_pt, datum: Datum::Wgs84, ..seen }
            }
        };
        let scaled = self
            .denominator
            .map(|denominator| viewport_of_scale(fitted.center, self.size_pt, denominator));
        Viewport { datum: self.content.datum(), ..scaled.unwrap_or(fitted) }
    }

    /// The picture as items; what else it shows has been chosen for [`Self::viewport`].
    ///
    /// # Errors
    /// A damaged basemap.
    pub fn items(&self, extras: MapExtras<'_>) -> Result<Vec<Item>, BasemapError> {
        let viewport = self.viewport();
        let over = self.furniture(extras);
        // Names keep clear of what stands over the map.
        let covered = over.places().iter().map(|(_, place)| place.corners()).collect();
        let mut items = vec![self.content.map(viewport, extras, covered)?];
        items.extend(over.into_items());
        Ok(items)
    }

    /// What stands over the picture, in its place.
    pub fn furniture(&self, extras: MapExtras<'_>) -> Overlay {
        let (palette, fonts) = (self.content.palette(), self.content.fonts);
        over_picture(&self.over(extras), &self.viewport(), palette, fonts)
    }

    fn over(&self, extras: MapExtras<'_>) -> OverlayContent {
        let MapContent { catalogue, basemap, language, outside, .. } = self.content;
        let layers: Vec<_> = extras.layers.iter().map(FeatureLayer::look).collect();
        let extent = self.viewport().extent();
        // Over a picture the groups are one list: there is no room for headings.
        let entries = self
            .content
            .legend(&layers, Some(&extent))
            .into_iter()
            .flat_map(|group| group.entries)
            .collect();
        let (owed, relief) = (basemap.attribution(), basemap.relief().is_some());
        let basemap_credit = outside.map_or_else(
            || credits::of_embedded(owed, relief, language),
            |outside| credits::of_both(&outside.credit, owed, relief, language),
        );
        let mut credits =
            vec![self.content.dates(), tr!(language, "credits.source"), basemap_credit];
        credits.extend(extras.figure.map(|figure| figure.note.clone()));
        OverlayContent {
            title: self.title.unwrap_or(catalogue.title(language)).to_owned(),
            subtitle: self.content.subtitle(),
            legend: Legend {
                title: tr!(language, "legend.title"),
                groups: vec![LegendGroup { heading: String::new(), entries }],
            },
            north: tr!(language, "north"),
            about: tr!(language, "scale.about"),
            lengths: length_words(),
            credits,
        }
    }
}

/// Units of length, the same in both languages.
pub fn length_words() -> LengthWords {
    LengthWords { kilometre: "km".to_owned(), metre: "m".to_owned() }
}
