//! The texts of the seed files: each pair of keys as one text in two languages.

use serde_json::Value;

use super::seed::{
    CitySeed, CooperationSeed, CountySeed, FeatureSeed, KindSeed, PartnerCitySeed, ProjectSeed,
    SlideFigureSeed, SlideSeed, TargetSeed, UnlocatedSeed,
};
use super::seed_later::{ChangeSeed, UpdateSeed};
use crate::language::Bilingual;

/// `text = chinese, english;` becomes a method `text` that joins the two fields of the saved form.
macro_rules! texts {
    ($($seed:ident { $($text:ident = $zh:ident, $en:ident;)+ })+) => {
        $(impl $seed {
            $(pub(super) fn $text(&self) -> Bilingual {
                Bilingual::new(self.$zh.as_str(), self.$en.as_str())
            })+
        })+
    };
}

texts! {
    CitySeed { plan_title = plan_title, plan_title_en; }
    ProjectSeed {
        name = name, name_en;
        short_name = short_name, short_name_en;
    }
    UpdateSeed { text = text_zh, text_en; }
    ChangeSeed {
        subject = subject_zh, subject_en;
        stated = stated_zh, stated_en;
        later = later_zh, later_en;
    }
    KindSeed { name = zh, en; }
    UnlocatedSeed { reason = reason_zh, reason_en; }
    CountySeed { name = name, name_en; }
    CooperationSeed {
        name = name, name_en;
        verb = verb_zh, verb_en;
    }
    PartnerCitySeed { name = name, name_en; }
    TargetSeed { indicator = indicator_zh, indicator_en; }
    SlideSeed {
        kicker = kicker_zh, kicker_en;
        title = title_zh, title_en;
        caption = caption_zh, caption_en;
    }
    SlideFigureSeed {
        label = label_zh, label_en;
        unit = unit_zh, unit_en;
    }
}

impl ProjectSeed {
    pub(super) fn note(&self) -> Option<Bilingual> {
        some(self.notes_zh.as_deref(), self.notes_en.as_deref())
    }
}

impl FeatureSeed {
    pub(super) fn length_note(&self) -> Option<Bilingual> {
        some(self.length_note_zh.as_deref(), self.length_note_en.as_deref())
    }

    /// Its name, or the id where it has none.
    pub(super) fn name_or(&self, id: &str) -> Bilingual {
        let zh = self.name.as_deref().unwrap_or(id);
        Bilingual::new(zh, self.name_en.as_deref().unwrap_or_default())
    }

    pub(super) fn map_name(&self) -> Option<Bilingual> {
        some(self.map_name.as_deref(), self.map_name_en.as_deref())
    }

    pub(super) fn basis(&self) -> Bilingual {
        some(self.basis_zh.as_deref(), self.basis_en.as_deref()).unwrap_or_default()
    }

    pub(super) fn anchor_name(&self) -> Option<Bilingual> {
        some(self.anchor_name_zh.as_deref(), self.anchor_name_en.as_deref())
    }

    pub(super) fn reason(&self) -> Bilingual {
        some(self.reason_zh.as_deref(), self.reason_en.as_deref()).unwrap_or_default()
    }
}

impl SlideFigureSeed {
    /// Numbers may stand there as numbers or as words.
    pub(super) fn value(&self) -> Bilingual {
        Bilingual::new(plain(&self.value), plain(&self.value_en))
    }
}

/// A text of which any language is there.
fn some(zh: Option<&str>, en: Option<&str>) -> Option<Bilingual> {
    let text = Bilingual::new(zh.unwrap_or_default(), en.unwrap_or_default());
    (!text.is_empty()).then_some(text)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
