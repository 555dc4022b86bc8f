//! Hover, click and chainage: what lies under the pointer and what the user means by it.

use egui::{CursorIcon, Response, Ui, pos2, vec2};

use super::{camera::Camera, feature_pointer, hover, input::Pointed};
use crate::{
    app::{Action, FeatureRef, FitTarget, Overlay, Part, State, feature_selection::Pick, text},
    catalogue::Project,
    geo::mercator,
    scene::{Padding, Shape, Viewport, pick},
    theme::{self, Theme, size},
    tr,
};

/// Reach of the pointer, in points.
const TOLERANCE_PT: f32 = 6.0;
/// Chainage is read this far from the line.
const CHAINAGE_REACH_PT: f32 = 14.0;

/// Turns what the pointer did into actions, and shows what it points at.
pub fn act(
    ui: &Ui,
    response: &Response,
    state: &State,
    shapes: &[Shape],
    camera: &mut Camera,
    pointed: &Pointed,
    actions: &mut Vec<Action>,
) {
    let viewport = camera.viewport;
    // On a slide a pointer that rests points at nothing.
    let rests = state.tour.is_some() && ui.input(|i| i.pointer.time_since_last_movement()) > 2.0;
    let at = pointed.at_pt.filter(|_| response.contains_pointer() && !response.dragged() && !rests);
    tell(ui, &viewport, pointed);
    let hits = at.map(|at| pick::hits(shapes, &viewport, at, TOLERANCE_PT)).unwrap_or_default();
    let ids = pick::projects(&hits);
    let line = ids.first().and_then(|id| pick::named_line(&hits, id));
    let hovered = ids.first().cloned();
    // As long as a list of what lies there is open, its marked row is what is pointed at.
    let lists = matches!(state.overlay, Overlay::PickList { .. } | Overlay::Search(_));
    if !lists {
        hover::light(ui, response.id.with("lit"), hovered.as_ref(), state, actions);
        // What a list lit that is closed by now goes out as the pointer comes to the map.
        if hovered.is_none() && response.contains_pointer() && state.hover.is_some() {
            actions.push(Action::Hover(None));
        }
    }
    let under = |at| feature_pointer::under(state, &viewport, at);
    let features = at.map(under).unwrap_or_default();
    if !ids.is_empty() || !features.is_empty() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    if let Some(at) = at.filter(|_| state.overlay == Overlay::None) {
        show_tooltip(ui, response, state, &ids, &features, &viewport, at);
    }
    if pointed.double_clicked {
        match (ids.first(), pointed.at_pt) {
            (Some(id), _) => {
                actions.push(Action::Select(vec![id.clone()]));
                actions.push(Action::Fit(FitTarget::Projects(vec![id.clone()])));
            }
            (None, Some(at)) => {
                let out = ui.input(|i| i.modifiers.shift);
                camera.zoom_by(if out { -1.0 } else { 1.0 }, at);
            }
            (None, None) => {}
        }
    } else if pointed.clicked {
        response.request_focus();
        let adding = ui.input(|i| i.modifiers.command);
        match (features.as_slice(), pointed.at_pt) {
            // A project counts more where something is added to what is selected.
            (_, _) if features.is_empty() || adding && !ids.is_empty() => {
                let picked = line.filter(|_| ids.len() == 1).map(|id| Part::Line(id.to_owned()));
                click(ui, state, ids, pointed, actions);
                if let (Some(part), [.., Action::Select(_)]) = (picked, actions.as_slice()) {
                    actions.push(Action::PickPart(Some(part)));
                }
            }
            ([first, ..], _) if adding => actions.push(Action::PickFeature(*first, Pick::Toggle)),
            (all, Some(at_pt)) if all.len() + ids.len() > 1 => {
                actions.push(Action::OpenPickList { ids, features, at_pt });
            }
            (all, _) => actions.extend(all.first().map(|first| Action::OpenFeature(*first))),
        }
    }
}

/// Leaves the pointer's position for whoever wants to show it.
pub fn tell(ui: &Ui, viewport: &Viewport, pointed: &Pointed) {
    let here = pointed.at_pt.map(|at| mercator::to_lon_lat(viewport.to_mercator(at)));
    ui.data_mut(|d| {
        if let Some(p) = here {
            d.insert_temp(crate::map::pointer_id(), p);
        } else {
            d.remove::<crate::units::LonLat>(crate::map::pointer_id());
        }
    });
}

fn click(ui: &Ui, state: &State, ids: Vec<String>, pointed: &Pointed, actions: &mut Vec<Action>) {
    let adding = ui.input(|i| i.modifiers.command);
    match (ids.as_slice(), pointed.at_pt) {
        ([], _) if state.tour.is_none() => actions.push(Action::ClearSelection),
        ([], _) => {}
        ([only], _) if adding => actions.push(Action::ToggleSelected(only.clone())),
        ([only], _) => actions.push(Action::Select(vec![only.clone()])),
        (_, Some(at_pt)) => {
            actions.push(Action::OpenPickList { ids, features: Vec::new(), at_pt });
        }
        (_, None) => {}
    }
}

