//! Pins for projects with a position, hollow anchors for those without.

use super::{
    Mark, Pick, Prepared, Shape,
    lines::Emphasis,
    ring_places::Aside,
    view::{View, kind_color},
};
use crate::{
    catalogue::{Catalogue, Project, Role},
    style::{Mode, Rgba},
    units::Mercator,
};

/// Pins closer than this share one, with a count.
const CLUSTER_PT: f64 = 17.0;

/// How much larger a pin is under the pointer.
pub const HOVERED_GROWS: f32 = 1.2;

struct Pin<'a> {
    at: Mercator,
    project: &'a Project,
    emphasis: Emphasis,
    others: Vec<&'a Project>,
}

/// Pins, then anchors below them; selected ones last, so that they lie on top.
pub fn pins(catalogue: &Catalogue, prepared: &Prepared, view: View<'_>) -> Vec<Shape> {
    let mut pins = gathered(catalogue, prepared, view);
    let mut shapes = if view.with_anchors || view.subject_only {
        anchors(catalogue, prepared, view, &pins)
    } else {
        Vec::new()
    };
    pins.sort_by(|a, b| {
        // Southern pins lie over northern ones, as things nearer to the eye do.
        a.emphasis.cmp(&b.emphasis).then(a.at.y.total_cmp(&b.at.y))
    });
    shapes.extend(pins.into_iter().map(|pin| shape(catalogue, &pin, view)));
    shapes
}

fn gathered<'a>(catalogue: &'a Catalogue, prepared: &Prepared, view: View<'_>) -> Vec<Pin<'a>> {
    let mut candidates: Vec<(Mercator, &Project, Emphasis)> = Vec::new();
    for (position, project) in catalogue.each_project().enumerate() {
        let Some(emphasis) = view.at_rest(position, project) else { continue };
        if view.subject_only && emphasis == Emphasis::Dimmed {
            continue;
        }
        // A project that has a line or an area is drawn as that; its points are only stops on it.
        let has_line = project.length_km.is_some();
        let points = project.features.iter().filter_map(|&i| {
            let main = catalogue.features.get(i)?.role == Role::Main;
            prepared.points.get(i).copied().flatten().filter(|_| main && !has_line)
        });
        candidates.extend(points.map(|at| (at, project, emphasis)));
    }
    // The one that stands out without the pointer keeps its pin, so that none moves under it; then the largest sum; then catalogue order.
    candidates.sort_by(|a, b| {
        let money = |p: &Project| p.investment.map_or(0.0, |i| i.yi);
        b.2.cmp(&a.2).then(money(b.1).total_cmp(&money(a.1)))
    });
    let reach = CLUSTER_PT / (256.0 * view.zoom.exp2());
    let mut pins: Vec<Pin<'_>> = Vec::new();
    for (at, project, emphasis) in candidates {
        let near = pins.iter_mut().find(|pin| (pin.at.x - at.x).hypot(pin.at.y - at.y) < reach);
        match near {
            Some(pin) => {
                let known = pin.project.id == project.id
                    || pin.others.iter().any(|other| other.id == project.id);
                if !known {
                    pin.others.push(project);
                }
            }
            None => pins.push(Pin { at, project, emphasis, others: Vec::new() }),
        }
    }
    for pin in &mut pins {
        let mut all = std::iter::once(pin.project).chain(pin.others.iter().copied());
        if pin.emphasis < Emphasis::Selected && all.any(|p| view.hover == Some(p.id.as_str())) {
            pin.emphasis = Emphasis::Hovered;
        }
    }
    pins
}

fn shape(catalogue: &Catalogue, pin: &Pin<'_>, view: View<'_>) -> Shape {
    let palette = view.palette();
    let color = kind_color(catalogue, &pin.project.kind, view.mode);
    let (fill, ink) = match pin.emphasis {
        Emphasis::Selected => (palette.accent, on_pin(view.mode)),
        Emphasis::Dimmed => (color.mix(palette.city, 0.62), on_pin(view.mode)),
        Emphasis::Ghost => (palette.accent.mix(palette.city, 0.45), on_pin(view.mode)),
        Emphasis::Normal | Emphasis::Hovered => (color, on_pin(view.mode)),
    };
    let grow = match pin.emphasis {
        Emphasis::Selected => 1.3,
        Emphasis::Hovered => HOVERED_GROWS,
        _ => 1.0,
    };
    let glyph = catalogue.kind(&pin.project.kind).map_or('·', |kind| kind.glyph);
    let pick = if pin.others.is_empty() {
        Pick::Project(pin.project.id.clone())
    } else {
        let all = std::iter::once(pin.project).chain(pin.others.iter().copied());
        Pick::Several(all.map(|project| project.id.clone()).collect())
    };
    Shape {
        pick: Some(pick),
        mark: Mark::Pin {
            at: pin.at,
            glyph,
            fill,
            ink,
            radius_pt: radius(pin.project) * grow,
            more: pin.others.len(),
        },
    }
}

const fn on_pin(mode: Mode) -> Rgba {
    match mode {
        Mode::Light => Rgba::hex(0xFF_FF_FF),
        Mode::Dark => Rgba::hex(0x0E_12_17),
    }
}

/// Four steps by the square root of the investment.
fn radius(project: &Project) -> f32 {
    match project.investment.map_or(0.0, |i| i.yi) {
        yi if yi >= 200.0 => 12.0,
        yi if yi >= 40.0 => 11.0,
        yi if yi >= 5.0 => 10.0,
        _ => 9.0,
    }
}

const RING_PT: f32 = 11.0;

fn anchors(
    catalogue: &Catalogue,
    prepared: &Prepared,
    view: View<'_>,
    pins: &[Pin<'_>],
) -> Vec<Shape> {
    let palette = view.palette();
    let mut aside = Aside::new(pins.iter().map(|pin| (pin.at, radius(pin.project))), view.zoom);
    prepared
        .anchors
        .iter()
        .filter_map(|group| {
            let ids: Vec<String> = group
                .projects
                .iter()
                .filter(|position| view.shown.binary_search(position).is_ok())
                .filter_map(|&position| catalogue.projects.get(position))
                .map(|project| project.id.clone())
                .collect();
            let chosen = ids.iter().any(|id| view.selected.contains(id));
            // A slide shows where its subject is known to be, however vaguely, and no other.
            if view.subject_only && !chosen {
                return None;
            }
            let dim = !view.selected.is_empty() && !chosen;
            let color = if chosen { palette.accent } else { palette.muted };
            (!ids.is_empty()).then(|| Shape {
                mark: Mark::Anchor {
                    // On a slide it has its name beside it, and hardly a pin.
                    at: if view.subject_only {
                        group.at
                    } else {
                        aside.place(group.at, f64::from(RING_PT))
                    },
                    // Its name stands beside it there.
                    count: if view.subject_only { 0 } else { ids.len() },
                    color: color.faded(if dim { 0.4 } else { 1.0 }),
                    ground: palette.panel.faded(0.85),
                    radius_pt: RING_PT,
                },
                pick: Some(Pick::Several(ids)),
            })
        })
        .collect()
}
