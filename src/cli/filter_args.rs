//! The conditions of a command, and how they become a filter.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{
    CliError,
    book_args::SourceArgs,
    values::{along, extent, finite, near},
    within::within,
};
use crate::{
    app::Language,
    catalogue::{Catalogue, Facet, Filter, Status},
    tr,
};

/// Conditions. Several values of one option widen it, different options narrow each other.
#[derive(Debug, Clone, Default, ClapArgs)]
pub struct FilterArgs {
    #[command(flatten)]
    pub of: SourceArgs,
    /// County by name or GB/T 2260 code
    #[arg(long)]
    pub county: Vec<String>,
    /// A corridor matches only the counties of its ends (仅起讫点)
    #[arg(long)]
    pub ends_only: bool,
    /// Cooperation region by key or name, such as jjj or 京津冀
    #[arg(long)]
    pub region: Vec<String>,
    /// Task by outline id, such as 3.1 or 3.1.1
    #[arg(long)]
    pub task: Vec<String>,
    /// Kind by key or name, such as railway or 铁路
    #[arg(long)]
    pub kind: Vec<String>,
    /// Words, pinyin or pinyin initials
    #[arg(long)]
    pub text: Vec<String>,
    /// Extent in degrees
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    pub bbox: Option<String>,
    #[expect(clippy::doc_markdown, reason = "told to the user as it stands")]
    /// Within the polygons of a GeoJSON file
    #[arg(long, value_name = "FILE")]
    pub within: Option<PathBuf>,
    /// Within some kilometres of a point
    #[arg(long, value_name = "LON,LAT,KM", allow_hyphen_values = true)]
    pub near: Option<String>,
    /// Within some kilometres of a project
    #[arg(long, value_name = "ID,KM")]
    pub along: Option<String>,
    /// Smallest stated investment, 亿元
    #[arg(long, value_name = "YI", allow_hyphen_values = true)]
    pub min_investment: Option<f64>,
    /// Largest stated investment, 亿元
    #[arg(long, value_name = "YI", allow_hyphen_values = true)]
    pub max_investment: Option<f64>,
    /// surveyed, site, block, park, schematic, county, zone, city or none
    #[arg(long)]
    pub accuracy: Vec<String>,
    /// Only what the plan intends
    #[arg(long)]
    pub planned: bool,
    /// Only what the plan names as done
    #[arg(long)]
    pub done: bool,
}

impl FilterArgs {
    /// The filter for a catalogue.
    ///
    /// # Errors
    /// A value that names nothing, or is no number; the message says which and what would do.
    pub fn filter(&self, catalogue: &Catalogue, language: Language) -> Result<Filter, CliError> {
        let mut filter =
            Filter { ends_only: self.ends_only, text: self.text.join(" "), ..Filter::default() };
        for (facet, option, given) in [
            (Facet::County, "--county", &self.county),
            (Facet::Region, "--region", &self.region),
            (Facet::Task, "--task", &self.task),
            (Facet::Kind, "--kind", &self.kind),
            (Facet::Accuracy, "--accuracy", &self.accuracy),
        ] {
            for text in given {
                let named = facet.named(catalogue, text);
                if named.is_empty() {
                    return Err(unknown(
                        option,
                        text,
                        &known(facet, catalogue, language),
                        language,
                    ));
                }
                for value in named {
                    filter.want(facet, &value);
                }
            }
        }
        if self.planned {
            filter.status.insert(Status::Planned);
        }
        if self.done {
            filter.status.insert(Status::Done);
        }
        filter.min_investment_yi = finite("--min-investment", self.min_investment, language)?;
        filter.max_investment_yi = finite("--max-investment", self.max_investment, language)?;
        if let (Some(min), Some(max)) = (self.min_investment, self.max_investment)
            && min > max
        {
            return Err(CliError::Usage(tr!(language, "cli.min_max", min = min, max = max)));
        }
        filter.extent = self.bbox.as_deref().map(|text| extent(text, language)).transpose()?;
        filter.polygon = self.within.as_deref().map(|path| within(path, language)).transpose()?;
        filter.near = self.near.as_deref().map(|text| near(text, language)).transpose()?;
        filter.along =
            self.along.as_deref().map(|text| along(catalogue, text, language)).transpose()?;
        Ok(filter)
    }
}

fn unknown(option: &str, value: &str, known: &[String], language: Language) -> CliError {
    let known = known.join(", ");
    CliError::Usage(tr!(language, "cli.unknown", option = option, value = value, known = known))
}

/// What an argument may say, or where that stands.
fn known(facet: Facet, catalogue: &Catalogue, language: Language) -> Vec<String> {
    let keyed = |key: &str, name: &str| format!("{key} ({name})");
    match facet {
        Facet::County => vec![tr!(language, "cli.see", command = "jintu regions")],
        Facet::Task => vec![tr!(language, "cli.see", command = "jintu tasks")],
        Facet::Region => {
            catalogue.regions.iter().map(|r| keyed(&r.key, r.name.get(language))).collect()
        }
        Facet::Kind => {
            catalogue.kinds.iter().map(|k| keyed(&k.key, k.name.get(language))).collect()
        }
        Facet::Status | Facet::Accuracy => facet.values(catalogue),
    }
}
