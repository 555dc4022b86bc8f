//! Every table of a workbook, in one list: file, log, undo and migration follow from it.

/// A table of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    Book,
    Outline,
    Projects,
    Places,
    Targets,
    Notes,
    Sketches,
    Layers,
    Views,
    Filters,
    Decks,
    Slides,
    Ledger,
    Attachments,
    Revisions,
    Settings,
}

/// What the list says of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRow {
    pub table: Table,
    /// Its name in the file.
    pub name: &'static str,
    /// The version of the workbook that brought it.
    pub since: u32,
    /// What its records are, for who reads the file with another program.
    pub about: &'static str,
}

/// The version of the workbook that this program writes. A new table or a new meaning of an old one
/// makes it one more; what older files lack is then made by `store::book::migrate`.
pub const VERSION: u32 = 1;

/// The list. A new table is a variant, a row here and the type of its records ([`super::Kept`]).
pub const TABLES: [TableRow; 16] = [
    row(Table::Book, "jintu_book", 1, "the workbook itself: title, plan, city"),
    row(Table::Outline, "jintu_outline", 1, "the plan's headings with their ids"),
    row(Table::Projects, "jintu_projects", 1, "projects: what is stated and what is known later"),
    row(Table::Places, "jintu_places", 1, "geometries of projects with accuracy and sources"),
    row(Table::Targets, "jintu_targets", 1, "the plan's indicators"),
    row(Table::Notes, "jintu_notes", 1, "notes on the map"),
    row(Table::Sketches, "jintu_sketches", 1, "measured lines and drawn outlines"),
    row(Table::Layers, "jintu_layers", 1, "the user's layers, by path and hash or embedded"),
    row(Table::Views, "jintu_views", 1, "saved views"),
    row(Table::Filters, "jintu_filters", 1, "saved filters"),
    row(Table::Decks, "jintu_decks", 1, "decks of slides"),
    row(Table::Slides, "jintu_slides", 1, "slides"),
    row(Table::Ledger, "jintu_ledger", 1, "what is reported of projects, dated"),
    row(Table::Attachments, "jintu_attachments", 1, "photos and documents, by hash"),
    row(Table::Revisions, "jintu_revisions", 1, "newer texts of the plan, and what was taken over"),
    row(Table::Settings, "jintu_settings", 1, "settings that belong to the workbook"),
];

const fn row(table: Table, name: &'static str, since: u32, about: &'static str) -> TableRow {
    TableRow { table, name, since, about }
}

impl Table {
    /// Its row of the list.
    pub fn row(self) -> &'static TableRow {
        // The variants stand in the order of the rows; a test holds it.
        &TABLES[self as usize]
    }

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The table of a name in the file; `None` for one of a newer version.
    pub fn from_name(name: &str) -> Option<Self> {
        TABLES.iter().find(|row| row.name == name).map(|row| row.table)
    }

    /// Whether the catalogue is made of its records; the others are only looked up.
    pub const fn is_of_catalogue(self) -> bool {
        matches!(self, Self::Book | Self::Outline | Self::Projects | Self::Places | Self::Targets)
    }

    /// How it is made in the file: the key, the record as JSON, and the entry of the log that wrote
    /// it last. The same for all, so that log, undo and restoring know every table.
    pub fn sql(self) -> String {
        format!(
            "CREATE TABLE {} (key TEXT PRIMARY KEY NOT NULL, record TEXT NOT NULL, \
             seq INTEGER NOT NULL)",
            self.name()
        )
    }
}
