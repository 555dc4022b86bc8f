//! The workbook that is open with what the window shows of it, which follows each change.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use super::TakenOver;
use crate::{
    app::{Message, News, NoticeLevel, ShownBook, export::SharedCatalogue, workbook::Content},
    book::{AttachmentRecord, Entry, Table, Words},
    catalogue::{
        Catalogue, edit,
        lower::{Base, Lowered, UNREADABLE, lower_book},
    },
    diagnostics::{Diagnostic, Location},
    store::{
        self,
        book::{Access, Acted, BookError, Holder, Workbook},
    },
};

/// More changed projects are lowered with all others: each one that moves is looked for.
const FEW: usize = 500;

/// An open workbook and what is shown of it.
#[derive(Debug)]
pub struct OpenBook {
    workbook: Workbook,
    catalogue: Arc<Catalogue>,
    diagnostics: Arc<[Diagnostic]>,
    log: Arc<[Entry]>,
    pictures: Arc<BTreeMap<String, Arc<[u8]>>>,
}

impl OpenBook {
    /// Opens a workbook to be changed, or where that cannot be to be read.
    ///
    /// # Errors
    /// It cannot be read, is damaged, or is none.
    pub fn open(path: &Path, base: &Arc<Base>) -> Result<Self, BookError> {
        let own = Holder::own(store::clock::stamp());
        let (workbook, lowered) = Workbook::open(path, &Access::Write(own), base)?;
        let log = workbook.log()?.into();
        let Lowered { catalogue, diagnostics } = lowered;
        let (catalogue, diagnostics) = (Arc::new(catalogue), diagnostics.into());
        let mut own = Self { workbook, catalogue, diagnostics, log, pictures: Arc::default() };
        own.read_pictures();
        Ok(own)
    }

    /// The workbook itself, to be read.
    pub const fn workbook(&self) -> &Workbook {
        &self.workbook
    }

    /// Its projects and what was found wrong.
    pub fn content(&self) -> Content {
        let catalogue = SharedCatalogue(self.catalogue.clone());
        Content { catalogue, diagnostics: self.diagnostics.clone() }
    }

    /// What the window shows of it besides.
    pub fn shown(&self) -> ShownBook {
        // Numbered from 1 without gaps.
        let words = |seq: Option<u64>| -> Option<Words> {
            let at = usize::try_from(seq?.checked_sub(1)?).ok()?;
            self.log.get(at).map(|entry| entry.words.clone())
        };
        let history = self.workbook.history();
        ShownBook {
            records: Arc::new(self.workbook.book().clone()),
            undo: words(history.undoable()),
            redo: words(history.redoable()),
            read_only: self.workbook.read_only().cloned().map(Message::new),
            log: self.log.clone(),
            pictures: self.pictures.clone(),
            views: edit::listed(self.workbook.book()).into(),
            filters: edit::listed(self.workbook.book()).into(),
            layers: edit::layers(self.workbook.book()).into(),
        }
    }

    /// What is to be said when it opens.
    pub fn told(&self) -> Vec<(NoticeLevel, Message)> {
        let over = self.workbook.taken_over().cloned();
        let over = over.map(|holder| Message::new(TakenOver(holder)));
        let nothing = self.catalogue.projects.is_empty().then(|| News::NoProjects.into());
        over.into_iter().chain(nothing).map(|said| (NoticeLevel::Problem, said)).collect()
    }

    /// Changes it, and follows what changed. `None` where the projects are as they were.
    ///
    /// # Errors
    /// Nothing is changed: it cannot be written, or there is nothing to be done.
    pub fn act(
        &mut self,
        act: impl FnOnce(&mut Workbook) -> Result<Acted, BookError>,
    ) -> Result<Option<Content>, BookError> {
        let acted = act(&mut self.workbook)?;
        if let Ok(entry) = self.workbook.entry(acted.seq) {
            self.log = self.log.iter().cloned().chain([entry]).collect();
        }
        if acted.changes.iter().any(|own| own.table == Table::Attachments) {
            self.read_pictures();
        }
        let touches = |which: fn(Table) -> bool| acted.changes.iter().any(|own| which(own.table));
        if !touches(Table::is_of_catalogue) {
            return Ok(None);
        }
        if touches(|table| table.is_of_catalogue() && !is_of_projects(table)) || !self.follow(acted)
        {
            self.lower();
        }
        Ok(Some(self.content()))
    }

    /// The small pictures of what is attached now. One that cannot be read is not shown.
    fn read_pictures(&mut self) {
        let book = self.workbook.book();
        if book.count(Table::Attachments) == 0 && self.pictures.is_empty() {
            return;
        }
        let named = book.all::<AttachmentRecord>().0.into_iter().filter_map(|own| own.thumbnail);
        let read = |hash: String| {
            let known = self.pictures.get(&hash).cloned();
            let bytes = known.or_else(|| Some(self.workbook.blob(&hash).ok()??.into()))?;
            Some((hash, bytes))
        };
        self.pictures = Arc::new(named.filter_map(read).collect());
    }

    /// Takes over changed projects without the others; `false` where that does not do.
    fn follow(&mut self, acted: Acted) -> bool {
        let is_of_a_project =
            |found: &Diagnostic| matches!(found.location, Location::Project { .. });
        let is_whole = |found: &Diagnostic| WHOLE.contains(&found.code);
        if acted.projects.len() > FEW
            || self.diagnostics.iter().any(is_whole)
            || !acted.findings.iter().all(is_of_a_project)
        {
            return false;
        }
        // A line beyond the counties that are there brings others in, with everything that is drawn.
        let is_known = |code: &str| self.catalogue.county(code).is_some();
        let mut shares = acted.projects.values().flatten().flat_map(|own| &own.project.counties);
        if !shares.all(|share| is_known(&share.code)) {
            return false;
        }
        let ids: BTreeSet<String> = acted.projects.keys().cloned().collect();
        let mut catalogue = Catalogue::clone(&self.catalogue);
        catalogue.take_in(acted.projects, self.workbook.base());
        // That there is none is a finding about the whole.
        if catalogue.projects.is_empty() {
            return false;
        }
        let is_old = |found: &&Diagnostic| !matches!(&found.location, Location::Project { id } if ids.contains(id));
        let old = self.diagnostics.iter().filter(is_old).cloned();
        let mut all: Vec<Diagnostic> = old.chain(acted.findings).collect();
        all.sort_by_key(|found| std::cmp::Reverse(found.severity));
        self.catalogue = Arc::new(catalogue);
        self.diagnostics = all.into();
        true
    }

    /// Everything anew.
    fn lower(&mut self) {
        let own = &self.workbook;
        let Lowered { catalogue, diagnostics } =
            lower_book(own.book(), own.plan_bytes(), own.base());
        self.catalogue = Arc::new(catalogue);
        self.diagnostics = diagnostics.into();
    }
}

/// Findings that cannot be told apart by project.
const WHOLE: [&str; 3] = ["place-broken", UNREADABLE, "no-projects"];

/// Whether a table says something of single projects.
const fn is_of_projects(table: Table) -> bool {
    matches!(table, Table::Projects | Table::Places)
}
