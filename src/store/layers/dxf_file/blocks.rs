//! Blocks: drawn once, laid in many places.

use std::collections::{BTreeMap, HashMap};

use super::{
    affine::Affine,
    curve::radians,
    trace::{Item, text_position, trace},
    traced::Traced,
};

/// The definition of a block.
#[derive(Debug, Default)]
pub struct Block {
    pub base: [f64; 2],
    pub items: Vec<Item>,
}

/// A text within a block, where it comes to lie.
#[derive(Debug)]
pub struct BlockText<'a> {
    pub item: &'a Item,
    pub at: [f64; 2],
}

/// What blocks become when they are laid.
#[derive(Debug, Default)]
pub struct Laid<'a> {
    pub traced: Traced,
    pub texts: Vec<BlockText<'a>>,
    /// Entities that are not drawn, by type.
    pub left_out: BTreeMap<String, usize>,
    /// Blocks that were not laid: too deep, or too much of them.
    pub beyond: usize,
}

/// Blocks by name, and how much may still be drawn of them.
#[derive(Debug, Default)]
pub struct Blocks {
    pub known: HashMap<Vec<u8>, Block>,
}

/// Blocks within blocks.
const DEEPEST: u8 = 16;
/// Rows and columns of blocks that one entity lays.
const MOST_LAID: i64 = 10_000;

/// Names of blocks are the same in any case.
pub fn key(name: &[u8]) -> Vec<u8> {
    name.trim_ascii().to_ascii_lowercase()
}

impl Blocks {
    /// Lays the block of an `INSERT` (or the picture of a dimension). `room` is what may still be
    /// looked at: positions, texts and entities.
    pub fn lay<'a>(
        &'a self,
        item: &'a Item,
        name: &[u8],
        map: Affine,
        depth: u8,
        room: &mut usize,
        into: &mut Laid<'a>,
    ) {
        let own = &item.head;
        let Some(block) = self.known.get(&key(name)) else { return };
        if depth >= DEEPEST {
            into.beyond += 1;
            return;
        }
        let dimension = own.kind != "INSERT";
        let one = |code| own.number(code).unwrap_or(1.0);
        let zero = |code| own.number(code).unwrap_or(0.0);
        let place = own.position(10).filter(|_| !dimension).unwrap_or_default();
        let around = if dimension { map } else { map.after(Affine::of_plane(own, place[2])) };
        let scale = if dimension { [1.0; 2] } else { [one(41), one(42)] };
        let angle = if dimension { 0.0 } else { radians(zero(50)) };
        let count = |code| if dimension { 1 } else { own.flags(code).clamp(1, MOST_LAID) };
        let (columns, rows) = (count(70), count(71));
        for cell in 0..(columns * rows).min(MOST_LAID) {
            *room = room.saturating_sub(1);
            let (column, row) = ((cell % columns) as f64, (cell / columns) as f64);
            let beside = Affine::of_insert([0.0; 2], [1.0; 2], angle, [place[0], place[1]])
                .at([column * zero(44), row * zero(45)]);
            let laid = around.after(Affine::of_insert(block.base, scale, angle, beside));
            for item in &block.items {
                let before = into.traced.positions + into.texts.len();
                self.lay_one(item, laid, depth, room, into);
                let drawn = into.traced.positions + into.texts.len() - before;
                let spent = drawn + item.weight();
                *room = room.saturating_sub(spent);
                if *room == 0 {
                    into.beyond += 1;
                    return;
                }
            }
        }
    }

    fn lay_one<'a>(
        &'a self,
        item: &'a Item,
        map: Affine,
        depth: u8,
        room: &mut usize,
        into: &mut Laid<'a>,
    ) {
        match item.head.kind.as_str() {
            "INSERT" => {
                let name = item.head.raw(2).unwrap_or_default();
                self.lay(item, name, map, depth + 1, room, into);
            }
            "TEXT" | "MTEXT" => {
                let at = text_position(&item.head).map(|at| map.at(at));
                into.texts.extend(at.map(|at| BlockText { item, at }));
            }
            "ATTDEF" => {}
            kind => {
                if !trace(item, map, &mut into.traced) {
                    *into.left_out.entry(kind.to_owned()).or_default() += 1;
                }
            }
        }
    }
}
