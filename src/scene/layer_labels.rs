//! Names of the features of the user's layers.

use super::{
    LabelStyle,
    labels::{Align, Candidate, LabelRequest},
};

/// A feature that is to be named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named<'a> {
    /// From the map's corner.
    pub at_pt: [f32; 2],
    pub text: &'a str,
    /// How far around its place nothing may lie: a point is named beside itself; `None` for what is
    /// named over its middle.
    pub radius_pt: Option<f32>,
}

/// Before the names of towns and after those of projects and counties' seats.
const PRIORITY: f32 = 60.0;

/// Requests for names, the first of which goes first.
pub fn layer_labels<'a>(
    named: impl IntoIterator<Item = Named<'a>>,
    style: LabelStyle,
) -> Vec<LabelRequest> {
    let request = |(i, own): (u16, Named<'a>)| LabelRequest {
        text: own.text.to_owned(),
        style,
        priority: PRIORITY - f32::from(i) * 1e-3,
        candidates: candidates(own, style.size_pt),
        letters: Vec::new(),
        break_from: 14,
        over_lines: true,
    };
    (0..).zip(named).map(request).collect()
}

fn candidates(own: Named<'_>, size_pt: f32) -> Vec<Candidate> {
    let [x, y] = own.at_pt;
    let place = |(align, dx, dy): (Align, f32, f32)| Candidate { at_pt: [x + dx, y + dy], align };
    let places = if let Some(radius) = own.radius_pt {
        let off = radius + 2.0;
        vec![
            (Align::Left, off, 0.0),
            (Align::Right, -off, 0.0),
            (Align::Top, 0.0, off),
            (Align::Bottom, 0.0, -off),
        ]
    } else {
        let off = 0.9 * size_pt;
        vec![(Align::Center, 0.0, 0.0), (Align::Center, 0.0, off), (Align::Center, 0.0, -off)]
    };
    places.into_iter().map(place).collect()
}
