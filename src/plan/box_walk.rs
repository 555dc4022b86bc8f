//! Walks through the paragraphs after a box's title and tells where the box ends.

use std::collections::HashSet;

use super::block::Block;
use super::box_fields::is_field;
use super::box_style::{Class, Style, is_bare, stated};
use super::box_title;
use super::boxes::{BoxGroup, BoxItem, PlanBox};
use super::headings::{heading, item_heading};
use super::reader::Reader;
use super::sentences::Home;
use crate::diagnostics::Severity;
use crate::units::TextRange;

/// How far the next item of a box may be away.
const FAR: usize = 40;

/// The state while reading one box.
#[expect(clippy::struct_excessive_bools, reason = "what is known of a box so far, each by itself")]
pub(super) struct Walk {
    plan_box: PlanBox,
    /// The box's part of the ids of its items.
    prefix: String,
    style: Style,
    ids: HashSet<String>,
    /// Numbers that items have.
    numbers: HashSet<u32>,
    /// The last number stated by an item.
    stated: u32,
    /// Numbers start again in each group.
    restarts: bool,
    /// The current item has text besides its name.
    has_body: bool,
    /// So far items have name and text in one paragraph.
    bodies_inline: bool,
    /// An item had text besides its name.
    bodies: bool,
    /// Rows of a table whose columns are lost are being read.
    in_table: bool,
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
            numbers: HashSet::new(),
            stated: 0,
            restarts: false,
            has_body: false,
            bodies_inline: false,
            bodies: false,
            in_table: false,
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
        if box_title::goes_on(block) {
            // The title once more on the next page belongs to no item.
            self.reach(block.range.end);
            return true;
        }
        let class = Class::of(block);
        if self.is_row(reader, block, class) {
            self.sentence(reader, &self.prefix, None, block.range);
            self.reach(block.range.end);
            return true;
        }
        if Some(class) == self.style.group
            && let Some(n) = stated(block)
        {
            if !self.opens_group(reader, block, n, later) {
                return false;
            }
            self.group(reader, block, n);
            return true;
        }
        if class == self.style.item && class != Class::Plain {
            if let Some(n) = stated(block) {
                if class == Class::Item && self.is_outer_item(reader, block, n) {
                    return false;
                }
                self.check_number(reader, block, n);
            }
            self.item(reader, block);
            return true;
        }
        match class {
            Class::Chapter | Class::Section => false,
            Class::Plain if self.style.item == Class::Plain && self.opens_unnumbered(block) => {
                self.item(reader, block);
                true
            }
            Class::Item if self.style.item == Class::Plain => false,
            _ => self.continuation(reader, block, later),
        }
    }

    /// Whether a paragraph is the head of a table or a row under it: without its columns nobody knows
    /// what its figures are of, so it names no project.
    fn is_row(&mut self, reader: &mut Reader, block: &Block, class: Class) -> bool {
        let is_head = block.text.starts_with("序号") && block.text.contains("名称");
        if is_head && !self.in_table {
            reader.findings.at_text(
                Severity::Warning,
                "flat-table",
                block.range,
                "这里是一张失去了列的表，其中的项目没有读；请用 XLSX、DOCX 等项目表加入。"
                    .to_owned(),
                "Here is a table that lost its columns; its projects are not read. Add them as a \
                 table of projects (XLSX, DOCX)."
                    .to_owned(),
            );
        }
        let is_outer = matches!(class, Class::Chapter | Class::Section);
        self.in_table = is_head || self.in_table && !is_outer && !block.text.contains('。');
        self.in_table
    }

    /// Whether a mark of the group's kind opens the next group, or is the running text again.
    fn opens_group(&self, reader: &Reader, block: &Block, n: u32, later: &[Block]) -> bool {
        let outer = match self.style.group {
            Some(Class::Chapter) => reader.outline.next_chapter(),
            Some(Class::Section) => reader.outline.next_section(),
            _ => reader.outline.next_item(),
        };
        let next = later.first();
        let listed = next.is_some_and(|b| match self.style.item {
            Class::Plain => b.marker.is_none() && !b.text.contains('。'),
            item => Class::of(b) == item,
        });
        let fits_box = n == self.next_group();
        let again = next.and_then(stated).is_none_or(|m| m == 1 || m == self.stated + 1);
        listed && is_bare(block) && again && (fits_box || n != outer)
    }

    /// `3.完善…` after item 2 of a box that stands after item 2 of its section: the running text
    /// goes on if the number fits there only, or fits both and it looks like a heading there.
    fn is_outer_item(&self, reader: &Reader, block: &Block, n: u32) -> bool {
        let fits_outer = n == reader.outline.next_item() && n > 1;
        let fits_box = n == self.stated + 1 || (self.restarts && n == 1);
        let bare = !block.text.contains('。') && is_bare(block);
        fits_outer && (!fits_box || (bare && self.bodies_inline && !self.plan_box.items.is_empty()))
    }

    /// Whether a paragraph without a mark is an item of a box without marks.
    fn opens_unnumbered(&self, block: &Block) -> bool {
        if is_field(block.text) {
            return false;
        }
        let split = item_heading(block);
        let bracket = block.text.get(split.end..).is_some_and(|rest| rest.starts_with('('));
        let named = bracket || (split.whole_sentence && split.after < block.text.len());
        let alone = is_bare(block) && block.text.chars().count() >= 4;
        self.plan_box.items.is_empty()
            || (named && self.bodies_inline)
            || (alone && !self.bodies_inline)
    }

    /// A paragraph without a mark of the box: more of the current item, or the running text again.
    fn continuation(&mut self, reader: &mut Reader, block: &Block, later: &[Block]) -> bool {
        let next = self.stated + 1;
        let item = self.style.item;
        let more_items = item != Class::Plain
            && later
                .iter()
                .take(FAR)
                .take_while(|b| match Class::of(b) {
                    Class::Chapter | Class::Section => Some(Class::of(b)) == self.style.group,
                    _ => true,
                })
                .any(|b| {
                    Class::of(b) == item
                        && stated(b).is_none_or(|n| match item {
                            Class::Item => n == next && !self.is_outer_item(reader, b, n),
                            _ => n == next || n == 1,
                        })
                });
        let field = is_field(block.text);
        let listed = self.plan_box.items.len();
        let Some(last) = self.plan_box.items.last_mut() else {
            // Words between the title and the first item.
            if !more_items {
                return false;
            }
            let prefix = self.prefix.clone();
            self.reach(block.range.end);
            self.body(reader, &prefix, None, block.text, block.range);
            return true;
        };
        if self.has_body && !more_items && !field {
            return false;
        }
        // After names alone a paragraph is the running text again.
        if !self.bodies && listed >= 3 && !more_items && !field {
            return false;
        }
        last.range.end = block.range.end;
        let id = last.id.clone();
        self.has_body = true;
        self.bodies = true;
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
        let split = item_heading(block);
        let group = self.plan_box.groups.len().checked_sub(1);
        let running = u32::try_from(self.plan_box.items.len()).unwrap_or(u32::MAX - 1) + 1;
        // The stated number, unless numbers start again in each group or are missing.
        let free = self.stated > 0 && !self.numbers.contains(&self.stated);
        let number = if free { self.stated } else { running };
        self.numbers.insert(number);
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
        self.bodies |= self.has_body;
        let text = block.text.get(body_start..).unwrap_or_default();
        let range = block.part(body_start, block.text.len());
        self.body(reader, &id, Some(&id), text, range);
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
