//! Walks through the paragraphs after a box's title and tells where the box ends.

use std::collections::HashSet;

use super::block::Block;
use super::boxes::{BoxGroup, BoxItem, PlanBox};
use super::headings::heading;
use super::numbering::Marker;
use super::reader::Reader;
use super::sentences::Home;
use crate::diagnostics::Severity;
use crate::units::TextRange;

/// How the items of a box are marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// (1) (2), with 1. 2. for groups.
    Paren,
    /// 1. 2.
    Item,
    Bullet,
    None,
}

impl Style {
    /// Tells the style from the paragraphs that may belong to the box.
    pub fn of(inside: &[Block]) -> Self {
        let any = |wanted: fn(Marker) -> bool| inside.iter().any(|b| b.marker.is_some_and(wanted));
        // Items in brackets count only near the top: further down they may belong to the running text.
        let head = inside.iter().take(3);
        if head.clone().any(|b| matches!(b.marker, Some(Marker::Paren(_)))) {
            Style::Paren
        } else if any(|m| matches!(m, Marker::Item(_)))
            && head.clone().any(|b| matches!(b.marker, Some(Marker::Item(1))))
        {
            Style::Item
        } else if any(|m| m == Marker::Bullet) {
            Style::Bullet
        } else {
            Style::None
        }
    }
}

/// The state while reading one box.
pub(super) struct Walk {
    plan_box: PlanBox,
    /// The box's part of the ids of its items.
    prefix: String,
    style: Style,
    ids: HashSet<String>,
    /// The last number stated by an item.
    stated: u32,
    /// Numbers start again in each group.
    restarts: bool,
    /// The current item has text besides its name.
    has_body: bool,
    /// So far items have name and text in one paragraph.
    bodies_inline: bool,
    home: usize,
}

impl Walk {
    /// Starts after the title, which becomes a sentence.
    pub fn new(
        reader: &mut Reader,
        plan_box: PlanBox,
        prefix: String,
        style: Style,
        home: usize,
    ) -> Self {
        let walk = Self {
            plan_box,
            prefix,
            style,
            ids: HashSet::new(),
            stated: 0,
            restarts: false,
            has_body: false,
            bodies_inline: false,
            home,
        };
        walk.sentence(reader, &walk.prefix, None, walk.plan_box.range);
        walk
    }

    /// The box as read so far.
    pub fn finish(self) -> PlanBox {
        self.plan_box
    }

    /// Takes a paragraph into the box; `false` where the box has ended before it.
    pub fn take(&mut self, reader: &mut Reader, block: &Block, later: &[Block]) -> bool {
        let style = self.style;
        match (style, block.marker) {
            (Style::Paren, Some(Marker::Paren(n))) => {
                self.check_number(reader, block, n);
                self.item(reader, block);
            }
            (Style::Paren, Some(Marker::Item(n))) => {
                let expected = self.next_group();
                let listed =
                    later.first().is_some_and(|b| matches!(b.marker, Some(Marker::Paren(_))));
                if !listed || (n != expected && n == reader.outline.next_item()) {
                    return false;
                }
                self.group(reader, block, n);
            }
            (Style::Item, Some(Marker::Item(n))) => {
                if self.is_outer_item(reader, block, n) {
                    return false;
                }
                self.check_number(reader, block, n);
                self.item(reader, block);
            }
            (Style::Bullet, Some(Marker::Bullet)) => self.item(reader, block),
            (Style::None, _) if block.marker.is_none() && self.opens_unnumbered(block) => {
                self.item(reader, block);
            }
            _ if block.marker.is_some_and(|m| matches!(m, Marker::Item(_)))
                && style == Style::None =>
            {
                return false;
            }
            _ => return self.continuation(reader, block, later),
        }
        true
    }

    /// `3.完善…` after item 2 of a box that stands after item 2 of its section: the running text
    /// goes on if the number fits there only, or fits both and it looks like a heading there.
    fn is_outer_item(&self, reader: &Reader, block: &Block, n: u32) -> bool {
        let fits_outer = n == reader.outline.next_item() && n > 1;
        let fits_box = n == self.stated + 1;
        let bare = !block.text.contains('。');
        fits_outer && (!fits_box || (bare && self.bodies_inline && !self.plan_box.items.is_empty()))
    }

    fn opens_unnumbered(&self, block: &Block) -> bool {
        let split = heading(block);
        self.plan_box.items.is_empty()
            || (split.whole_sentence && split.after < block.text.len() && self.bodies_inline)
    }

