//! The legend of a slide: what the user's own layers mean, at the lower right of what is left to the
//! map.
//!
//! It is as large as the words allow and never covers much of the map: where it has no room it is set
//! smaller, in columns, and at last says how many entries are left out.

use super::{
    block::Block,
    legend::{Legend, LegendEntry, LegendLook, legend_in_room},
    sample::EntrySample,
    slide::SlideLayout,
    title::panel,
};
use crate::{
    font::Fonts,
    paper::{BoxPt, Item},
    scene::legend::Sample,
    style::MapPalette,
};

/// A legend in its place on a wall.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideLegend {
    pub item: Item,
    pub place: BoxPt,
}

/// Letters as a share of the unit that a slide's sizes are counted in.
const LETTERS: f32 = 0.024;
/// Air around it and within, as shares of the same.
const AIR: f32 = 0.03;
const SIDES: f32 = 0.02;
/// Most of the map's width and height that it takes.
const MOST: [f32; 2] = [0.5, 0.6];
/// By so much the letters become smaller until it has room.
const SHARES: [f32; 5] = [1.0, 0.88, 0.76, 0.66, 0.58];

/// Lays the legend out beside the words of a slide; `None` where there is nothing to tell. `more` says
/// that so many entries are left out.
pub fn slide_legend(
    legend: &Legend,
    [width, _]: [f32; 2],
    layout: &SlideLayout,
    enlarged: f32,
    more: &dyn Fn(usize) -> String,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Option<SlideLegend> {
    if legend.is_empty() {
        return None;
    }
    let unit = layout.unit_pt;
    let words = layout.words_box;
    let (left, bottom) = if layout.is_tall {
        (0.0, words.top)
    } else {
        (words.left + words.width, layout.credits_box.top)
    };
    let air = AIR * unit;
    let [most_width, most_height] = MOST;
    let room = [(width - left) * most_width - air, bottom * most_height - air];
    let pad = [SIDES * unit, 0.7 * SIDES * unit];
    let inner = [room[0] - 2.0 * pad[0], room[1] - 2.0 * pad[1]];
    let made = |legend: &Legend, share: f32| {
        let by = LETTERS * unit * enlarged * share / LegendLook::OVER_MAP.label_pt;
        let look = LegendLook::OVER_MAP.smaller(by);
        let beside = look.sample_pt[0] + look.label_gap_pt;
        let longest_label_pt = look.longest_label_pt.min((inner[0] - beside).max(1.0));
        legend_in_room(legend, inner, &LegendLook { longest_label_pt, ..look }, palette, fonts)
    };
    let fits = |block: &Block| block.size_pt[0] <= inner[0] && block.size_pt[1] <= inner[1];
    let whole = SHARES.into_iter().map(|share| made(legend, share)).find(fits);
    let block = whole.or_else(|| {
        let all: Vec<&LegendEntry> =
            legend.groups.iter().flat_map(|group| &group.entries).collect();
        let smallest = SHARES.last().copied().unwrap_or(1.0);
        let first = |count: usize| made(&shortened(legend, &all, count, more), smallest);
        // As many as there is room for, found by halving.
        let (mut most, mut least) = (all.len(), 0);
        let mut fitting = None;
        while most - least > 1 {
            let middle = usize::midpoint(least, most);
            let block = Some(first(middle)).filter(fits);
            if block.is_some() {
                (least, fitting) = (middle, block);
            } else {
                most = middle;
            }
        }
        fitting
    })?;
    let block = block.padded(pad).grounded(&panel(palette));
    let corner = [width - 0.6 * air - block.size_pt[0], bottom - air - block.size_pt[1]];
    let place = block.place(corner);
    Some(SlideLegend { item: block.at(corner), place })
}

/// The first entries of a legend, and that others are left out.
fn shortened(
    legend: &Legend,
    all: &[&LegendEntry],
    count: usize,
    more: &dyn Fn(usize) -> String,
) -> Legend {
    let mut entries: Vec<LegendEntry> =
        all.iter().take(count).map(|entry| (*entry).clone()).collect();
    let label = more(all.len().saturating_sub(count));
    entries.push(LegendEntry { label, sample: EntrySample::Mark(Sample::Nothing) });
    let group = super::LegendGroup { heading: String::new(), entries };
    Legend { title: legend.title.clone(), groups: vec![group] }
}
