//! Marked-up text (XML) as a stream: elements by their names without prefix, texts in one piece.

use std::{
    io::{BufReader, Read},
    rc::Rc,
};

use quick_xml::{Reader, events::Event};

use super::{
    charset::script_of_start,
    text::{TextCounts, TextReader},
};

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Mark {
    /// An element begins: its name.
    Open(String),
    /// An element ends: its name, and its text if it holds nothing else.
    Close(String),
    End,
}

/// A stream of marks. Elements that are empty open and close.
pub struct Markup<R: Read> {
    reader: Reader<BufReader<TextReader<R>>>,
    room: Vec<u8>,
    /// The text since the last element began.
    pub text: String,
    /// What stood before the element that has just begun.
    pub before: String,
    /// The attributes of the element that has just begun.
    attributes: Vec<(String, String)>,
    counts: Rc<TextCounts>,
    pub guessed: Option<&'static str>,
}

impl<R: Read> Markup<R> {
    /// `start` are the first bytes of the same text.
    pub fn new(from: R, start: &[u8]) -> Self {
        let script = script_of_start(start);
        let text = TextReader::new(from, script);
        let counts = text.counts();
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, text));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Self {
            reader,
            room: Vec::new(),
            text: String::new(),
            before: String::new(),
            attributes: Vec::new(),
            counts,
            guessed: script.is_guessed.then(|| script.encoding.name()),
        }
    }

    /// Bytes of the file that have been read.
    pub fn read_bytes(&self) -> u64 {
        self.counts.bytes()
    }

    /// The value of an attribute of the element that has just begun.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The next mark.
    ///
    /// # Errors
    /// What stands there is no marked-up text.
    pub fn next(&mut self) -> Result<Mark, quick_xml::Error> {
        loop {
            self.room.clear();
            match self.reader.read_event_into(&mut self.room)? {
                Event::Start(start) => {
                    std::mem::swap(&mut self.before, &mut self.text);
                    self.text.clear();
                    self.attributes.clear();
                    for attribute in start.html_attributes().flatten() {
                        let name = attribute.key.local_name();
                        let raw: &str = &attribute.value;
                        let value = quick_xml::escape::unescape(raw)
                            .map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned);
                        self.attributes.push((name.as_ref().to_owned(), value));
                    }
                    return Ok(Mark::Open(start.local_name().as_ref().to_owned()));
                }
                Event::End(end) => return Ok(Mark::Close(end.local_name().as_ref().to_owned())),
                Event::Text(text) => self.text.push_str(&text),
                Event::CData(text) => self.text.push_str(&text),
                Event::GeneralRef(entity) => {
                    let sign = entity.resolve_char_ref().ok().flatten();
                    let known = quick_xml::escape::resolve_predefined_entity(&entity);
                    match (sign, known) {
                        (Some(sign), _) => self.text.push(sign),
                        (None, Some(known)) => self.text.push_str(known),
                        // What nobody declares stays as it stands.
                        (None, None) => {
                            self.text.push('&');
                            self.text.push_str(&entity);
                            self.text.push(';');
                        }
                    }
                }
                Event::Eof => return Ok(Mark::End),
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }
}
