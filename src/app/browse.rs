//! Choosing a file: in the desktop's own dialog, or inside the window where the desktop offers none.

use std::path::{Path, PathBuf};

use super::{Language, message::Message};
use crate::{gazetteer::SearchKey, tr};

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Layers and basemaps are opened.
    Open,
    /// A table is joined to a layer.
    Table,
    /// An export is given its place.
    Save,
    /// A plan becomes a workbook.
    Plan,
    /// A newer text of the plan is compared with the workbook.
    NewerPlan,
    /// A workbook is given its place.
    Workbook,
    /// Files are attached to a project.
    Attach,
    /// An attachment is saved as a file of its own.
    SaveAttachment,
    /// Layers of the workbook are given their file again.
    LayerFile,
    /// A table of projects is added to a workbook.
    ProjectTable,
    /// A file of features holds the place of a project.
    Place,
}

impl Purpose {
    /// Whether a file that is there is wanted.
    pub const fn reads(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Table
                | Self::Plan
                | Self::NewerPlan
                | Self::Attach
                | Self::LayerFile
                | Self::ProjectTable
                | Self::Place
        )
    }
}

/// What is asked for, in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileQuestion {
    pub purpose: Purpose,
    pub title: String,
    /// Where to begin; empty for the user's documents.
    pub folder: PathBuf,
    /// Of a file to be saved.
    pub name: String,
    /// What the files are called that fit, and their endings without the dot; none where all fit.
    pub kind: String,
    pub extensions: Vec<String>,
}

/// Endings of the files that can be opened: layers, then basemaps.
pub const READABLE: [&str; 32] = [
    "jintu", "geojson", "json", "geojsonl", "geojsons", "ndjson", "jsonl", "topojson", "esrijson",
    "gpkg", "fgb", "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "et", "ods", "shp", "zip", "dbf",
    "shx", "kml", "kmz", "ovkml", "ovkmz", "ovjsn", "gpx", "dxf", "mbtiles", "pmtiles",
];

/// Endings of the files that a plan can be read from.
pub const PLANS: [&str; 3] = ["txt", "docx", "pdf"];

/// Endings of files that are tables and no plans.
pub const TABLES: [&str; 7] = ["xlsx", "xlsm", "xls", "et", "ods", "csv", "tsv"];

/// Whether the name of a file says that it is a table and no plan.
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    TABLES.contains(&ending.as_str())
}

impl FileQuestion {
    /// Which files to open, from a folder on.
    pub fn open(folder: PathBuf, language: Language) -> Self {
        Self {
            purpose: Purpose::Open,
            title: tr!(language, "command.open_file"),
            folder,
            name: String::new(),
            kind: tr!(language, "browse.readable"),
            extensions: READABLE.map(str::to_owned).to_vec(),
        }
    }

    /// Where the file of layers is now that was at a path.
    pub fn layer_file(folder: PathBuf, was: &Path, language: Language) -> Self {
        let ending = was.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let name = was.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self {
            purpose: Purpose::LayerFile,
            title: tr!(language, "files.find_title", name = name),
            kind: tr!(language, "browse.readable"),
            extensions: vec![ending],
            ..Self::open(folder, language)
        }
    }

    /// Which table to join, from a folder on.
    pub fn table(folder: PathBuf, extensions: &[&str], language: Language) -> Self {
        Self {
            purpose: Purpose::Table,
            title: tr!(language, "join.choose"),
            folder,
            name: String::new(),
            kind: tr!(language, "join.tables"),
            extensions: extensions.iter().map(|&own| own.to_owned()).collect(),
        }
    }

    /// Which plan a workbook is made of.
    pub fn plan(folder: PathBuf, language: Language) -> Self {
        Self {
            purpose: Purpose::Plan,
            title: tr!(language, "command.new_workbook"),
            folder,
            name: String::new(),
            kind: tr!(language, "browse.plans"),
            extensions: PLANS.iter().chain(&TABLES).map(|&own| own.to_owned()).collect(),
        }
    }

    /// Which table of projects is added to a workbook.
    pub fn project_table(folder: PathBuf, language: Language) -> Self {
        let others = PLANS.iter().filter(|own| **own != "pdf");
        Self {
            purpose: Purpose::ProjectTable,
            title: tr!(language, "command.add_table"),
            folder,
            name: String::new(),
            kind: tr!(language, "browse.project_tables"),
            extensions: TABLES.iter().chain(others).map(|&own| own.to_owned()).collect(),
        }
    }

