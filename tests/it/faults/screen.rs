//! What is on the screen while a source misbehaves: the alert stays, dated; it is never told as resolved.

use super::adapters::Adapter;
use super::fault::Fault;
use super::lab::Lab;
use crate::support::home::Home;
use crate::support::pty::Terminal;

const ALERT: &str = "CheckoutDown";

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn an_alert_stays_and_is_dated_whatever_its_source_does() {
    let lab = Lab::start(Adapter::Alertmanager.good(), Fault::None).await;
    let config = format!(
        "operator = {{ name = \"ana\" }}\n[[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"{}\"\n\
         every = \"1s\"\ntimeout = \"4s\"\n",
        lab.bare()
    );
    let home = Home::with_config(&config);
    let here = tokio::runtime::Handle::current();
    let set = |fault| here.block_on(lab.set(fault));
    tokio::task::block_in_place(|| {
        let screen = Terminal::open(&home, &[], (120, 36));
        screen.wait_row(ALERT, "unacked");
        for fault in [Fault::Page, Fault::Refused, Fault::Silent] {
            set(fault);
            screen.wait_row(ALERT, "as of ");
            let text = screen.text();
            assert!(text.contains("unreachable"), "{fault:?}:\n{text}");
            assert!(!text.contains("resolved"), "{fault:?}:\n{text}");
            set(Fault::None);
            screen.wait_gone("as of ");
            screen.wait_row(ALERT, "unacked");
        }
        set(Fault::Half);
        screen.wait_row(ALERT, "as of ");
        assert!(screen.text().contains("broke off") || screen.text().contains("unreachable"), "{}", screen.text());
    });
}
