//! What speaks for and against a proposed position, and how to say so.

use std::fmt;

/// Why a candidate is as likely as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent findings, each told on its own")]
pub struct Reason {
    pub by_alias: bool,
    pub county: CountyEvidence,
    /// Places that the same words may mean, this one included.
    pub same_name: usize,
    /// The name is part of an organisation's.
    pub organisation: bool,
    /// The name may be a part of another word.
    pub part_of_word: bool,
    /// The name is an end of a route.
    pub end_of_line: bool,
    /// The text names other places just as well, far from this one.
    pub one_of_several: bool,
}

/// What the counties named around it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountyEvidence {
    /// No county is named, or the place's own is not known.
    None,
    Agrees,
    Differs,
}

impl Reason {
    /// In words, for a tooltip or a basis.
    pub fn zh(&self) -> String {
        let mut parts = vec![if self.by_alias { "别名相符" } else { "名称相符" }.to_owned()];
        match self.county {
            CountyEvidence::Agrees => parts.push("文中区县一致".to_owned()),
            CountyEvidence::Differs => parts.push("与文中区县不一致".to_owned()),
            CountyEvidence::None => {}
        }
        if self.same_name > 1 {
            parts.push(format!("{}处同名", self.same_name));
        }
        let findings = [
            (self.organisation, "似为单位名称的一部分"),
            (self.part_of_word, "可能只是词的一部分"),
            (self.end_of_line, "是线路的一端"),
            (self.one_of_several, "文中另有其他地点"),
        ];
        parts.extend(findings.iter().filter(|(holds, _)| *holds).map(|(_, say)| (*say).to_owned()));
        parts.join("，")
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.by_alias { "known by another name" } else { "known by this name" })?;
        match self.county {
            CountyEvidence::Agrees => f.write_str(", in a county the text names")?,
            CountyEvidence::Differs => f.write_str(", outside the counties the text names")?,
            CountyEvidence::None => {}
        }
        if self.same_name > 1 {
            write!(f, ", one of {} so called", self.same_name)?;
        }
        let findings = [
            (self.organisation, ", seems part of an organisation's name"),
            (self.part_of_word, ", may be part of another word"),
            (self.end_of_line, ", an end of a route"),
            (self.one_of_several, ", other places are named too"),
        ];
        findings.iter().filter(|(holds, _)| *holds).try_for_each(|(_, say)| f.write_str(say))
    }
}
