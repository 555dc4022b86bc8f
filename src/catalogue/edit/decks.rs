//! Decks of slides: made, named, put in order, presented.

use super::{
    Refusal,
    deck_words::{Says, set},
    finish,
    slides::{SlideEdit, move_figure, remove_figure, set_text, set_view, sound_extent},
    values::sound_words,
    words,
};
use crate::{
    book::{
        Action, Book, DeckRecord, Draft, Mark, SettingRecord, SlideRecord, Table, Unreadable, Words,
    },
    catalogue::lower::{PRESENTED_DECK, decks, slides_of},
    language::Language,
};

/// What is done with decks.
#[derive(Debug, Clone, PartialEq)]
pub enum DeckEdit {
    /// Adds a deck with its slides, which get their ids here.
    Add {
        name: Words,
        slides: Vec<SlideRecord>,
    },
    Rename {
        deck: String,
        language: Language,
        name: String,
    },
    /// With its slides.
    Remove {
        deck: String,
    },
    /// From now on this one is presented.
    Present {
        deck: String,
    },
    /// Adds a slide, which gets its id here, after another or at the end.
    AddSlide {
        deck: String,
        after: Option<String>,
        slide: Box<SlideRecord>,
    },
    Slide {
        id: String,
        edit: SlideEdit,
    },
}

/// The action of what is done with decks.
///
/// # Errors
/// There is no such deck, slide or figure, or it does not take what it is given.
pub fn edit_deck(book: &Book, edit: DeckEdit, mark: &Mark) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let said = match edit {
        DeckEdit::Add { name, slides } => add(&mut draft, book, name, slides)?,
        DeckEdit::Rename { deck, language, name } => {
            let name = name.trim();
            if name.is_empty() {
                return Err(Refusal::Empty { field: "name" });
            }
            sound_words("name", name)?;
            let mut own = deck_of(&draft, &deck)?;
            set(&mut own.name, Says::Text, language, name);
            draft.put(&own)?;
            words(format!("一套幻灯片改名为“{name}”"), format!("deck renamed to “{name}”"))
        }
        DeckEdit::Remove { deck } => {
            let own = deck_of(&draft, &deck)?;
            draft.remove::<DeckRecord>(&deck);
            for slide in slides_of(book, &deck) {
                draft.remove::<SlideRecord>(&slide.id);
            }
            let name = named(&own.name);
            words(format!("删除一套幻灯片{}", name.zh), format!("deck {} removed", name.en))
        }
        DeckEdit::Present { deck } => {
            let own = deck_of(&draft, &deck)?;
            let name = PRESENTED_DECK.to_owned();
            draft.put(&SettingRecord { name, value: deck.into() })?;
            let name = named(&own.name);
            words(format!("放映{}", name.zh), format!("{} is presented", name.en))
        }
        DeckEdit::AddSlide { deck, after, slide } => {
            deck_of(&draft, &deck)?;
            sound_extent(&slide)?;
            let mut slides = slides_of(book, &deck);
            let at = after.and_then(|id| slides.iter().position(|own| own.id == id));
            let at = at.map_or(slides.len(), |at| at + 1);
            let number = first_free(book, Table::Slides, "S-");
            let own = SlideRecord { id: format!("S-{number}"), deck, ..*slide };
            let title = named(&own.title);
            draft.put(&own)?;
            slides.insert(at, own);
            renumber(&mut draft, slides)?;
            words(format!("新建幻灯片{}", title.zh), format!("slide {} added", title.en))
        }
        DeckEdit::Slide { id, edit } => edit_slide(&mut draft, book, &id, edit, mark)?,
    };
    Ok(finish(draft, said))
}

fn add(
    draft: &mut Draft<'_>,
    book: &Book,
    name: Words,
    slides: Vec<SlideRecord>,
) -> Result<Words, Refusal> {
    if name.zh.trim().is_empty() {
        return Err(Refusal::Empty { field: "name" });
    }
    let id = format!("deck-{}", first_free(book, Table::Decks, "deck-"));
    let order = decks(book).iter().map(|deck| deck.order.saturating_add(1)).max().unwrap_or(0);
    let said = named(&name);
    draft.put(&DeckRecord { id: id.clone(), order, name })?;
    let first = first_free(book, Table::Slides, "S-");
    for (slide, at) in slides.into_iter().zip(0_u32..) {
        sound_extent(&slide)?;
        let own = format!("S-{}", first.saturating_add(at));
        draft.put(&SlideRecord { id: own, deck: id.clone(), order: at, ..slide })?;
    }
    Ok(words(format!("新建一套幻灯片{}", said.zh), format!("deck {} added", said.en)))
}

