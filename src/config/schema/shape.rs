//! What a key takes, by kind of value.

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text, on one line.
    Text,
    /// true or false.
    Flag,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// A duration such as `15s`.
    Duration,
    /// A path.
    Path,
    /// An address.
    Url,
    /// An address or a list of them.
    Urls,
    /// A list of texts.
    Texts,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Labels, each with a text or `{ re = "…" }`.
    Match,
    /// Names, each with a text or a secret.
    Headers,
    /// Names, each with a severity.
    Severities,
    /// A threshold, or false.
    Threshold,
    /// A duration, or false.
    DurationOrOff,
    /// A whole number, or false.
    CountOrOff,
    /// A table with the keys of this section.
    Table(&'static str),
    /// A list of tables with the keys of this section.
    Tables(&'static str),
    /// Names of the operator's choice, each with a table with the keys of this section.
    Named(&'static str),
    /// `[[source]]`: tables whose keys depend on their kind.
    Sources,
    /// A whole number between two others.
    Within(u64, u64),
    /// A list of whole numbers.
    Counts,
    /// A program and its arguments, as a list of texts.
    Argv,
    /// A whole number, or text with placeholders.
    CountOrText,
    /// A number or a duration.
    Bound,
    /// A number or a text.
    NumberOrText,
    /// Names, each with a text.
    TextMap,
    /// Anything that JSON can say.
    Any,
    /// A table with the keys of one of these sections.
    Either(&'static [&'static str]),
    /// A list of tables, each with the keys of one of these sections.
    EitherTables(&'static [&'static str]),
    /// A list of variables: names, and tables of names with a text or a secret.
    Variables,
    /// Names, each with a text or a table with the keys of this section.
    NamedOrText(&'static str),
}

impl Shape {
    /// What it takes, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Count => "whole number".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::Path => "path".to_owned(),
            Self::Url => "address".to_owned(),
            Self::Urls => "address or list of them".to_owned(),
            Self::Texts => "list of texts".to_owned(),
            Self::Choice(words) => words.join(", "),
            Self::Match => "labels".to_owned(),
            Self::Headers => "text or secret for each name".to_owned(),
            Self::Severities => "severity for each word".to_owned(),
            Self::Threshold => "{ over, for } or false".to_owned(),
            Self::DurationOrOff => "duration or false".to_owned(),
            Self::CountOrOff => "whole number or false".to_owned(),
            Self::Table("secret") => "secret".to_owned(),
            Self::Table(_) | Self::Either(_) => "table".to_owned(),
            Self::Tables(_) | Self::Sources => "tables".to_owned(),
            Self::Named(_) => "table for each name".to_owned(),
            Self::Within(from, to) => format!("whole number from {from} to {to}"),
            Self::Counts => "list of whole numbers".to_owned(),
            Self::Argv => "program and arguments, as a list".to_owned(),
            Self::CountOrText => "whole number or text".to_owned(),
            Self::Bound => "number or duration".to_owned(),
            Self::NumberOrText => "number or text".to_owned(),
            Self::TextMap => "text for each name".to_owned(),
            Self::Any => "text, number, true or false, list or table".to_owned(),
            Self::EitherTables(_) => "list of tables".to_owned(),
            Self::Variables => "list of variables".to_owned(),
            Self::NamedOrText(_) => "text or table for each code".to_owned(),
        }
    }
}
