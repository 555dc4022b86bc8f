//! Where the name of a pin may stand.

use super::{
    Prepared, Viewport,
    labels::{Align, Candidate},
    pick::pin_head,
};
use crate::catalogue::{Catalogue, Project, Role};

/// Places around a project's first pin; those farther off, in rows of `far` points, only for a name
/// that has to stand.
pub fn beside_pin(
    catalogue: &Catalogue,
    prepared: &Prepared,
    project: &Project,
    viewport: &Viewport,
    far: Option<f32>,
) -> Vec<Candidate> {
    let first = catalogue
        .features_of(project, Role::Main)
        .find_map(|(i, _)| prepared.points.get(i).copied().flatten());
    let Some(at) = first else { return Vec::new() };
    let foot = viewport.to_pt(at);
    let mut places = around_pin(foot);
    if let Some(size_pt) = far {
        places.extend(farther(foot, size_pt));
    }
    places
}

/// Places up to a few rows off, for a name in the colour of its pin: among its own lines, such as
/// runways, none beside the pin may be clear.
pub fn farther(foot: [f32; 2], size_pt: f32) -> impl Iterator<Item = Candidate> {
    in_rows(foot, size_pt, &[1.4, 2.1, 2.8, 3.6])
}

/// Places farther still, for the names of several sites that stand close by each other.
pub fn farthest(foot: [f32; 2], size_pt: f32) -> impl Iterator<Item = Candidate> {
    in_rows(foot, size_pt, &[4.4, 5.2])
}

fn in_rows(foot: [f32; 2], size_pt: f32, rows: &'static [f32]) -> impl Iterator<Item = Candidate> {
    let [x, y] = pin_head(foot, 10.0);
    rows.iter().flat_map(move |rows| {
        let off = rows * size_pt;
        let place = move |(align, across, down): (Align, f32, f32)| Candidate {
            align,
            at_pt: [x + across * off, y + down * off],
        };
        [
            (Align::Left, 0.7, -0.7),
            (Align::Right, -0.7, -0.7),
            (Align::Left, 0.7, 0.9),
            (Align::Right, -0.7, 0.9),
            (Align::Bottom, 0.0, -1.0),
            (Align::Top, 0.0, 1.2),
            (Align::Left, 1.0, 0.0),
            (Align::Right, -1.0, 0.0),
        ]
        .map(place)
    })
}

/// Places beside a ring, by its middle; those farther off in rows of this many points.
pub fn beside_ring([x, y]: [f32; 2], size_pt: f32) -> Vec<Candidate> {
    let mut places = vec![
        Candidate { align: Align::Left, at_pt: [x + 15.0, y] },
        Candidate { align: Align::Right, at_pt: [x - 15.0, y] },
        Candidate { align: Align::Top, at_pt: [x, y + 14.0] },
        Candidate { align: Align::Bottom, at_pt: [x, y - 14.0] },
        Candidate { align: Align::Left, at_pt: [x + 12.0, y - 13.0] },
        Candidate { align: Align::Right, at_pt: [x - 12.0, y - 13.0] },
        Candidate { align: Align::Left, at_pt: [x + 12.0, y + 13.0] },
        Candidate { align: Align::Right, at_pt: [x - 12.0, y + 13.0] },
    ];
    // As of a pin whose head the ring is.
    let [_, head] = pin_head([x, y], 10.0);
    places.extend(farther([x, 2.0 * y - head], size_pt));
    places
}

/// Places that touch a pin, by its foot.
pub fn around_pin(foot: [f32; 2]) -> Vec<Candidate> {
    let [x, y] = pin_head(foot, 10.0);
    vec![
        Candidate { align: Align::Left, at_pt: [x + 15.0, y] },
        Candidate { align: Align::Right, at_pt: [x - 15.0, y] },
        Candidate { align: Align::Top, at_pt: [x, foot[1] + 3.0] },
        Candidate { align: Align::Bottom, at_pt: [x, y - 14.0] },
        Candidate { align: Align::Left, at_pt: [x + 12.0, y - 13.0] },
        Candidate { align: Align::Right, at_pt: [x - 12.0, y - 13.0] },
        Candidate { align: Align::Left, at_pt: [x + 10.0, foot[1] + 6.0] },
        Candidate { align: Align::Right, at_pt: [x - 10.0, foot[1] + 6.0] },
    ]
}
