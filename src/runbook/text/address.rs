//! Addresses of pages that show Markdown, to addresses of the Markdown itself.

/// The address at which the text is, without the part behind `#`: a page of GitHub or GitLab that shows a file has a
/// neighbour that is the file.
pub(super) fn of_text(url: &str) -> String {
    let whole = url.split('#').next().unwrap_or_default();
    let plain = whole.split('?').next().unwrap_or_default();
    github(plain).or_else(|| gitlab(plain)).unwrap_or_else(|| whole.to_owned())
}

/// `https://github.com/OWNER/REPOSITORY/blob/BRANCH/PATH`.
fn github(url: &str) -> Option<String> {
    let rest = ["https://github.com/", "https://www.github.com/"].iter().find_map(|begin| url.strip_prefix(begin))?;
    let mut parts = rest.splitn(4, '/');
    let (owner, repository, blob, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_file = matches!(blob, "blob" | "raw") && rest.contains('/');
    is_file.then(|| format!("https://raw.githubusercontent.com/{owner}/{repository}/{rest}"))
}

/// `https://HOST/GROUP/…/PROJECT/-/blob/BRANCH/PATH`, on any host.
fn gitlab(url: &str) -> Option<String> {
    let (project, file) = url.split_once("/-/blob/")?;
    Some(format!("{project}/-/raw/{file}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_show_a_file_become_the_file() {
        for (page, text) in [
            ("https://github.com/o/r/blob/main/a/b.md?plain=1#L3", "https://raw.githubusercontent.com/o/r/main/a/b.md"),
            ("https://github.com/o/r/raw/main/b.md", "https://raw.githubusercontent.com/o/r/main/b.md"),
            ("https://gitlab.com/g/s/p/-/blob/main/b.md", "https://gitlab.com/g/s/p/-/raw/main/b.md"),
            ("https://git.example/g/p/-/blob/v1/a/b.md#x", "https://git.example/g/p/-/raw/v1/a/b.md"),
        ] {
            assert_eq!(of_text(page), text);
        }
        for same in [
            "https://github.com/o/r",
            "https://github.com/o/r/blob/main",
            "https://h/x.md?v=1",
            "https://h/github.com/o/r/blob/main/b.md",
            "",
        ] {
            assert_eq!(of_text(same), same);
        }
    }
}