fn edit_slide(
    draft: &mut Draft<'_>,
    book: &Book,
    id: &str,
    edit: SlideEdit,
    mark: &Mark,
) -> Result<Words, Refusal> {
    let mut own: SlideRecord = draft.get(id)?.ok_or_else(|| Refusal::NoSlide(id.to_owned()))?;
    let title = named(&own.title);
    let said = |zh: &str, en: &str| {
        words(format!("幻灯片{}：{zh}", title.zh), format!("slide {}: {en}", title.en))
    };
    let said = match edit {
        SlideEdit::Text { part, language, text } => {
            set_text(&mut own, part, language, &text, mark)?;
            said("改文字", "text changed")
        }
        SlideEdit::View(view) => {
            set_view(&mut own, *view)?;
            said("取当前画面", "view taken")
        }
        SlideEdit::SetHidden(hidden) => {
            own.hidden = hidden;
            if hidden { said("隐藏", "hidden") } else { said("不再隐藏", "shown again") }
        }
        SlideEdit::MoveTo(to) => {
            let mut slides = slides_of(book, &own.deck);
            slides.retain(|slide| slide.id != own.id);
            slides.insert(to.min(slides.len()), own);
            renumber(draft, slides)?;
            return Ok(said("换位置", "moved"));
        }
        SlideEdit::Duplicate => {
            let mut slides = slides_of(book, &own.deck);
            let at = slides.iter().position(|slide| slide.id == own.id).unwrap_or(slides.len());
            own.id = format!("S-{}", first_free(book, Table::Slides, "S-"));
            draft.put(&own)?;
            slides.insert((at + 1).min(slides.len()), own);
            renumber(draft, slides)?;
            return Ok(said("复制", "copied"));
        }
        SlideEdit::Remove => {
            draft.remove::<SlideRecord>(&own.id);
            return Ok(said("删除", "removed"));
        }
        SlideEdit::AddFigure(figure) => {
            let mut figure = *figure;
            // Without words of the plan it is somebody's own.
            if figure.span.is_none() && figure.by_hand.is_none() {
                figure.by_hand = Some(mark.clone());
            }
            own.figures.push(figure);
            said("添加数字", "figure added")
        }
        SlideEdit::MoveFigure { from, to } => {
            move_figure(&mut own, from, to)?;
            said("数字换位置", "figure moved")
        }
        SlideEdit::RemoveFigure(at) => {
            remove_figure(&mut own, at)?;
            said("删除数字", "figure removed")
        }
    };
    draft.put(&own)?;
    Ok(said)
}

fn deck_of(draft: &Draft<'_>, id: &str) -> Result<DeckRecord, Refusal> {
    draft.get(id)?.ok_or_else(|| Refusal::NoDeck(id.to_owned()))
}

/// Writes slides whose place is another than their number says.
fn renumber(draft: &mut Draft<'_>, slides: Vec<SlideRecord>) -> Result<(), Unreadable> {
    for (mut slide, order) in slides.into_iter().zip(0_u32..) {
        if slide.order != order {
            slide.order = order;
            draft.put(&slide)?;
        }
    }
    Ok(())
}

/// One more than the number of any record whose key is the prefix and a number.
fn first_free(book: &Book, table: Table, prefix: &str) -> u32 {
    let numbers = book.texts(table).filter_map(|(key, _)| key.strip_prefix(prefix));
    let most = numbers.filter_map(|number| number.parse::<u32>().ok()).max().unwrap_or(0);
    most.saturating_add(1)
}

/// A name for the log, on one line and not too long.
fn named(name: &Words) -> Words {
    const MOST: usize = 20;
    let short = |text: &str| {
        let line: String = text.lines().collect::<Vec<_>>().join(" ");
        let mut short: String = line.chars().take(MOST).collect();
        if short.len() < line.len() {
            short.push('…');
        }
        if short.is_empty() { String::new() } else { format!("“{short}”") }
    };
    let en = if name.en.is_empty() { &name.zh } else { &name.en };
    words(short(&name.zh), short(en))
}
