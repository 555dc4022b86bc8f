//! The figures a plan states, each with the exact words that state it.

use super::figure::Figure;
use super::findings::Findings;
use super::scan::Scan;
use super::sentences::Placed;
use super::text::NormalisedText;

/// Finds all figures, in document order.
pub(super) fn find_all(
    text: &NormalisedText,
    sentences: &[Placed],
    findings: &mut Findings,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (index, placed) in sentences.iter().enumerate() {
        let range = placed.sentence.range;
        let Some(paragraph) = text.paragraph_at(range.start).and_then(|p| text.paragraphs().get(p))
        else {
            continue;
        };
        let scan = Scan {
            words: text.slice(range),
            start: range.start,
            paragraph: text.slice(*paragraph),
            paragraph_start: paragraph.start,
            item: placed.item.as_deref(),
            sentence: index,
        };
        let mut own = scan.figures();
        scan.check_units(&own, findings);
        figures.append(&mut own);
    }
    figures
}
