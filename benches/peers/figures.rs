//! Figures of several runs, and the table that tells them.

use std::fmt::Write as _;

/// What was measured in each run.
#[derive(Debug, Clone, Default)]
pub struct Figures(Vec<f64>);

impl FromIterator<f64> for Figures {
    fn from_iter<I: IntoIterator<Item = f64>>(figures: I) -> Self {
        let mut all: Vec<f64> = figures.into_iter().collect();
        all.sort_by(f64::total_cmp);
        Self(all)
    }
}

impl Figures {
    /// The figure below which this share of them lies.
    pub fn at(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a rank among few"
        )]
        let rank = ((self.0.len() as f64 * share).ceil() as usize).clamp(1, self.0.len().max(1));
        self.0.get(rank - 1).copied().unwrap_or(f64::NAN)
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The middle one, and between which the others lie.
    pub fn told(&self, unit: &str) -> String {
        let (least, most) = (self.at(0.0), self.at(1.0));
        if self.0.len() < 2 {
            return format!("{}{unit}", short(self.median()));
        }
        format!("{}{unit} ({}–{})", short(self.median()), short(least), short(most))
    }
}

/// The ratio of each pair.
pub fn ratios(pairs: &[(f64, f64)]) -> Figures {
    pairs.iter().map(|(ours, theirs)| ours / theirs).collect()
}

/// The two sides of pairs.
pub fn sides(pairs: &[(f64, f64)]) -> (Figures, Figures) {
    (pairs.iter().map(|pair| pair.0).collect(), pairs.iter().map(|pair| pair.1).collect())
}

/// A figure with as many digits as mean something.
pub fn short(figure: f64) -> String {
    match figure.abs() {
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        size if size >= 0.1 || size == 0.0 => format!("{figure:.2}"),
        _ => format!("{figure:.4}"),
    }
}

/// The table of results.
#[derive(Debug, Default)]
pub struct Table(Vec<[String; 4]>);

impl Table {
    /// One row; `met` is `None` where there is nothing to reach.
    pub fn row(&mut self, work: &str, measured: &str, target: &str, met: Option<bool>) {
        let said = match met {
            Some(true) => "met",
            Some(false) => "not met",
            None => "",
        };
        eprintln!("{work}: {measured} [{target}] {said}");
        self.0.push([work, measured, target, said].map(str::to_owned));
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut text = "| work | measured | to reach | |\n|---|---|---|---|\n".to_owned();
        for row in &self.0 {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
        text
    }
}
