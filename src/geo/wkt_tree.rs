//! Well-known text as a tree of its brackets, whatever it is about.

/// `KEYWORD[…]`, with what stands between the brackets.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// In capitals.
    pub keyword: String,
    pub items: Vec<Item>,
}

#[derive(Debug)]
pub(super) enum Item {
    /// In quotes.
    Text(String),
    /// Without: a number, or a word such as `EAST`.
    Word(String),
    Node(Node),
}

/// Definitions are a few kilobytes; more is something else.
const LONGEST_BYTES: usize = 64 * 1024;
/// A compound system with bases and methods has seven levels.
const DEEPEST: usize = 20;

/// Reads one node; what stands behind it is not looked at, and brackets that are never closed are
/// closed at the end. `None` where no bracket follows a first word, or there are too many in another.
pub(super) fn read(text: &str) -> Option<Node> {
    if text.len() > LONGEST_BYTES {
        return None;
    }
    let mut open: Vec<Node> = Vec::new();
    let mut word = String::new();
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut quoted = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '"' if chars.peek() == Some(&'"') => {
                            chars.next();
                            quoted.push('"');
                        }
                        '"' => break,
                        c => quoted.push(c),
                    }
                }
                word.clear();
                open.last_mut()?.items.push(Item::Text(quoted));
            }
            '[' | '(' => {
                if open.len() >= DEEPEST {
                    return None;
                }
                let keyword = std::mem::take(&mut word).trim().to_uppercase();
                open.push(Node { keyword, items: Vec::new() });
            }
            ',' | ']' | ')' => {
                let finished = std::mem::take(&mut word);
                let finished = finished.trim();
                let own = open.last_mut()?;
                if !finished.is_empty() {
                    own.items.push(Item::Word(finished.to_owned()));
                }
                if c != ',' {
                    let node = open.pop()?;
                    match open.last_mut() {
                        Some(parent) => parent.items.push(Item::Node(node)),
                        None => return Some(node),
                    }
                }
            }
            c => word.push(c),
        }
    }
    // Cut off: what is there may still tell enough.
    let mut node = open.pop()?;
    while let Some(mut parent) = open.pop() {
        parent.items.push(Item::Node(node));
        node = parent;
    }
    Some(node)
}

impl Node {
    /// The first text: the name of whatever it is.
    pub fn name(&self) -> &str {
        self.items
            .iter()
            .find_map(|item| if let Item::Text(text) = item { Some(text.as_str()) } else { None })
            .unwrap_or_default()
    }

    /// The nodes right below.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.items.iter().filter_map(|item| match item {
            Item::Node(node) => Some(node),
            Item::Text(_) | Item::Word(_) => None,
        })
    }

    /// The first node below with one of these keywords.
    pub fn child(&self, keywords: &[&str]) -> Option<&Self> {
        self.nodes().find(|node| keywords.contains(&node.keyword.as_str()))
    }

    /// The `i`-th number, in quotes or not.
    pub fn number(&self, i: usize) -> Option<f64> {
        self.items
            .iter()
            .filter_map(|item| match item {
                Item::Text(text) | Item::Word(text) => text.trim().parse::<f64>().ok(),
                Item::Node(_) => None,
            })
            .filter(|number| number.is_finite())
            .nth(i)
    }
}
