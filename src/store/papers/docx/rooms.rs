//! What blocks of a document stand in while it is read.

use super::block::{Block, Cell, Row, Table};

#[derive(Debug)]
pub enum Room {
    Body(Vec<Block>),
    TextBox(Vec<Block>),
    Note(Vec<Block>),
    Table(Table),
    Row(Row),
    Cell(Cell),
}

/// The rooms that are open, each within the one before it; the first is the body and stays.
#[derive(Debug)]
pub struct Rooms(Vec<Room>);

impl Default for Rooms {
    fn default() -> Self {
        Self(vec![Room::Body(Vec::new())])
    }
}

impl Rooms {
    pub fn open(&mut self, room: Room) {
        self.0.push(room);
    }

    /// The row that is open.
    pub fn row(&mut self) -> Option<&mut Row> {
        match self.0.last_mut() {
            Some(Room::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// The cell that is open.
    pub fn cell(&mut self) -> Option<&mut Cell> {
        match self.0.last_mut() {
            Some(Room::Cell(cell)) => Some(cell),
            _ => None,
        }
    }

    /// The blocks of the room that is open, where it holds blocks.
    pub fn blocks(&mut self) -> Option<&mut Vec<Block>> {
        match self.0.last_mut() {
            Some(Room::Body(blocks) | Room::TextBox(blocks) | Room::Note(blocks)) => Some(blocks),
            Some(Room::Cell(cell)) => Some(&mut cell.blocks),
            _ => None,
        }
    }

    /// Takes what stands in the body.
    pub fn take_body(&mut self) -> Vec<Block> {
        match self.0.first_mut() {
            Some(Room::Body(blocks)) => std::mem::take(blocks),
            _ => Vec::new(),
        }
    }

    /// Puts a block into the room that is open.
    pub fn place(&mut self, block: Block) {
        if let Some(blocks) = self.blocks() {
            blocks.push(block);
            return;
        }
        // Between cells nothing stands in a sound document; words are kept all the same.
        let cell = Cell { blocks: vec![block], ..Cell::default() };
        match self.0.last_mut() {
            Some(Room::Row(row)) => row.cells.push(cell),
            Some(Room::Table(table)) => {
                table.rows.push(Row { cells: vec![cell], is_deleted: false });
            }
            _ => {}
        }
    }

    pub fn place_all(&mut self, blocks: Vec<Block>) {
        for block in blocks {
            self.place(block);
        }
    }

    /// Closes a room and puts it into the one around it. What has no place there comes back: blocks
    /// of a text box, which hang on a paragraph, and those of a note.
    pub fn close(&mut self) -> Option<Room> {
        // The body stays.
        if self.0.len() < 2 {
            return None;
        }
        match self.0.pop()? {
            Room::Cell(cell) => match self.row() {
                Some(row) => row.cells.push(cell),
                None => self.place_all(cell.blocks),
            },
            Room::Row(row) => match self.0.last_mut() {
                Some(Room::Table(table)) => {
                    if !row.is_deleted {
                        table.rows.push(row);
                    }
                }
                _ => self.place(Block::Table(Table { rows: vec![row] })),
            },
            Room::Table(table) => self.place(Block::Table(table)),
            other => return Some(other),
        }
        None
    }

    /// Leaves the body alone open.
    pub fn close_all(&mut self) {
        self.0.truncate(1);
    }
}
