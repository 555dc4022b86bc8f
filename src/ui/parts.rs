//! The parts of the project in the card: its lines, and the counties it passes. A row that is pointed
//! at shows its part on the map, a click goes there.

use egui::{Response, Sense, Ui, vec2};

use super::{card::section, widgets};
use crate::{
    app::{
        Action, Counts, FitTarget, Part, State,
        part::{ProjectLine, part_extent, project_lines},
        text,
    },
    catalogue::{CountyShare, Facet, Project, Role, Status},
    scene::{
        lines::{Emphasis, LineLook, strokes},
        view::{feature_color, kind_color},
    },
    theme::{self, Theme, color, size},
    tr,
};

/// More than these many counties are folded.
const COUNTIES: usize = 8;
/// Length of a line's sample, in points.
const SAMPLE: f32 = 26.0;

/// Tells the state which part is pointed at: the first of those that the lists say.
pub fn point(ui: &Ui, state: &State, pointed: [Option<Part>; 2], actions: &mut Vec<Action>) {
    let pointed = pointed.into_iter().flatten().next();
    if state.part_hover != pointed {
        actions.push(Action::HoverPart(pointed));
        ui.ctx().request_repaint();
    }
}

/// The lines of a project that has several: those that make its length, what was there before, and
/// what was made public later. Says which one is pointed at.
pub fn lines(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    theme: Theme,
    actions: &mut Vec<Action>,
) -> Option<Part> {
    let language = state.settings.language;
    let lines = project_lines(&state.catalogue, project);
    let mut pointed = None;
    for counts in Counts::ALL {
        let group: Vec<&ProjectLine<'_>> =
            lines.iter().filter(|line| line.counts == counts).collect();
        if group.is_empty() {
            continue;
        }
        let heading = match counts {
            Counts::Whole => {
                let km: f64 = group.iter().map(|line| line.length_km).sum();
                tr!(language, "card.lines", km = format!("{km:.1}"))
            }
            Counts::Existing => tr!(language, "card.lines_existing"),
            Counts::Later => tr!(language, "card.lines_later"),
        };
        section(ui, &heading, theme);
        for line in group {
            if line_row(ui, state, project, line, theme, actions).hovered() {
                pointed = Some(Part::Line(line.feature.id.clone()));
            }
        }
    }
    pointed
}

fn line_row(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    line: &ProjectLine<'_>,
    theme: Theme,
    actions: &mut Vec<Action>,
) -> Response {
    let language = state.settings.language;
    let feature = line.feature;
    let name = feature.name.get(language);
    let part = Part::Line(feature.id.clone());
    let row = widgets::Row {
        name,
        value: &tr!(language, "unit.km", value = format!("{:.1}", line.length_km)),
        indent: SAMPLE + 4.0,
        active: state.part.as_ref() == Some(&part),
        ..widgets::Row::default()
    };
    let mut response = row.show(ui, theme);
    if ui.is_rect_visible(response.rect) {
        sample(ui, state, project, line, response.rect, theme);
    }
    let mut words = vec![name.to_owned()];
    let told = feature.updates.iter();
    words.extend(told.map(|update| format!("{} {}", update.date, update.text.get(language))));
    response = response.on_hover_text(words.join("\n"));
    if response.clicked() {
        pick(state, project, part, actions);
    }
    response
}

/// The line as it looks on the map beside others of its project.
fn sample(
    ui: &Ui,
    state: &State,
    project: &Project,
    line: &ProjectLine<'_>,
    row: egui::Rect,
    theme: Theme,
) {
    let Some(class) = line.feature.class else { return };
    let look = LineLook {
        class,
        status: if line.feature.role == Role::Context { Status::Done } else { project.status },
        is_open: line.feature.is_built,
        role: line.feature.role,
        color: feature_color(&state.catalogue, line.feature, &project.kind, state.settings.mode),
        emphasis: Emphasis::Selected,
        zoom: 9.0,
    };
    let left = row.left_center() + vec2(6.0, 0.0);
    let ends = [left, left + vec2(SAMPLE, 0.0)];
    let painter = ui.painter_at(row);
    // Without the wide halo: in a row it would be a block.
    for stroke in strokes(look, theme.map).into_iter().filter(|stroke| stroke.color.3 > 60) {
        let pen = egui::Stroke::new(stroke.width_pt, color(stroke.color));
        match (stroke.dash, stroke.ticks) {
            (Some([on, off]), _) => {
                painter.extend(egui::Shape::dashed_line(&ends, pen, on, off));
            }
            (None, Some(ticks)) => {
                let middle = left + vec2(SAMPLE / 2.0, 0.0);
                let half = vec2(0.0, ticks.length_pt / 2.0);
                painter.line_segment([middle - half, middle + half], pen);
            }
            (None, None) => {
                painter.line_segment(ends, pen);
            }
        }
    }
}

/// Picks a part and goes there; a second click lets it go.
fn pick(state: &State, project: &Project, part: Part, actions: &mut Vec<Action>) {
    if state.part.as_ref() == Some(&part) {
        actions.push(Action::PickPart(None));
        return;
    }
    if let Some(extent) = part_extent(&state.catalogue, project, &part) {
        actions.push(Action::Fit(FitTarget::Extent(extent)));
    }
    actions.push(Action::PickPart(Some(part)));
}

