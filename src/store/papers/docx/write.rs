//! Blocks of a document as text.

use super::{
    block::{Block, Row, Table},
    tables::{goes_on, projects_in},
};
use crate::document::{Place, TextWriter};

/// Writes blocks. Tables of projects are no running text: their rows are counted and not written.
pub fn blocks(blocks: &[Block], out: &mut TextWriter) -> usize {
    let mut projects = 0;
    // A table right behind one of projects goes on with it, without a head.
    let mut follows = false;
    for block in blocks {
        match block {
            Block::Paragraph(own) => {
                let words = own.text.trim();
                follows &= words.is_empty() || goes_on(words);
                out.paragraph(&own.text, Place::Paragraph { number: own.number });
            }
            Block::Table(own) => {
                let listed = projects_in(own);
                if listed > 0 || follows {
                    projects += if listed > 0 { listed } else { own.rows.len() };
                    follows = true;
                } else {
                    table(own, out);
                }
            }
        }
    }
    projects
}

/// Notes stand behind the text, each with its number.
pub fn notes(notes: &[Vec<Block>], out: &mut TextWriter) {
    for note in notes {
        blocks(note, out);
    }
}

/// A table of one column is a box drawn around paragraphs; of others each row is a line.
fn table(own: &Table, out: &mut TextWriter) {
    let is_frame = own.rows.iter().all(|row| row.cells.len() <= 1);
    for row in &own.rows {
        if is_frame {
            for cell in &row.cells {
                blocks(&cell.blocks, out);
            }
        } else {
            line(row, out);
        }
    }
}

fn line(row: &Row, out: &mut TextWriter) {
    let mut is_first = true;
    for cell in &row.cells {
        let words = cell.text().replace('\n', " ");
        if words.is_empty() {
            continue;
        }
        out.between(if is_first { "\u{3000}\u{3000}" } else { "\t" });
        is_first = false;
        let number = cell.first_paragraph().unwrap_or_default();
        out.piece(&words, Place::Paragraph { number });
    }
    if !is_first {
        out.between("\n");
    }
}
