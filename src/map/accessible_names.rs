//! Names for what is painted: a picture has none by itself.

use std::collections::BTreeMap;

use egui::{Rect, Response, Ui, vec2};

use crate::{
    app::State,
    scene::{self, Mark, Pick, Viewport, pick},
};

/// Tells screen readers and tests what the map is.
pub fn map(response: &Response, state: &State) {
    let label = crate::tr!(state.settings.language, "map.name");
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Application, true, label.clone()));
}

/// Painted things have no names of their own: each pin and each ring in view gets one, with how many
/// other projects it stands for.
pub fn pins(
    ui: &Ui,
    response: &Response,
    state: &State,
    shapes: &[scene::Shape],
    viewport: &Viewport,
) {
    const MOST: usize = 200;
    let language = state.settings.language;
    let mut told = 0;
    let mut of_project = BTreeMap::new();
    for shape in shapes {
        let (sign, center, radius_pt) = match &shape.mark {
            Mark::Pin { at, radius_pt, .. } => {
                ('●', pick::pin_head(viewport.to_pt(*at), *radius_pt), *radius_pt)
            }
            Mark::Anchor { at, radius_pt, .. } => ('○', viewport.to_pt(*at), *radius_pt),
            _ => continue,
        };
        let ids = match &shape.pick {
            Some(Pick::Project(id)) => std::slice::from_ref(id),
            Some(Pick::Several(ids)) => ids,
            _ => continue,
        };
        let [x, y] = center;
        let side = vec2(radius_pt * 2.0, radius_pt * 2.0);
        let head = Rect::from_center_size(response.rect.min + vec2(x, y), side);
        if !response.rect.contains_rect(head) || told >= MOST {
            continue;
        }
        told += 1;
        let first = ids.first().and_then(|id| state.catalogue.project(id));
        let Some((id, project)) = ids.first().zip(first) else { continue };
        let name = project.short_name.get(language);
        let label = match ids.len() {
            1 => format!("{sign} {name}"),
            n => {
                format!("{sign} {}", crate::tr!(language, "map.and_others", name = name, n = n - 1))
            }
        };
        // A project of several sites has several pins.
        let nth: &mut usize = of_project.entry((sign, id)).or_default();
        *nth += 1;
        let id = response.id.with((sign, id, *nth));
        let node = ui.interact(head, id, egui::Sense::hover());
        node.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::GenericContainer, true, label.clone())
        });
    }
}
