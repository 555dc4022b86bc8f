//! What of the plan and of the user's layers a map shows, for pictures and sheets alike.

use super::legend::legend_groups;
use crate::{
    app::{Language, Moment, filter_words, text},
    basemap::{Basemap, BasemapError},
    catalogue::{Catalogue, Filter, Project, Role, Shape},
    font::Fonts,
    geo::{
        Datum, MercatorExtent,
        clip::{clip_path, clip_ring},
        mercator::{from_lon_lat, path_from_line},
    },
    paper::{ImageDrawing, Item},
    plot::{FeatureLayer, Frame, Map, figure, text_style},
    scene::{
        self, BaseNames, DrawList, Prepared, View, Viewport,
        base_labels::base_labels,
        county_labels::county_labels,
        figure::Figure,
        labels::{Obstacles, place},
        legend::LayerLook,
        line_grid::{Occupied, ground_lines, project_lines},
        network_labels::network_labels,
        project_labels::{occupied_by_marks, project_labels},
    },
    sheet::LegendGroup,
    style::{MapPalette, Mode},
    tr,
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
    /// The day on which it is drawn; `None` where nobody asks.
    pub drawn_on: Option<Moment>,
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
    /// What was measured, over everything else.
    pub figure: Option<&'a Figure>,
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
        requests.extend(county_labels(catalogue, &prepared, view, &viewport, 1.0));
        let own;
        let named = if let Some(names) = extras.names {
            names
        } else {
            own = basemap.names(&viewport);
            &own
        };
        requests.extend(network_labels(&named.lines, view, &viewport, 1.0));
        requests.extend(extras.layers.iter().flat_map(|layer| layer.names.iter().cloned()));
        requests.extend(base_labels(&named.places, &catalogue.counties, view, &viewport, 1.0));
        let mut boxes = occupied_by_marks(&shapes, view, &viewport);
        boxes.extend(covered);
        let lines = project_lines(catalogue, &prepared, view, &viewport, &[]);
        let ground = ground_lines(&named.courses, &viewport);
        let size = [viewport.width_pt, viewport.height_pt];
        let labels = place(requests, Obstacles { boxes, lines, ground }, size, &|line, style| {
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
        let map = map.items([0.0; 2])?;
        let over = Frame::new(&viewport, [0.0; 2]).zip(extras.figure);
        Ok(match over {
            Some((frame, own)) => {
                let place = frame.place();
                Item::clip(place, vec![map, figure(&frame, own, fonts, self.palette())])
            }
            None => map,
        })
    }

    /// What the legend explains, in the language: lines, kinds, layers; of the projects those that
    /// have something within an extent.
    pub fn legend(
        &self,
        layers: &[LayerLook],
        within: Option<&MercatorExtent>,
    ) -> [LegendGroup; 3] {
        let seen: Vec<usize> = match within {
            Some(extent) => {
                let is_seen = |i: &&usize| {
                    let project = self.catalogue.projects.get(**i);
                    project.is_some_and(|project| is_within(self.catalogue, project, extent))
                };
                self.shown.iter().filter(is_seen).copied().collect()
            }
            None => self.shown.to_vec(),
        };
        // Samples do not depend on the zoom.
        let view = View { shown: &seen, ..self.view(0.0) };
        legend_groups(self.catalogue, view, layers, self.language)
    }

    /// Under the title: which projects are shown, and how much they come to.
    pub fn subtitle(&self) -> String {
        let totals = self.catalogue.totals(self.shown.iter().copied());
        let totals = text::totals(&totals, self.language);
        let asked = filter_words(self.catalogue, self.filter, self.language);
        if asked.is_empty() {
            return totals;
        }
        tr!(self.language, "sheet.filtered", filter = asked.join(" · "), totals = totals)
    }

    /// When the plan was published, until when public reports were followed, and when this is drawn.
    pub fn dates(&self) -> String {
        let Self { catalogue, language, shown, .. } = *self;
        let data = match (catalogue.made_public.as_deref(), catalogue.latest_report(shown)) {
            (Some(plan), Some(reports)) => {
                tr!(language, "sheet.dates", plan = plan, reports = reports)
            }
            (Some(plan), None) => tr!(language, "sheet.date_plan", plan = plan),
            (None, Some(reports)) => tr!(language, "sheet.date_reports", reports = reports),
            (None, None) => tr!(language, "sheet.no_date"),
        };
        match self.drawn_on {
            Some(day) => tr!(language, "sheet.drawn_on", data = data, day = day.day_words()),
            None => data,
        }
    }
}

/// Whether some of a project lies within an extent. One without a place has its anchor in a county.
fn is_within(catalogue: &Catalogue, project: &Project, extent: &MercatorExtent) -> bool {
    let mut shapes = catalogue.features_of(project, Role::Main).map(|(_, feature)| &feature.shape);
    !project.is_located()
        || shapes.any(|shape| match shape {
            Shape::Point(at) => extent.contains(from_lon_lat(*at)),
            Shape::Line(line) => !clip_path(&path_from_line(line), extent).is_empty(),
            Shape::Area(area) => {
                let ring = path_from_line(area.exterior());
                !clip_ring(&ring, extent).is_empty()
            }
        })
}
