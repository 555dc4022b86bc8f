//! The signs of the map's tools that no font has.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, vec2};

/// Paints the sign of a command into its button.
pub fn paint(painter: &Painter, button: Rect, command: &str, ink: Color32) {
    let stroke = Stroke::new(1.5, ink);
    match command {
        "measure" => ruler(painter, button.center(), stroke),
        _ => outline(painter, button.center(), stroke),
    }
}

/// A ruler from the lower left to the upper right.
fn ruler(painter: &Painter, middle: Pos2, stroke: Stroke) {
    const HALF: f32 = 9.0;
    const DEEP: f32 = 3.4;
    let side = std::f32::consts::FRAC_1_SQRT_2;
    let (along, across) = (vec2(side, -side), vec2(side, side));
    let at = |l: f32, d: f32| middle + along * l + across * d;
    let corners = vec![at(-HALF, -DEEP), at(HALF, -DEEP), at(HALF, DEEP), at(-HALF, DEEP)];
    painter.add(Shape::closed_line(corners, stroke));
    for l in [-4.5, 0.0, 4.5] {
        painter.line_segment([at(l, -DEEP), at(l, 0.0)], stroke);
    }
}

/// An outline with its vertices.
fn outline(painter: &Painter, middle: Pos2, stroke: Stroke) {
    const CORNERS: [(f32, f32); 5] =
        [(-7.5, -3.0), (0.5, -8.0), (8.0, -2.5), (5.0, 7.0), (-5.5, 6.0)];
    let corners: Vec<Pos2> = CORNERS.iter().map(|(x, y)| middle + vec2(*x, *y)).collect();
    painter.add(Shape::closed_line(corners.clone(), stroke));
    for corner in corners {
        painter.circle_filled(corner, 2.2, stroke.color);
    }
}
