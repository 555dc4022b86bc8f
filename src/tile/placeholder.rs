//! What stands in braces in the address of a tile.

use super::known::{TIANDITU, service};

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("the address does not begin with http:// or https:// and a host")]
    NotHttp,
    #[error("the address has no {{z}}, {{x}} and {{y}} (nor {{q}})")]
    NoPlace,
    #[error("the address needs a key ({{key}}), and none was given")]
    NoKey,
    #[error("the address holds two different keys, and a basemap can have one")]
    ManyKeys,
    #[error("the address has {{{0}}}, which this program does not know")]
    Unknown(String),
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    Text(&'a str),
    Zoom,
    Column,
    Row,
    /// The row counted from the south, whatever the source's order.
    RowFromSouth,
    Quadkey,
    Key,
    /// The name of a server that the source lists.
    Server,
    /// The same, with the list in the template.
    Servers(Vec<String>),
}

impl Part<'_> {
    /// As it is written in this program's templates.
    pub const fn written(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Zoom => "{z}",
            Self::Column => "{x}",
            Self::Row => "{y}",
            Self::RowFromSouth => "{-y}",
            Self::Quadkey => "{q}",
            Self::Key => "{key}",
            Self::Server | Self::Servers(_) => "{s}",
        }
    }
}

/// The pieces of a template, in order.
pub fn parts(template: &str) -> impl Iterator<Item = Result<Part<'_>, TemplateError>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inside) = rest.strip_prefix("${").or_else(|| rest.strip_prefix('{'))
            && let Some((name, after)) = inside.split_once('}')
        {
            rest = after;
            return Some(named(name, template));
        }
        let braces = rest.match_indices(['{', '$']).map(|(at, _)| at).filter(|at| *at > 0);
        let opens = |at: &usize| {
            rest.get(*at..).is_some_and(|r| r.starts_with(['{']) || r.starts_with("${"))
        };
        let end = braces.into_iter().find(opens).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Ok(Part::Text(text)))
    })
}

/// Whether a name in braces stands for something.
pub fn is_known(name: &str) -> bool {
    named(name, "").is_ok()
}

fn named<'a>(name: &'a str, template: &str) -> Result<Part<'a>, TemplateError> {
    let lower = name.to_ascii_lowercase();
    Ok(match lower.as_str() {
        "z" | "zoom" | "level" | "tilematrix" => Part::Zoom,
        "x" | "col" | "tilecol" => Part::Column,
        "y" | "row" | "tilerow" => Part::Row,
        "-y" => Part::RowFromSouth,
        "q" | "quadkey" => Part::Quadkey,
        "key" | "tk" | "token" | "apikey" | "api_key" | "access_token" | "accesstoken" => Part::Key,
        "s" | "subdomain" | "subdomains" => Part::Server,
        // The factor of dense screens: the plain picture.
        "r" | "ratio" => Part::Text(""),
        "style" => Part::Text("default"),
        // 天地图 calls its Web Mercator `w`.
        "tilematrixset" if service(template) == Some(TIANDITU) => Part::Text("w"),
        "tilematrixset" => Part::Text("GoogleMapsCompatible"),
        _ => Part::Servers(servers(&lower).ok_or_else(|| TemplateError::Unknown(name.to_owned()))?),
    })
}

/// `switch:a,b,c`, `a-c`, `0-7`, `01-04`.
fn servers(name: &str) -> Option<Vec<String>> {
    if let Some(list) = name.strip_prefix("switch:") {
        let names: Vec<String> = list.split(',').map(|s| s.trim().to_owned()).collect();
        return names.iter().all(|name| !name.is_empty()).then_some(names);
    }
    let (first, last) = name.split_once('-')?;
    let single = |text: &str| Some(text.chars().next()?).filter(char::is_ascii_lowercase);
    if first.len() == 1
        && last.len() == 1
        && let (Some(a), Some(b)) = (single(first), single(last))
    {
        return (a <= b).then(|| (a..=b).map(String::from).collect());
    }
    let digits = |text: &str| text.len() < 4 && text.bytes().all(|b| b.is_ascii_digit());
    let (a, b): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    let width = first.len();
    let sound = digits(first) && digits(last) && a <= b && b - a < 100;
    sound.then(|| (a..=b).map(|n| format!("{n:0width$}")).collect())
}
