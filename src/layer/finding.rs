//! What was wrong with a file, or worth knowing, and did not stop the reading.

/// One cause, and how often it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub cause: Cause,
    /// Features, rows or entities; 0 where nothing is counted.
    pub count: usize,
    /// What the file says: a name, a code, a type. Empty where the cause says all.
    pub detail: String,
}

/// Declares the causes once: the enum, [`Cause::ALL`] and [`Cause::key`].
macro_rules! causes {
    ($($(#[$doc:meta])* $cause:ident = $key:literal, $leaves_out:literal;)*) => {
        /// Why something of a file is not as the file has it. Each has its words under
        /// `finding.KEY` in the locale files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Cause {
            $($(#[$doc])* $cause,)*
        }

        impl Cause {
            pub const ALL: &'static [Self] = &[$(Self::$cause,)*];

            /// Its name in JSON and in the locale files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$cause => $key,)* }
            }

            /// Whether something of the file is not on the map or not in the table.
            pub const fn leaves_out(self) -> bool {
                match self { $(Self::$cause => $leaves_out,)* }
            }
        }
    };
}

causes! {
    /// Features without a usable position.
    WithoutPlace = "without_place", true;
    /// Points at exactly 0,0, which stands for a position that is missing.
    AtZero = "at_zero", true;
    /// Rows that could not be read.
    BrokenRows = "broken_rows", true;
    /// Rows that the file itself marks as deleted.
    DeletedRows = "deleted_rows", true;
    /// Rows whose coordinates are not clear; the detail shows the first of them.
    UnclearPosition = "unclear_position", true;
    /// Quotes that are never closed: the rows are read as if they were none.
    OpenQuote = "open_quote", true;
    /// Geometries that could not be read.
    BrokenGeometry = "broken_geometry", true;
    /// Geometries or entities of a type that is not drawn; the detail names it.
    TypeLeftOut = "type_left_out", true;
    /// A layer or table of the file that could not be read; the detail names it and says why.
    LayerLeftOut = "layer_left_out", true;
    /// Values at single positions of a line, such as times and heights.
    VertexValues = "vertex_values", true;
    /// Values of fields beyond the number that is kept, which the detail tells.
    FieldsLeftOut = "fields_left_out", true;
    /// Sheets that the workbook hides; the detail names them.
    HiddenSheet = "hidden_sheet", true;
    /// Sheets without columns of coordinates; the detail names them.
    SheetWithoutPlaces = "sheet_without_places", true;
    /// A field whose values are bytes, not words; the detail names it.
    BytesField = "bytes_field", true;
    /// Values of fields beyond the most that a layer has.
    FieldLeftOut = "field_left_out", true;
    /// Links to elsewhere, which are never followed.
    LinkNotFollowed = "link_not_followed", true;
    /// The file ends before it should; what came before is there.
    Truncated = "truncated", true;
    /// Positions that there are not on Earth: latitudes beyond ±90°, longitudes beyond ±360°.
    NotOnEarth = "not_on_earth", true;
    /// A file that belongs beside it is not there; the detail tells its ending.
    NoCompanion = "no_companion", true;
    /// Positions beyond ±85.05°, drawn at the map's edge.
    BeyondMap = "beyond_map", false;
    /// Geometries of several kinds, written as a feature for each kind.
    CollectionSplit = "collection_split", false;
    /// Curves drawn as lines of short pieces.
    CurvesStraightened = "curves_straightened", false;
    /// Areas with so many corners across each other that they are drawn as outlines.
    OutlineOnly = "outline_only", false;
    /// Longitudes and latitudes look swapped, and lie as the file has them.
    Swapped = "swapped", false;
    /// Axes were taken in the other order; the detail says why.
    AxesSwapped = "axes_swapped", false;
    /// A reference system that is not known: taken as degrees of WGS-84.
    UnknownDatum = "unknown_datum", false;
    /// A reference system that the file does not state; the detail says what it is taken for.
    DatumAssumed = "datum_assumed", false;
    /// A system without an exact transform to WGS-84; the detail names it.
    NoExactTransform = "no_exact_transform", false;
    /// A file of a program that may have shifted its coordinates without saying so; the detail names it.
    MayBeShifted = "may_be_shifted", false;
    /// Features in another reference system than the layer's, each placed by its own; the detail
    /// names it.
    OwnDatum = "own_datum", false;
    /// Parameters of a transform that the file gives and that are not applied; the detail has them.
    TransformLeftOut = "transform_left_out", false;
    /// Bytes that are no text in the file's encoding, shown as U+FFFD.
    BadText = "bad_text", false;
    /// The encoding is guessed; the detail names it.
    EncodingGuessed = "encoding_guessed", false;
    /// Text that a table would take for a formula, written with a mark before it.
    FormulaNeutralised = "formula_neutralised", false;
    /// A field's name that the format does not hold; the detail tells both.
    FieldRenamed = "field_renamed", false;
    /// A text longer than the format holds, cut at its end.
    TextCut = "text_cut", true;
    /// Values that the format has no place for; the detail names their fields.
    ValuesLeftOut = "values_left_out", true;
    /// Fields beyond the columns of the format; the detail names them.
    ColumnsNotWritten = "columns_not_written", true;
    /// Features without a shape, in a format that holds nothing else.
    WithoutShape = "without_shape", true;
    /// Features of a kind that the format does not hold; the detail names it.
    TypeNotWritten = "type_not_written", true;
    /// Features of several points, of which the format holds the first.
    PointsNotWritten = "points_not_written", true;
    /// Heights of positions, which the map has no use for.
    HeightsLeftOut = "heights_left_out", true;
    /// Moments whose time zone the format does not hold; the detail names the field and the zone.
    ZoneOfTimeLeftOut = "zone_of_time_left_out", true;
    /// What one file of the format does not hold stands in several; the detail names them.
    FilesSplit = "files_split", false;
    /// Rows of one layer that stand in several sheets; the detail names them.
    SheetsSplit = "sheets_split", false;
    /// Numbers with more digits than the format keeps, written as text; the detail names the field.
    NumberAsText = "number_as_text", false;
    /// Geometries longer than a cell of the format.
    GeometryTooLong = "geometry_too_long", true;
    /// Signs that the format uses itself or has not, replaced; the detail shows them.
    SignsReplaced = "signs_replaced", false;
    /// The system that was chosen to write in, as the format needs one of its own; the detail names it.
    ZoneChosen = "zone_chosen", false;
    /// The file does not say which system its coordinates refer to; the detail names it.
    SystemUnsaid = "system_unsaid", false;
    /// The drawing's unit, by which its figures were made metres; the detail names it.
    UnitApplied = "unit_applied", false;
    /// A unit that the drawing names and its figures belie: they are taken for metres.
    UnitIgnored = "unit_ignored", false;
    /// Features that no row of the joined table belongs to.
    JoinMissing = "join_missing", false;
    /// Keys of the joined table that no feature has.
    JoinUnused = "join_unused", false;
    /// Keys that several rows of the joined table have: the first row counts.
    JoinDoubled = "join_doubled", false;
    /// A count that the file states differs from what it holds; the detail tells both.
    CountDiffers = "count_differs", false;
}

impl Finding {
    /// So many of a cause that needs no more words.
    pub const fn of(cause: Cause, count: usize) -> Self {
        Self { cause, count, detail: String::new() }
    }
}
