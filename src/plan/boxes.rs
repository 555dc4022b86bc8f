//! Boxes (专栏): lists of projects set apart from the running text.

use serde::Serialize;

use super::block::Block;
use super::box_walk::{Style, Walk};
use super::numbering::{Marker, is_complete};
use super::reader::Reader;
use crate::diagnostics::Severity;
use crate::units::TextRange;

/// A box of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanBox {
    /// Its stated number, or its place among the boxes where none is stated.
    pub number: u32,
    /// Without 专栏 and the number.
    pub title: String,
    /// From the title to the end of the last item.
    pub range: TextRange,
    /// The outline node it stands in: a section, or a chapter that has no sections.
    pub section: Option<usize>,
    pub groups: Vec<BoxGroup>,
    pub items: Vec<BoxItem>,
}

/// A group of items inside a box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoxGroup {
    pub number: Option<u32>,
    pub title: String,
    /// From its heading to the end of its last item.
    pub range: TextRange,
}

/// An item of a box: a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoxItem {
    /// The numbers of box and item, such as `B1-01`.
    pub id: String,
    /// Counts through the box, groups notwithstanding.
    pub number: u32,
    pub name: String,
    pub name_range: TextRange,
    /// From the item's mark to the end of its text.
    pub range: TextRange,
    /// The group it stands in, as an index into [`PlanBox::groups`].
    pub group: Option<usize>,
}

/// Most characters of a box's title.
const TITLE_CHARS: usize = 50;

/// Whether a paragraph is the title of a box rather than a sentence that mentions one.
pub(super) fn is_title(block: &Block) -> bool {
    matches!(block.marker, Some(Marker::Box(_)))
        && block.text.chars().count() <= TITLE_CHARS
        && !is_complete(block.text)
        && !block.text.contains(['，', '。', '；'])
}

/// Reads the box whose title is `blocks[at]`; answers it and the index of the first paragraph
/// after it.
pub(super) fn read(
    reader: &mut Reader,
    blocks: &[Block],
    at: usize,
    before: &[PlanBox],
) -> (PlanBox, usize) {
    let Some(title) = blocks.get(at) else {
        return (PlanBox::new(0, String::new(), TextRange { start: 0, end: 0 }, 0), at);
    };
    let number = number_of(reader, title, before);
    let home = reader.outline.box_home(title.range.start);
    let words = title.rest().trim_matches([':', '：', ' ', '.', '—']);
    let limit = blocks
        .iter()
        .skip(at + 1)
        .position(|b| {
            is_title(b) || matches!(b.marker, Some(Marker::Chapter(_) | Marker::Section(_)))
        })
        .map_or(blocks.len(), |n| at + 1 + n);
    let inside = blocks.get(at + 1..limit).unwrap_or_default();
    let plan_box = PlanBox::new(number, words.to_owned(), title.range, home);
    let prefix = prefix_of(number, before);
    let mut walk = Walk::new(reader, plan_box, prefix, Style::of(inside), home);
    let mut taken = 0;
    for (i, block) in inside.iter().enumerate() {
        let later = inside.get(i + 1..).unwrap_or_default();
        if !walk.take(reader, block, later) {
            break;
        }
        taken = i + 1;
    }
    let plan_box = walk.finish();
    reader.outline.extend(home, plan_box.range.end);
    (plan_box, at + 1 + taken)
}

impl PlanBox {
    fn new(number: u32, title: String, range: TextRange, home: usize) -> Self {
        Self { number, title, range, section: Some(home), groups: Vec::new(), items: Vec::new() }
    }
}

fn number_of(reader: &mut Reader, title: &Block, before: &[PlanBox]) -> u32 {
    let expected = before.last().map_or(1, |b| b.number + 1);
    let Some(Marker::Box(stated @ 1..)) = title.marker else {
        return expected;
    };
    if before.iter().any(|b| b.number == stated) {
        reader.findings.at_text(
            Severity::Warning,
            "box-numbering",
            title.range,
            format!("专栏{stated} 出现不止一次。"),
            format!("There is more than one box {stated}."),
        );
    } else if stated != expected {
        reader.findings.at_text(
            Severity::Warning,
            "box-numbering",
            title.range,
            format!("此处应为专栏{expected}，文中为专栏{stated}。"),
            format!("Box {expected} comes next, but this is box {stated}."),
        );
    }
    stated
}

/// `B1`, and `B1~2` for a second box of the same number.
fn prefix_of(number: u32, before: &[PlanBox]) -> String {
    match before.iter().filter(|b| b.number == number).count() {
        0 => format!("B{number}"),
        n => format!("B{number}~{}", n + 1),
    }
}