    /// Which newer text of the plan a workbook is compared with.
    pub fn newer_plan(folder: PathBuf, language: Language) -> Self {
        Self {
            purpose: Purpose::NewerPlan,
            title: tr!(language, "revise.choose"),
            ..Self::plan(folder, language)
        }
    }

    /// Which file of features holds the place of a project.
    pub fn place(folder: PathBuf, language: Language) -> Self {
        let title = tr!(language, "placing.choose_file");
        Self { purpose: Purpose::Place, title, ..Self::open(folder, language) }
    }

    /// Where a workbook goes.
    pub fn workbook(folder: PathBuf, name: String, language: Language) -> Self {
        Self {
            purpose: Purpose::Workbook,
            title: tr!(language, "browse.workbook"),
            folder,
            name,
            kind: tr!(language, "browse.workbooks"),
            extensions: vec!["jintu".to_owned()],
        }
    }

    /// Which files to attach; any will do.
    pub fn attach(folder: PathBuf, language: Language) -> Self {
        Self {
            purpose: Purpose::Attach,
            title: tr!(language, "attachment.choose"),
            folder,
            name: String::new(),
            kind: tr!(language, "attachment.files"),
            extensions: Vec::new(),
        }
    }

    /// Where an attachment goes.
    pub fn save_attachment(name: String, language: Language) -> Self {
        Self {
            purpose: Purpose::SaveAttachment,
            title: tr!(language, "browse.save"),
            folder: PathBuf::new(),
            name,
            kind: tr!(language, "attachment.files"),
            extensions: Vec::new(),
        }
    }

    /// Where to save a file of an ending.
    pub fn save(folder: PathBuf, name: String, extension: &str, language: Language) -> Self {
        Self {
            purpose: Purpose::Save,
            title: tr!(language, "browse.save"),
            folder,
            name,
            kind: extension.to_uppercase(),
            extensions: vec![extension.to_owned()],
        }
    }
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    pub name: String,
    pub path: PathBuf,
    pub is_folder: bool,
    pub bytes: u64,
}

/// What is known of a folder.
#[derive(Debug, Clone, PartialEq)]
pub enum Listing {
    Reading,
    Read(Vec<FolderEntry>),
    Failed(Message),
}

/// The dialog inside the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Browse {
    pub question: FileQuestion,
    pub folder: PathBuf,
    pub listing: Listing,
    /// Of a file to be opened a part of its name, or a path; of one to be saved its name.
    pub text: String,
    /// The row that Enter means; of a file to be saved none until the arrows mark one.
    pub row: Option<usize>,
    /// Files that do not fit, too.
    pub with_all: bool,
}

impl Browse {
    /// The dialog before its folder has been read.
    pub fn new(question: FileQuestion) -> Self {
        let text = question.name.clone();
        let row = question.purpose.reads().then_some(0);
        let folder = question.folder.clone();
        Self { question, folder, listing: Listing::Reading, text, row, with_all: false }
    }

    /// The rows of the list: folders, then the files that fit what is asked and typed.
    pub fn rows(&self) -> Vec<&FolderEntry> {
        let Listing::Read(entries) = &self.listing else { return Vec::new() };
        let typed = match self.question.purpose {
            own if own.reads() && !self.is_path() => self.text.trim(),
            _ => "",
        };
        let fits = |entry: &&FolderEntry| {
            let named = typed.is_empty() || SearchKey::of(&entry.name).matches(typed);
            named && (entry.is_folder || self.with_all || self.has_ending(&entry.name))
        };
        entries.iter().filter(fits).collect()
    }

    /// Whether what is typed leads somewhere else.
    pub fn is_path(&self) -> bool {
        let path = PathBuf::from(self.text.trim());
        path.is_absolute() && self.question.purpose.reads()
    }

    fn has_ending(&self, name: &str) -> bool {
        if self.question.extensions.is_empty() {
            return true;
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| self.question.extensions.contains(&ending))
    }
}

/// A place that was chosen for an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenPlace {
    /// Grows with each choice.
    pub number: u64,
    pub path: PathBuf,
}
