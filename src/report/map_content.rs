//! What of the plan and of the user's layers a map shows, for pictures and sheets alike.

use super::legend::legend_groups;
use crate::{
    app::Language,
    basemap::{Basemap, BasemapError},
    catalogue::{Catalogue, Filter},
    font::Fonts,
    geo::Datum,
    paper::{ImageDrawing, Item},
    plot::{FeatureLayer, Map, text_style},
    scene::{
        self, BaseNames, DrawList, Prepared, View, Viewport,
        base_labels::base_labels,
        labels::{Occupied, place},
        legend::LayerLook,
        network_labels::network_labels,
        project_labels::{county_labels, occupied_by_marks, project_labels},
    },
    sheet::LegendGroup,
    style::{MapPalette, Mode},
};

/// What a map shows, and in which language and look.
#[derive(Debug, Clone, Copy)]
pub struct MapContent<'a> {
    pub catalogue: &'a Catalogue,
    pub basemap: &'a Basemap,
    pub fonts: &'a Fonts,
    /// Positions in the catalogue.
    pub shown: &'a [usize],
    pub selected: &'a [String],
    pub filter: &'a Filter,
    pub language: Language,
    pub mode: Mode,
    /// A basemap from outside over the embedded one.
    pub outside: Option<&'a Outside>,
}

/// What a map says of a basemap from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Owners and review number, on one line.
    pub credit: String,
    /// The datum of its tiles, which the map is drawn in.
    pub datum: Datum,
}

/// What else a map shows, chosen for its view.
#[derive(Debug, Clone, Copy, Default)]
pub struct MapExtras<'a> {
    /// Layers of the user's own, from the ground up.
    pub layers: &'a [FeatureLayer],
    /// Tiles of a basemap from outside.
    pub tiles: &'a [ImageDrawing],
    /// The names in those tiles, instead of the embedded basemap's.
    pub names: Option<&'a BaseNames>,
}

impl MapContent<'_> {
    pub fn palette(&self) -> &'static MapPalette {
        MapPalette::of(self.mode)
    }

    /// The datum that the map is drawn in.
    pub fn datum(&self) -> Datum {
        self.outside.map_or(Datum::Wgs84, |outside| outside.datum)
    }

    fn view(&self, zoom: f64) -> View<'_> {
        View {
            shown: self.shown,
            selected: self.selected,
            hover: None,
            counties: &self.filter.counties,
            mode: self.mode,
            zoom,
            language: self.language,
            with_anchors: true,
            subject_only: false,
        }
    }

    /// The map of a view with its top left corner at the paper's. Labels keep clear of what else
    /// will cover it.
    ///
    /// # Errors
    /// A damaged basemap.
    pub fn map(
        &self,
        viewport: Viewport,
        extras: MapExtras<'_>,
        covered: Vec<Occupied>,
    ) -> Result<Item, BasemapError> {
        let Self { catalogue, fonts, basemap, .. } = *self;
        let view = self.view(viewport.zoom);
        let prepared = Prepared::new(catalogue);
        let shapes = scene::compose(catalogue, &prepared, view);
        let mut requests = project_labels(catalogue, &prepared, view, &viewport, 1.0);
        requests.extend(county_labels(catalogue, view, &viewport, 1.0));
        let own;
        let named = if let Some(names) = extras.names {
            names
        } else {
            own = basemap.names(&viewport);
            &own
        };
        requests.extend(network_labels(&named.lines, view, &viewport, 1.0));
        requests.extend(base_labels(&named.places, &catalogue.counties, view, &viewport, 1.0));
        let mut occupied = occupied_by_marks(&shapes, &viewport);
        occupied.extend(covered);
        let size = [viewport.width_pt, viewport.height_pt];
        let labels = place(requests, occupied, size, &|line, style| {
            fonts.measure(line, &text_style(style))[0]
        });
        let map = Map {
            viewport,
            palette: self.palette(),
            fonts,
            basemap: Some(basemap),
            tiles: extras.tiles,
            layers: extras.layers,
            draw_list: &DrawList { shapes, labels },
        };
        map.items([0.0; 2])
    }

    /// What the legend explains, in the language: lines, kinds, layers.
    pub fn legend(&self, layers: &[LayerLook<'_>]) -> [LegendGroup; 3] {
        // Samples do not depend on the zoom.
        legend_groups(self.catalogue, self.view(0.0), layers, self.language)
    }
}
