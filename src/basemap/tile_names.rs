//! Names of vector tiles from outside, in the form in which the embedded basemap's are labelled.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    scene::{BaseNames, LineName, NameOf, Place},
    tile::{TileId, TileName, TileNameKind, TilePicture},
};

/// The names in these tiles, each once; one tile may stand in for several.
pub fn tile_names<'a>(
    tiles: impl IntoIterator<Item = (TileId, &'a Arc<TilePicture>)>,
) -> BaseNames {
    let mut found = BaseNames::default();
    let mut pictures = HashSet::new();
    let mut roads: HashMap<&str, usize> = HashMap::new();
    for (tile, picture) in tiles {
        if !pictures.insert(Arc::as_ptr(picture)) {
            continue;
        }
        let even = (tile.x + tile.y).is_multiple_of(2);
        for name in &picture.names {
            match name.kind {
                TileNameKind::Place => found.places.push(place(name)),
                TileNameKind::Water => found.lines.push(line(name, NameOf::Lake, even)),
                TileNameKind::Road => {
                    // Of a road only its number, and once in a tile.
                    let seen = roads.entry(name.text.zh.as_str()).or_default();
                    if is_number(&name.text.zh) && *seen == 0 {
                        found.lines.push(line(name, NameOf::Road, even));
                    }
                    *seen += 1;
                }
                TileNameKind::Other => {}
            }
        }
        roads.clear();
    }
    found.places.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.name.cmp(&b.name)));
    found
}

fn place(name: &TileName) -> Place {
    // Cities, and whatever else the style shows at this zoom. The largest letters are the plan's
    // own city's.
    let rank = if name.rank <= 3 { 2 } else { 3 };
    Place { name: name.text.clone(), rank, at: name.at }
}

fn line(name: &TileName, of: NameOf, preferred: bool) -> Arc<LineName> {
    Arc::new(LineName { of, name: name.text.clone(), path: vec![name.at], preferred })
}

/// Whether a text is a road's number by GB/T 917-2017.
fn is_number(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('G' | 'S' | 'X' | 'Y'))
        && (1..=4).contains(&chars.clone().count())
        && chars.all(|c| c.is_ascii_digit())
}
