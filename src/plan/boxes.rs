//! Boxes (专栏): lists of projects set apart from the running text.

use std::collections::HashMap;

use serde::Serialize;

use super::block::Block;
use super::box_style::Style;
use super::box_title;
use super::box_walk::Walk;
use super::numbering::Marker;
use super::reader::Reader;
use crate::diagnostics::Severity;
use crate::units::TextRange;

/// A box of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanBox {
    /// Its stated number, or its place among the boxes where none is stated.
    pub number: u32,
    /// The second part of a number such as 3-1.
    pub part: Option<u32>,
    /// Without 专栏 and the number; the next line where it stands there.
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
    /// The numbers of box and item, such as `B1-01`; `B3.1-01` in the box 3-1.
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

/// Reads the box whose title is `blocks[at]`; answers it and the index of the first paragraph
/// after it.
pub(super) fn read(
    reader: &mut Reader,
    blocks: &[Block],
    at: usize,
    before: &mut Numbers,
) -> (PlanBox, usize) {
    let Some(title) = blocks.get(at) else {
        return (PlanBox::new(0, String::new(), TextRange { start: 0, end: 0 }, 0), at);
    };
    let (number, part) = before.number(reader, title);
    let home = reader.outline.box_home(title.range.start);
    let mut words = box_title::words(title);
    let mut range = title.range;
    let mut first = at + 1;
    if words.is_empty()
        && let Some(next) = blocks.get(first).filter(|next| box_title::stands_below(next))
    {
        words = next.text.trim_matches(['“', '”', ':', '：']);
        range.end = next.range.end;
        first += 1;
    }
    let limit = blocks
        .iter()
        .skip(first)
        .position(|b| box_title::is_title(b) && !box_title::goes_on(b))
        .map_or(blocks.len(), |n| first + n);
    let inside = blocks.get(first..limit).unwrap_or_default();
    let mut plan_box = PlanBox::new(number, words.to_owned(), range, home);
    plan_box.part = part;
    let prefix = before.prefix(number, part);
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
    (plan_box, first + taken)
}

/// The numbers of the boxes so far.
#[derive(Default)]
pub(super) struct Numbers {
    last: Option<u32>,
    /// The last part of a number with parts, such as 1 of 3-1.
    last_part: Option<(u32, u32)>,
    seen: HashMap<(u32, u32), u32>,
}

impl Numbers {
    /// The number and part of a box; told where they do not follow from the box before.
    fn number(&mut self, reader: &mut Reader, title: &Block) -> (u32, Option<u32>) {
        let expected = self.last.map_or(1, |n| n.saturating_add(1));
        let (stated, part) = match title.marker {
            Some(Marker::Box(stated @ 1.., part)) => (stated, part),
            _ => (expected, 0),
        };
        let again = self.seen.contains_key(&(stated, part));
        let name = if part > 0 { format!("{stated}-{part}") } else { stated.to_string() };
        let follows = match self.last_part {
            _ if part == 0 => stated == expected,
            // 3-1 opens the boxes of chapter 3, wherever the last chapter ended.
            _ if part == 1 => true,
            Some((number, last)) => stated == number && part == last + 1,
            None => false,
        };
        if again {
            reader.findings.at_text(
                Severity::Warning,
                "box-numbering",
                title.range,
                format!("专栏{name} 出现不止一次。"),
                format!("There is more than one box {name}."),
            );
        } else if !follows {
            let next = match self.last_part {
                Some((number, last)) if part > 0 => format!("{number}-{}", last + 1),
                _ if part > 0 => format!("{stated}-1"),
                _ => expected.to_string(),
            };
            reader.findings.at_text(
                Severity::Warning,
                "box-numbering",
                title.range,
                format!("此处应为专栏{next}，文中为专栏{name}。"),
                format!("Box {next} comes next, but this is box {name}."),
            );
        }
        self.last = Some(stated);
        self.last_part = (part > 0).then_some((stated, part));
        (stated, (part > 0).then_some(part))
    }

    /// `B1`, `B3.1` for 专栏3-1, and `B1~2` for a second box of the same number.
    fn prefix(&mut self, number: u32, part: Option<u32>) -> String {
        let seen = self.seen.entry((number, part.unwrap_or(0))).or_insert(0);
        *seen += 1;
        let part = part.map(|part| format!(".{part}")).unwrap_or_default();
        match *seen {
            1 => format!("B{number}{part}"),
            n => format!("B{number}{part}~{n}"),
        }
    }
}

impl PlanBox {
    fn new(number: u32, title: String, range: TextRange, home: usize) -> Self {
        Self {
            number,
            part: None,
            title,
            range,
            section: Some(home),
            groups: Vec::new(),
            items: Vec::new(),
        }
    }
}
