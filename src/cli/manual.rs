//! `midwatch completions` and `midwatch man`: generated from the arguments themselves.

use clap::CommandFactory as _;

use super::args::Args;
use super::exit;
use super::output::Output;

/// Prints the completions for a shell.
pub fn completions(shell: clap_complete::Shell, output: &mut Output) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "midwatch", &mut text);
    let written = output.out().write_all(&text);
    output.finish(written, exit::OK)
}

/// Prints the manual page, all commands in it.
pub fn man(output: &mut Output) -> u8 {
    let mut text = Vec::new();
    let rendered = render(&mut text);
    let written = rendered.and_then(|()| output.out().write_all(&text));
    output.finish(written, exit::OK)
}

fn render(text: &mut Vec<u8>) -> std::io::Result<()> {
    // The page of a version is the same whatever commit it is printed from.
    let mut command = Args::command().version(env!("CARGO_PKG_VERSION"));
    command.build();
    clap_mangen::Man::new(command.clone()).render(text)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        let name = format!("midwatch {}", sub.get_name());
        let page = clap_mangen::Man::new(sub.clone().bin_name(name.clone()));
        text.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
        page.render_description_section(text)?;
        page.render_options_section(text)?;
        page.render_extra_section(text)?;
    }
    Ok(())
}