fn show_tooltip(
    ui: &Ui,
    response: &Response,
    state: &State,
    ids: &[String],
    features: &[FeatureRef],
    viewport: &Viewport,
    at: [f32; 2],
) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let hovered = ids.first().and_then(|id| state.catalogue.project(id));
    // The line in the card is read a little further off than it can be clicked.
    let line = hovered.filter(|p| p.length_km.is_some()).or_else(|| state.focused());
    let chainage = line.and_then(|project| chainage(state, project, viewport, at));
    let mut lines: Vec<(String, bool)> = Vec::new();
    match (hovered, ids.len()) {
        (Some(_), n) if n > 1 => lines.push((tr!(language, "map.several", n = n), true)),
        (Some(project), _) => {
            lines.push((project.name.get(language).to_owned(), true));
            let counties = text::counties(&state.catalogue, project, language, 4);
            let kind = state.catalogue.kind(&project.kind);
            let kind = kind.map_or("", |k| k.name.get(language));
            let mut facts = vec![kind.to_owned(), counties];
            if let Some(stated) = project.investment {
                facts.push(text::amount(stated.yi, stated.approx, language));
            }
            if project.accuracy.is_indicative() {
                facts.push(text::accuracy(project.accuracy, language));
            }
            lines.push((facts.join(" · "), false));
        }
        (None, _) => lines.extend(feature_lines(state, features)),
    }
    if hovered.is_some() && !features.is_empty() {
        lines.push((tr!(language, "map.features_too", n = features.len()), false));
    }
    if let Some(read) = &chainage {
        if let Some(part) = &read.part {
            lines.push((part.clone(), true));
        }
        lines.push((read.words.clone(), true));
        lines.push((tr!(language, "chainage.note"), false));
        let [x, y] = viewport.to_pt(read.at);
        let spot = response.rect.min + vec2(x, y);
        ui.painter_at(response.rect).circle(
            spot,
            5.5,
            theme.panel(),
            egui::Stroke::new(2.5, theme.accent()),
        );
    }
    if lines.is_empty() {
        return;
    }
    let mut clear = clear_part(response.rect, state.covered);
    // Scale bar, credits and buttons are painted over it.
    if let Some(free) = ui.data(|d| d.get_temp::<egui::Rect>(super::free_id())) {
        clear.max = clear.max.min(free.max);
    }
    bubble(ui, response, at, &lines, clear, theme);
}

/// What the tooltip says of features: of one its first values, of several each with its layer.
fn feature_lines(state: &State, features: &[FeatureRef]) -> Vec<(String, bool)> {
    const TOLD: usize = 6;
    let mut lines = Vec::new();
    match features {
        [] => {}
        [only] => {
            if let Some((layer, values)) = state.feature(*only) {
                lines.push((layer.name.clone(), true));
                let told =
                    values.into_iter().take(3).map(|(name, value)| format!("{name} {value}"));
                lines.extend(told.map(|words| (words, false)));
            }
        }
        several => {
            let n = several.len();
            lines.push((tr!(state.settings.language, "map.several_features", n = n), true));
            let named = several.iter().filter_map(|feature| state.feature_name(*feature));
            lines
                .extend(named.take(TOLD).map(|(name, layer)| (format!("{name} · {layer}"), false)));
            if n > TOLD {
                lines.push(("…".to_owned(), false));
            }
        }
    }
    lines
}

/// The lines in a small panel beside the pointer, kept inside the map.
/// The part of the map that no panel lies over.
fn clear_part(map: egui::Rect, covered: Padding) -> egui::Rect {
    let Padding { left, top, right, bottom } = covered;
    egui::Rect::from_min_max(map.min + vec2(left, top), map.max - vec2(right, bottom))
}

fn bubble(
    ui: &Ui,
    response: &Response,
    at: [f32; 2],
    lines: &[(String, bool)],
    clear: egui::Rect,
    theme: Theme,
) {
    const WIDEST: f32 = 340.0;
    let painter = ui.painter_at(response.rect);
    let galleys: Vec<_> = lines
        .iter()
        .map(|(words, bold)| {
            let points = if *bold { size::BODY } else { size::SMALL };
            let ink = if *bold { theme.ink() } else { theme.muted() };
            painter.layout(words.clone(), theme::font(points, *bold), ink, WIDEST)
        })
        .collect();
    let width = galleys.iter().map(|g| g.size().x).fold(0.0, f32::max) + 24.0;
    let height = galleys.iter().map(|g| g.size().y + 3.0).sum::<f32>() + 15.0;
    let mut corner = response.rect.min + vec2(at[0] + 16.0, at[1] + 18.0);
    if corner.x + width > clear.right() {
        corner.x = (corner.x - width - 28.0).max(clear.left());
    }
    if corner.y + height > clear.bottom() {
        corner.y = (corner.y - height - 32.0).max(response.rect.top() + 4.0);
    }
    let rect = egui::Rect::from_min_size(corner, vec2(width, height));
    painter.rect(
        rect,
        f32::from(size::RADIUS),
        theme.floating(),
        egui::Stroke::new(1.0, theme.hairline()),
        egui::StrokeKind::Outside,
    );
    let mut y = rect.min.y + 8.0;
    for galley in galleys {
        let line = galley.size().y + 3.0;
        painter.galley(pos2(rect.min.x + 12.0, y), galley, theme.ink());
        y += line;
    }
}

struct Read {
    /// `K12+345 · 清徐县`.
    words: String,
    /// The line's own name, where its project has several.
    part: Option<String>,
    at: crate::units::Mercator,
}

/// Distance from the start of the line nearest to the pointer, and the county there.
fn chainage(state: &State, project: &Project, viewport: &Viewport, at: [f32; 2]) -> Option<Read> {
    let pointer = mercator::to_lon_lat(viewport.to_mercator(at));
    let found = state.catalogue.on_line(project, pointer)?;
    let on_line = mercator::from_lon_lat(found.located.point);
    let [x, y] = viewport.to_pt(on_line);
    if (x - at[0]).hypot(y - at[1]) > CHAINAGE_REACH_PT {
        return None;
    }
    let language = state.settings.language;
    let part =
        found.feature.map_name.is_some().then(|| found.feature.name.get(language).to_owned());
    Some(Read { words: text::stake(&found, language), part, at: on_line })
}
