//! What a document is made of.

/// A paragraph or a table.
#[derive(Debug)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph with the number that it shows. It is counted even where it is empty.
#[derive(Debug, Default)]
pub struct Paragraph {
    pub number: u32,
    pub text: String,
}

#[derive(Debug, Default)]
pub struct Table {
    pub rows: Vec<Row>,
}

#[derive(Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// It was deleted while changes were tracked.
    pub is_deleted: bool,
}

#[derive(Debug)]
pub struct Cell {
    pub blocks: Vec<Block>,
    /// Columns that it spans, at least 1.
    pub span: usize,
    /// It goes on with the cell above it.
    pub is_continued: bool,
}

impl Default for Cell {
    fn default() -> Self {
        Self { blocks: Vec::new(), span: 1, is_continued: false }
    }
}

impl Cell {
    /// Its words: one line a paragraph, cells of tables within it too.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        collect(&self.blocks, &mut lines);
        lines.join("\n")
    }

    /// The number of its first paragraph.
    pub fn first_paragraph(&self) -> Option<u32> {
        self.blocks.iter().find_map(|block| match block {
            Block::Paragraph(own) => Some(own.number),
            Block::Table(_) => None,
        })
    }
}

fn collect(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(own) if own.text.trim().is_empty() => {}
            Block::Paragraph(own) => lines.push(own.text.trim().to_owned()),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    collect(&cell.blocks, lines);
                }
            }
        }
    }
}