/// Counties in order along the line with their kilometres; a strip shows their shares. Says which
/// one is pointed at.
pub fn counties(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    theme: Theme,
    actions: &mut Vec<Action>,
) -> Option<Part> {
    if project.counties.is_empty() {
        return None;
    }
    let language = state.settings.language;
    let total = project.length_km.unwrap_or(0.0);
    let key = if total > 0.0 { "card.passes" } else { "card.counties" };
    section(ui, &tr!(language, key), theme);
    let mut pointed = None;
    if total > 0.0 {
        pointed = strip(ui, state, project, total, theme, actions);
        let note = tr!(language, "card.drawn_note");
        ui.label(theme::text(note, size::SMALL, false).color(theme.muted()));
        if project.counties.iter().any(|share| share.border_km.is_some()) {
            let note = tr!(language, "card.border_note");
            ui.label(theme::text(note, size::SMALL, false).color(theme.muted()));
        }
    }
    let open = ui.scope_id().with(("counties", &project.id));
    let all = ui.data(|d| d.get_temp::<bool>(open)).unwrap_or(false);
    let most = if all { usize::MAX } else { COUNTIES };
    for (i, share) in project.counties.iter().enumerate().take(most) {
        let name = text::county(&state.catalogue, &share.code, &share.name, language);
        let value = match (share.length_km, text::county_km(share, language)) {
            (Some(km), Some(words)) if total > 0.0 => {
                format!("{words}   {:>2.0}%", km / total * 100.0)
            }
            _ => String::new(),
        };
        let row = widgets::Row {
            name,
            value: &value,
            indent: 8.0,
            active: is_active(state, share, total > 0.0),
            ..widgets::Row::default()
        };
        let response = row.show(ui, theme);
        if total > 0.0 {
            let dot = response.rect.left_center() + vec2(9.0, 0.0);
            ui.painter().circle_filled(dot, 4.0, shade(state, project, i, theme));
        }
        if total > 0.0 && response.hovered() {
            pointed = Some(Part::County(share.code.clone()));
        }
        if response.clicked() {
            pressed(state, project, share, actions);
        }
    }
    // A line to another province leaves the counties that the map has.
    if let Some(km) = project.beyond_km {
        let words = tr!(language, "unit.km", value = format!("{km:.1}"));
        let value = format!("{words}   {:>2.0}%", km / total * 100.0);
        let name = tr!(language, "card.outside");
        let row =
            widgets::Row { name: &name, value: &value, indent: 8.0, ..widgets::Row::default() };
        row.show(ui, theme);
    }
    let rest = project.counties.len().saturating_sub(COUNTIES);
    if rest > 0 {
        let words = if all {
            tr!(language, "card.less")
        } else {
            tr!(language, "card.more_counties", n = rest)
        };
        if widgets::link(ui, &words, theme).clicked() {
            ui.data_mut(|d| d.insert_temp(open, !all));
        }
    }
    pointed
}

/// Of a line, whether its stretch is picked; of a site, whether the county is filtered by.
fn is_active(state: &State, share: &CountyShare, is_line: bool) -> bool {
    if is_line {
        state.part == Some(Part::County(share.code.clone()))
    } else {
        state.filter.counties.contains(&share.code)
    }
}

/// Of a line, its stretch in the county; of a site, the county as a filter.
fn pressed(state: &State, project: &Project, share: &CountyShare, actions: &mut Vec<Action>) {
    let part = Part::County(share.code.clone());
    if part_extent(&state.catalogue, project, &part).is_some() {
        pick(state, project, part, actions);
    } else {
        actions.push(Action::Toggle(Facet::County, share.code.clone()));
    }
}

/// The shares of the length as a bar; each piece is its county, as the row below.
fn strip(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    total: f64,
    theme: Theme,
    actions: &mut Vec<Action>,
) -> Option<Part> {
    let language = state.settings.language;
    let (rect, whole) = ui.allocate_exact_size(vec2(ui.available_width(), 10.0), Sense::click());
    let under = whole.hover_pos().map(|at| at.x);
    let mut pointed = None;
    let mut x = rect.left();
    for (i, share) in project.counties.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "a share of a few hundred points")]
        let width = (share.length_km.unwrap_or(0.0) / total) as f32 * rect.width();
        let is_under = under.is_some_and(|at| (x..x + width).contains(&at));
        let marked = Part::County(share.code.clone());
        let stands_out = is_under || state.marked_parts().any(|part| *part == marked);
        let grown = if stands_out { 3.0 } else { 0.0 };
        let part = egui::Rect::from_min_size(
            egui::pos2(x, rect.top() - grown),
            vec2((width - 1.5).max(1.0), rect.height() + 2.0 * grown),
        );
        ui.painter().rect_filled(
            part,
            egui::CornerRadius::same(2),
            shade(state, project, i, theme),
        );
        if is_under {
            pointed = Some(share);
        }
        x += width;
    }
    let words = pointed.map_or_else(
        || tr!(language, "card.strip"),
        |share| {
            let name = text::county(&state.catalogue, &share.code, &share.name, language);
            format!("{name} {}", text::county_km(share, language).unwrap_or_default())
        },
    );
    let whole = whole.on_hover_text_at_pointer(words);
    whole.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, tr!(language, "card.strip"))
    });
    let share = pointed?;
    if whole.clicked() {
        pressed(state, project, share, actions);
    }
    Some(Part::County(share.code.clone()))
}

/// Neighbouring counties differ in lightness; the hue stays the project's own.
fn shade(state: &State, project: &Project, i: usize, theme: Theme) -> egui::Color32 {
    let own = kind_color(&state.catalogue, &project.kind, state.settings.mode);
    let t = [0.0, 0.45, 0.2, 0.6, 0.3][i % 5];
    color(own.mix(theme.map.panel, t))
}