    /// A paragraph without a mark of the box: more of the current item, or the running text again.
    fn continuation(&mut self, reader: &mut Reader, block: &Block, later: &[Block]) -> bool {
        let style = self.style;
        let next = self.stated + 1;
        let more_items = later.iter().any(|b| match (style, b.marker) {
            (Style::Paren, Some(Marker::Paren(n))) => n == next || n == 1,
            (Style::Item, Some(Marker::Item(n))) => n == next && !self.is_outer_item(reader, b, n),
            (Style::Bullet, Some(Marker::Bullet)) => true,
            _ => false,
        });
        let Some(item) = self.plan_box.items.last_mut() else {
            // Words between the title and the first item.
            if !more_items {
                return false;
            }
            let prefix = self.prefix.clone();
            self.reach(block.range.end);
            self.body(reader, &prefix, None, block.text, block.range);
            return true;
        };
        if self.has_body && !more_items {
            return false;
        }
        item.range.end = block.range.end;
        let id = item.id.clone();
        self.has_body = true;
        self.reach(block.range.end);
        self.body(reader, &id, Some(&id), block.text, block.range);
        true
    }

    fn group(&mut self, reader: &mut Reader, block: &Block, n: u32) {
        let split = heading(block);
        let place = self.next_group();
        if n != place {
            let number = self.plan_box.number;
            reader.findings.at_text(
                Severity::Warning,
                "box-item-numbering",
                block.part(0, block.marker_len),
                format!("专栏{number} 的第 {n} 组应为第 {place} 组。"),
                format!("Group {n} of box {number} stands where group {place} comes next."),
            );
        }
        self.plan_box.groups.push(BoxGroup {
            number: Some(n),
            title: split.title(block).to_owned(),
            range: block.range,
        });
        self.restarts = true;
        self.reach(block.range.end);
        let id = format!("{}-g{place}", self.prefix);
        self.sentence(reader, &id, None, block.range);
    }

    fn next_group(&self) -> u32 {
        u32::try_from(self.plan_box.groups.len()).unwrap_or(u32::MAX - 1) + 1
    }

    fn check_number(&mut self, reader: &mut Reader, block: &Block, n: u32) {
        let expected = self.stated + 1;
        if n != expected && !(self.restarts && n == 1) {
            let number = self.plan_box.number;
            reader.findings.at_text(
                Severity::Warning,
                "box-item-numbering",
                block.part(0, block.marker_len),
                format!("专栏{number} 的第 {n} 项应为第 {expected} 项。"),
                format!("Item {n} of box {number} stands where item {expected} comes next."),
            );
        }
        self.restarts = false;
        self.stated = n;
    }

    fn item(&mut self, reader: &mut Reader, block: &Block) {
        let split = heading(block);
        let group = self.plan_box.groups.len().checked_sub(1);
        let running = u32::try_from(self.plan_box.items.len()).unwrap_or(u32::MAX - 1) + 1;
        // The stated number, unless numbers start again in each group or are missing.
        let number =
            if self.stated > 0 && !self.taken(self.stated) { self.stated } else { running };
        let mut id = format!("{}-{number:02}", self.prefix);
        let mut again = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{}-{number:02}~{again}", self.prefix);
            again += 1;
        }
        let name = split.title(block);
        let name_start = block
            .text
            .get(split.start..)
            .map_or(split.start, |rest| split.start + rest.find(name).unwrap_or(0));
        self.plan_box.items.push(BoxItem {
            id: id.clone(),
            number,
            name: name.to_owned(),
            name_range: block.part(name_start, name_start + name.len()),
            range: block.range,
            group,
        });
        self.reach(block.range.end);
        let mut body_start = 0;
        if split.whole_sentence {
            self.sentence(reader, &id, Some(&id), block.part(0, split.after));
            body_start = split.after;
        }
        self.has_body = body_start < block.text.len();
        self.bodies_inline = self.has_body;
        let text = block.text.get(body_start..).unwrap_or_default();
        let range = block.part(body_start, block.text.len());
        self.body(reader, &id, Some(&id), text, range);
    }

    fn taken(&self, number: u32) -> bool {
        self.plan_box.items.iter().any(|i| i.number == number)
    }

    /// Lets the box and its open group reach to `end`.
    fn reach(&mut self, end: usize) {
        self.plan_box.range.end = end;
        if let Some(group) = self.plan_box.groups.last_mut() {
            group.range.end = end;
        }
    }

    fn sentence(&self, reader: &mut Reader, id: &str, item: Option<&str>, range: TextRange) {
        let home = Home { id, node: self.home, item };
        reader.sentences.heading(&home, range);
    }

    fn body(
        &self,
        reader: &mut Reader,
        id: &str,
        item: Option<&str>,
        text: &str,
        range: TextRange,
    ) {
        let home = Home { id, node: self.home, item };
        reader.sentences.body(&home, text, range);
    }
}
